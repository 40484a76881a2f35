"""Reading the stories of the demo party from `matters/`: a file an assembly, named by its address.

A story is what people of an assembly said and did on one matter:

    # The question

    ## -17 11:00 marcus raises
    What happened.

    Why it matters, if that needs saying.

    ## +1 10:00 eleri proposes A title
    ## +1 20:00 meiling says
    ## +2 19:30 meiling divides
    ## +3 09:00 callum calls debate +4, vote +7, close +11 20:00
    ## +5 18:45 marcus for B
    ## +5 18:45 marcus against A
    ## +5 18:45 marcus neutral
    ## +6 14:02 marcus answers eleri
    ## ballots 5×451 3×350

A matter is raised so many days before the day the demo is made; what follows stands so many days
after that, in the order in which it happens, each with its text below. Debate, vote and close are
at 18:00 where no hour is given, and at the earliest the rules allow where nothing is. Where
"nobody calls", they open by themselves. Ballots are rows of scores in the order of the options,
and how many gave each. Lines of a paragraph are joined, but for items of a list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

FOLDER = Path(__file__).with_name("matters")
EVENING = "18:00"

_ACT = re.compile(r"([+-]\d+) (\d\d:\d\d) (\w+) (\w+) ?(.*)")
_MOMENT = re.compile(r"\+(\d+)(?: (\d\d:\d\d))?")
_PILE = re.compile(r"(\d+)×([0-5-]+)")
_ITEM = re.compile(r"\d+\. |[-*>] ")


@dataclass(frozen=True)
class When:
    """So many days after another day, at an hour in the UK."""

    days: int
    hour: str


@dataclass(frozen=True)
class Act:
    """Somebody does something: `object` is the title, the letter, the name or the times."""

    when: When
    by: str
    verb: str
    object: str
    text: str

    @property
    def times(self) -> list[When]:
        """The moments that a call gives: of the debate, the vote and its close, or none."""
        return [When(int(day), hour or EVENING) for day, hour in _MOMENT.findall(self.object)]


@dataclass(frozen=True)
class Story:
    """One matter of an assembly, its first act the raising; `ballots` one row a voter."""

    assembly: str
    question: str
    acts: tuple[Act, ...]
    ballots: tuple[str, ...] = ()


def all_stories() -> Iterator[Story]:
    for file in sorted(FOLDER.glob("*.md")):
        yield from stories_in(file.read_text(encoding="utf-8"), file.stem)


def stories_in(script: str, assembly: str) -> Iterator[Story]:
    """Read the stories of one file; ValueError for a line that says nothing known."""
    for story in re.split(r"^# ", script, flags=re.MULTILINE)[1:]:
        question, *scenes = re.split(r"^## ", story, flags=re.MULTILINE)
        ballots = [scene for scene in scenes if scene.startswith("ballots")]
        acts = tuple(_act(scene) for scene in scenes if scene not in ballots)
        yield Story(assembly, question.strip(), acts, tuple(_rows("".join(ballots))))


def _act(scene: str) -> Act:
    head, _newline, text = scene.partition("\n")
    found = _ACT.fullmatch(head.strip())
    if found is None:
        raise ValueError(f"Nobody does anything in: {head}")
    days, hour, by, verb, thing = found.groups()
    return Act(When(int(days), hour), by, verb, thing, _unwrapped(text))


def _unwrapped(text: str) -> str:
    """Return the text with each paragraph, and each item of a list, on one line."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(_one_line_each(paragraph.splitlines()) for paragraph in paragraphs)


def _one_line_each(lines: list[str]) -> str:
    joined = ""
    for line in lines:
        joined += ("\n" if _ITEM.match(line) else " ") + line.strip()
    return joined.strip()


def _rows(scene: str) -> Iterator[str]:
    return chain.from_iterable(repeat(row, int(times)) for times, row in _PILE.findall(scene))
