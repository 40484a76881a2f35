"""Letting the stories of the demo happen: each act a call to a service, at its moment."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from assemblies.models import Assembly, Person
from commons.moments import UK
from consensus import services as consensus
from consensus.models import Contribution, Matter, Proposal
from harmony.demo.scripts import Act, Story, When
from voting import services as voting
from voting.models import Vote
from voting.services.destroying import CHECK_WINDOW


@dataclass(frozen=True)
class Scene:
    """The day the demo is made, and its people by what stories call them."""

    today: date
    people: dict[str, Person]

    def moment(self, days: int, hour: str) -> datetime:
        """Return the moment so many days after today, at `hour` in the UK."""
        day = self.today + timedelta(days=days)
        return datetime.combine(day, time.fromisoformat(hour), UK).astimezone(UTC)

    @property
    def dawn(self) -> datetime:
        """The beginning of today: everything the demo tells happened before."""
        return self.moment(0, "00:00")


@dataclass
class Told:
    """How far a story has come."""

    story: Story
    scene: Scene
    matter: Matter
    proposals: dict[str, Proposal] = field(default_factory=dict)
    last_said: dict[str, Contribution] = field(default_factory=dict)

    def who(self, act: Act) -> Person:
        return self.scene.people[act.by]

    def moment(self, when: When) -> datetime:
        """Return the moment of something that stands so many days after the raising."""
        return self.scene.moment(self.story.acts[0].when.days + when.days, when.hour)


def tell(story: Story, scene: Scene) -> Iterator[datetime]:
    """Let the story happen: wait at each moment it yields until that moment is the present."""
    raising, *acts = story.acts
    yield scene.moment(raising.when.days, raising.when.hour)
    told = Told(story, scene, _raise(story, scene))
    for act in acts:
        yield told.moment(act.when)
        try:
            VERBS[act.verb](told, act)
        except Exception as error:
            error.add_note(f"{story.assembly}: {story.question} {act}")
            raise
    if story.ballots:
        yield from _vote(told)


def _raise(story: Story, scene: Scene) -> Matter:
    raising = story.acts[0]
    trigger, _blank, why = raising.text.partition("\n\n")
    return consensus.raise_matter(
        assembly=Assembly.objects.get(slug=story.assembly),
        by=scene.people[raising.by],
        trigger=trigger,
        question=story.question,
        why=why,
    )


def _propose(told: Told, act: Act) -> None:
    proposal = consensus.put_forward(
        matter=told.matter, by=told.who(act), title=act.object, text=act.text
    )
    told.proposals[proposal.letter] = proposal


def _say(told: Told, act: Act) -> None:
    """Say something; in debate `act.verb` is the stance and `act.object` what it is about."""
    told.last_said[act.by] = consensus.speak(
        matter=told.matter,
        by=told.who(act),
        text=act.text,
        stance="" if act.verb == "says" else act.verb,
        proposal=told.proposals[act.object] if act.object else None,
    )


def _answer(told: Told, act: Act) -> None:
    told.last_said[act.by] = consensus.speak(
        matter=told.matter,
        by=told.who(act),
        text=act.text,
        reply_to=told.last_said[act.object],
    )


def _divide(told: Told, act: Act) -> None:
    told.matter = consensus.declare_division(matter=told.matter, by=told.who(act), reason=act.text)


def _call(told: Told, act: Act) -> None:
    if act.by == "nobody":
        consensus.open_due_debates()
        told.matter.refresh_from_db()
        return
    given = ("debate_opens_at", "vote_opens_at", "vote_closes_at")
    times = {name: told.moment(when) for name, when in zip(given, act.times, strict=False)}
    told.matter = consensus.call_debate(matter=told.matter, by=told.who(act), **times)


VERBS: dict[str, Callable[[Told, Act], None]] = {
    "proposes": _propose,
    "says": _say,
    "for": _say,
    "against": _say,
    "neutral": _say,
    "answers": _answer,
    "divides": _divide,
    "calls": _call,
}


def _vote(told: Told) -> Iterator[datetime]:
    """Open the vote on its moment and cast the ballots; close it if that was before today."""
    assert told.matter.vote_opens_at  # noqa: S101 - a story with ballots has called its vote
    yield told.matter.vote_opens_at
    consensus.open_due_votes()
    told.matter.refresh_from_db()
    vote = told.matter.vote
    assert vote  # noqa: S101 - opened this moment
    yield from _cast(told, vote)
    if vote.closes_at <= told.scene.dawn:
        yield vote.closes_at
        voting.close_due_votes()
        consensus.write_due_decisions()
    if vote.closes_at + CHECK_WINDOW <= told.scene.dawn:
        yield vote.closes_at + CHECK_WINDOW
        voting.end_check_windows()


def _cast(told: Told, vote: Vote) -> Iterator[datetime]:
    rows, dawn = told.story.ballots, told.scene.dawn
    between = (min(vote.closes_at, dawn) - vote.opens_at) / (len(rows) + 1)
    voters = _voters(told, vote)[: len(rows)]
    for number, (person, row) in enumerate(zip(voters, rows, strict=True), 1):
        yield vote.opens_at + number * between
        voting.cast_ballot(vote=vote, person=person, scores=row)


def _voters(told: Told, vote: Vote) -> list[Person]:
    """The people of the roll: those who have voted in the demo first.

    In a vote that is over not always the same stay away. In one that is open those come last whom
    one signs in as first: they still have their ballot to cast.
    """
    roll = set(vote.electors.values_list("person", flat=True))
    keys = [key for key, person in told.scene.people.items() if person.pk in roll]
    if vote.closes_at > told.scene.dawn:
        keys.reverse()
    else:
        keys.sort(key=lambda key: zlib.crc32(f"{told.story.question} {key}".encode()))
    return [told.scene.people[key] for key in keys]
