"""What can be asked of a running vote: by a voter about their own ballot, and by all, turnout."""

import uuid
from collections.abc import Sequence
from contextlib import suppress

from django.db.models import Q

from assemblies.models import Person
from voting import keys
from voting.models import Ballot, Elector, Vote
from voting.publication import Extent
from voting.refusals import KeyUnavailableError

FEWEST_TOLD = 10


def current_scores(*, vote: Vote, person: Person) -> str | None:
    """Return the person's row ("50-142") in the open vote, or None if there is none.

    KeyUnavailableError where it cannot be found.
    """
    mine = keys.pseudonym(keys.key_of(vote), vote.pk, person.pk)
    rows = Ballot.objects.filter(vote=vote, pseudonym=mine).values_list("scores", flat=True)
    return rows.first()


def has_voted(*, vote: Vote, person: Person) -> bool | None:
    """Return whether the person has cast a ballot; None where it cannot be known.

    Reckoned from the key while the vote is open and never stored; afterwards it stands on the roll.
    """
    if vote.closed_at is not None:
        roll = Elector.objects.filter(vote=vote, person=person.pk)
        return roll.values_list("participated", flat=True).first()
    try:
        return current_scores(vote=vote, person=person) is not None
    except KeyUnavailableError:
        return None


def turnout(vote: Vote) -> int | None:
    """Return how many have voted, None where it is not told.

    It is not told while the vote is open and they are fewer than ten, nor of a closed one of which
    the outcome is all that is told.
    """
    if vote.result is not None:
        few = vote.result["extent"] == Extent.OUTCOME and vote.result["ballots"]
        return None if few else int(vote.result["ballots"])
    cast = vote.ballots.count()
    return cast if cast >= FEWEST_TOLD else None


def voted_in(*, votes: Sequence[Vote], person: Person) -> set[uuid.UUID]:
    """Return which of these open votes the person has cast a ballot in, in one query.

    A vote whose key cannot be read is left out: nothing is claimed about it.
    """
    mine = Q(pk__in=[])
    for vote in votes:
        with suppress(KeyUnavailableError):
            pseudonym = keys.pseudonym(keys.key_of(vote), vote.pk, person.pk)
            mine |= Q(vote=vote, pseudonym=pseudonym)
    return set(Ballot.objects.filter(mine).values_list("vote", flat=True))
