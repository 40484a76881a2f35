"""Votes for tests: opened, scored and closed through the services."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from assemblies.models import Assembly, Person
from tests.factories import PersonFactory
from tests.moments import DAY
from voting.models import Ballot, Vote
from voting.services import NewOption, cast_ballot, close_vote, open_vote

LEEDS, HOME, BOND, LEAVE = "Rent in Leeds", "Work from home", "Buy a building", "Leave as is"
LABELS = (LEEDS, HOME, BOND, LEAVE)


def options_of(labels: Sequence[str] = LABELS) -> list[NewOption]:
    return [NewOption(label=label, stands_last=label == LEAVE) for label in labels]


def open_a_vote(
    assembly: Assembly,
    opens_at: datetime,
    *,
    lasts: timedelta = 3 * DAY,
    labels: Sequence[str] = LABELS,
    pk: uuid.UUID | None = None,
    **more: object,
) -> Vote:
    return open_vote(
        pk=pk,
        assembly=assembly,
        question="Where should we be based?",
        options=options_of(labels),
        opens_at=opens_at,
        closes_at=opens_at + lasts,
        about_url="/matters/44/",
        at=opens_at,
        **more,
    )


def people_in(assembly: Assembly, number: int) -> list[Person]:
    return [PersonFactory(belongs_to=[assembly]) for _ in range(number)]


def cast_all(vote: Vote, people: Sequence[Person], rows: Sequence[str]) -> None:
    for person, row in zip(people, rows, strict=False):
        cast_ballot(vote=vote, person=person, scores=row, at=vote.opens_at)


def closed_vote(
    assembly: Assembly, opens_at: datetime, rows: Sequence[str], **more: object
) -> Vote:
    """A vote in which as many new members as there are rows cast them, closed at its moment."""
    people = people_in(assembly, len(rows))
    vote = open_a_vote(assembly, opens_at, **more)
    cast_all(vote, people, rows)
    return close_vote(vote=vote, at=vote.closes_at)


def rows_in_database(vote: Vote) -> list[str]:
    ballots = Ballot.objects.filter(vote=vote).values_list("scores", flat=True)
    return sorted(ballots)
