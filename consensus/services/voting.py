"""Opening the vote on a matter at its moment (C6, D9)."""

import uuid
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction

from assemblies.models import Limit
from commons import clock
from commons.each import count_done
from consensus.models import LEAVE, Matter
from consensus.steps import enter_step
from notices.services import tell
from voting.models import Vote
from voting.services import NewOption, open_vote

# A vote opened later than this (nobody looked, the clock was down) is moved as a whole, so that
# it is never shorter than was announced.
LATE = timedelta(hours=1)
_VOTES_OF_MATTERS = uuid.UUID("5b6f1b0e-8f0d-4c7e-9c3a-4d7a1f2e6b90")


def open_due_votes(*, at: datetime | None = None) -> int:
    """Open the vote of every matter whose debate has ended; return how many were opened."""
    at = clock.settle(at)
    due = list(Matter.objects.with_vote_to_open_at(at))
    return count_done(partial(_open_vote_of, at=at), due)


def _open_vote_of(matter: Matter, *, at: datetime) -> bool:
    try:
        with transaction.atomic():
            # Held until the vote is bound: whoever proposes comes wholly before or wholly after.
            due = Matter.objects.with_vote_to_open_at(at).select_for_update(of=("self",))
            held = due.select_related("assembly").filter(pk=matter.pk).first()
            return held is not None and _open(held, at)
    except IntegrityError:  # another worker opened the same vote: its key and roll stand
        return False


def _open(matter: Matter, at: datetime) -> bool:
    opens_at, closes_at = _times_of(matter, at)
    vote = open_vote(
        pk=uuid.uuid5(_VOTES_OF_MATTERS, str(matter.pk)),
        assembly=matter.assembly,
        question=matter.question,
        about_url=matter.get_absolute_url(),
        options=_options_of(matter),
        opens_at=opens_at,
        closes_at=closes_at,
        belonged_days=Limit.objects.value_at(Limit.Name.BELONGED_DAYS, opens_at),
        at=at,
    )
    if not _bind(matter, vote):
        return False
    enter_step("matter.open_vote", matter, at=at, vote=str(vote.pk), electors=vote.roll_size)
    tell(
        "vote_opened",
        vote.electors.values_list("person", flat=True),
        url=vote.get_absolute_url(),
        at=at,
        question=matter.question,
        until=vote.closes_at.isoformat(),
    )
    return True


def _bind(matter: Matter, vote: Vote) -> bool:
    updated = Matter.objects.filter(pk=matter.pk, vote=None).update(
        vote=vote, vote_opens_at=vote.opens_at, vote_closes_at=vote.closes_at
    )
    return updated == 1


def _times_of(matter: Matter, at: datetime) -> tuple[datetime, datetime]:
    """Return when the vote opens and closes: as announced, unless opened late."""
    opens_at, closes_at = matter.vote_opens_at, matter.vote_closes_at
    if opens_at is None or closes_at is None:
        raise ValueError("A matter without times has no vote to open.")
    late = at - opens_at
    return (at, closes_at + late) if late > LATE else (opens_at, closes_at)


def _options_of(matter: Matter) -> list[NewOption]:
    """Return the proposals in the order they were put forward, and what D9 adds, last."""
    options = [
        NewOption(label=p.title, text=p.text, about_url=p.get_absolute_url())
        for p in matter.proposals.order_by("place")
    ]
    return [*options, NewOption(label=str(LEAVE), stands_last=True)]
