"""How a matter of the demo is told: who does what when, each act a call to a service.

Moments are written "-9 10:15": nine days before the day the demo is made, at 10:15 in the UK.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from assemblies.models import Assembly, Person
from commons.moments import UK
from consensus import services as consensus
from consensus.models import Contribution, Matter, Proposal
from voting import services as voting
from voting.models import Vote
from voting.services.destroying import CHECK_WINDOW


@dataclass(frozen=True)
class Scene:
    """The day the demo is made, and its people by what stories call them."""

    today: date
    people: dict[str, Person]

    def moment(self, when: str) -> datetime:
        days, clock_time = when.split()
        day = self.today + timedelta(days=int(days))
        return datetime.combine(day, time.fromisoformat(clock_time), UK).astimezone(UTC)

    @property
    def dawn(self) -> datetime:
        """The beginning of today: everything the demo tells happened before."""
        return self.moment("0 00:00")


@dataclass
class Told:
    """How far a story has come."""

    scene: Scene
    matter: Matter
    proposals: dict[str, Proposal] = field(default_factory=dict)
    last_said: dict[str, Contribution] = field(default_factory=dict)

    def who(self, key: str) -> Person:
        return self.scene.people[key]


class Act(Protocol):
    @property
    def when(self) -> str: ...

    def do(self, told: Told) -> None: ...


@dataclass(frozen=True)
class Proposes:
    """Puts forward a proposal; its letter, A, B … is how speeches name it."""

    when: str
    by: str
    title: str
    text: str

    def do(self, told: Told) -> None:
        proposal = consensus.put_forward(
            matter=told.matter, by=told.who(self.by), title=self.title, text=self.text
        )
        told.proposals[proposal.letter] = proposal


@dataclass(frozen=True)
class Says:
    """Speaks; `to` names whom it answers, `on` the letter of the proposal it is about."""

    when: str
    by: str
    text: str
    stance: str = ""
    on: str = ""
    to: str = ""

    def do(self, told: Told) -> None:
        told.last_said[self.by] = consensus.speak(
            matter=told.matter,
            by=told.who(self.by),
            text=self.text,
            stance=self.stance,
            proposal=told.proposals[self.on] if self.on else None,
            reply_to=told.last_said[self.to] if self.to else None,
        )


@dataclass(frozen=True)
class Divides:
    when: str
    by: str
    reason: str

    def do(self, told: Told) -> None:
        told.matter = consensus.declare_division(
            matter=told.matter, by=told.who(self.by), reason=self.reason
        )


@dataclass(frozen=True)
class Calls:
    """Calls debate and vote, with the moments of both."""

    when: str
    by: str
    debate: str
    vote: str
    close: str

    def do(self, told: Told) -> None:
        told.matter = consensus.call_debate(
            matter=told.matter,
            by=told.who(self.by),
            debate_opens_at=told.scene.moment(self.debate),
            vote_opens_at=told.scene.moment(self.vote),
            vote_closes_at=told.scene.moment(self.close),
        )


@dataclass(frozen=True)
class Story:
    """One matter. `ballots` are rows of scores in the order of the options, and how many gave it.

    Acts stand in the order in which they happen.
    """

    assembly: str
    raised: str
    by: str
    trigger: str
    question: str
    why: str
    acts: tuple[Act, ...] = ()
    ballots: tuple[tuple[str, int], ...] = ()


def tell(story: Story, scene: Scene) -> Iterator[datetime]:
    """Let the story happen: wait at each moment it yields until that moment is the present."""
    yield scene.moment(story.raised)
    matter = consensus.raise_matter(
        assembly=Assembly.objects.get(slug=story.assembly),
        by=scene.people[story.by],
        trigger=story.trigger,
        question=story.question,
        why=story.why,
    )
    told = Told(scene, matter)
    for act in story.acts:
        yield scene.moment(act.when)
        act.do(told)
    if story.ballots:
        yield from _vote(story, told)


def _vote(story: Story, told: Told) -> Iterator[datetime]:
    """Open the vote on its moment and cast the ballots; close it if that was before today."""
    assert told.matter.vote_opens_at  # noqa: S101 - a story with ballots has called its vote
    yield told.matter.vote_opens_at
    consensus.open_due_votes()
    told.matter.refresh_from_db()
    vote = told.matter.vote
    assert vote  # noqa: S101 - opened this moment
    yield from _cast(story, told.scene, vote)
    if vote.closes_at <= told.scene.dawn:
        yield vote.closes_at
        voting.close_due_votes()
        consensus.write_due_decisions()
    if vote.closes_at + CHECK_WINDOW <= told.scene.dawn:
        yield vote.closes_at + CHECK_WINDOW
        voting.end_check_windows()


def _cast(story: Story, scene: Scene, vote: Vote) -> Iterator[datetime]:
    rows = [row for row, times in story.ballots for _ in range(times)]
    roll = set(vote.electors.values_list("person", flat=True))
    # From the end, so that the first people one signs in as still have their ballot to cast.
    voters = [person for person in reversed(scene.people.values()) if person.pk in roll]
    between = (min(vote.closes_at, scene.dawn) - vote.opens_at) / (len(rows) + 1)
    for number, (person, row) in enumerate(zip(voters, rows, strict=False), 1):
        yield vote.opens_at + number * between
        voting.cast_ballot(vote=vote, person=person, scores=row)
