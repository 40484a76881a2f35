"""Who may see a vote, cast a ballot and see the result. *When* is the services' business."""

from typing import Any

import rules

from assemblies.rules import is_member
from voting.models import Vote


@rules.predicate
def is_on_roll(person: Any, vote: Vote) -> bool:
    """Whether the visitor stands on the roll fixed at the opening (B7)."""
    return person.is_authenticated and vote.has_elector(person.pk)


@rules.predicate
def is_counted(person: Any, vote: Vote) -> bool:
    """Whether there is a result, which is open to the world (A5)."""
    return vote.closed_at is not None


rules.add_perm("voting.see_vote", is_on_roll | is_member)  # A5
rules.add_perm("voting.cast_ballot", is_on_roll)
rules.add_perm("voting.see_result", is_counted)
