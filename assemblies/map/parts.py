"""What a drawing is made of. All measures are in units, y grows downwards."""

from dataclasses import dataclass, field, replace

from django.utils.translation import ngettext

from assemblies.map.bundles import Bundle
from assemblies.map.names import breadth, wrap
from assemblies.models import Assembly
from assemblies.tree import Node

LINE = 17
"""From one line of a name to the next."""
ABOVE, BELOW = 13, 5
"""How far letters reach above and below their baseline."""


@dataclass(frozen=True)
class Box:
    left: int
    top: int
    right: int
    bottom: int

    def with_(self, other: "Box") -> "Box":
        """Return the box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True)
class Words:
    """Lines of text; `x` is their middle, or their left edge where they stand beside a shape.

    `y` is the baseline of the first.
    """

    x: int
    y: int
    lines: tuple[str, ...]
    is_centred: bool = True

    @property
    def placed(self) -> list[tuple[int, str]]:
        """Each line with its baseline."""
        return [(self.y + LINE * number, line) for number, line in enumerate(self.lines)]

    @property
    def bottom(self) -> int:
        return self.y + LINE * (len(self.lines) - 1) + BELOW


@dataclass(frozen=True)
class Spot:
    """One assembly: its shape around (x, y), `half` its width, its name, a note below that."""

    assembly: Assembly
    x: int
    y: int
    half: int
    words: Words
    note: Words | None
    box: Box

    @property
    def shape(self) -> Box:
        return Box(self.x - self.half, self.y - self.half, self.x + self.half, self.y + self.half)

    @property
    def frame(self) -> Box:
        """The frame that marks where one is."""
        return _wider(self.shape, 5)


@dataclass(frozen=True)
class More:
    """Groups that are gathered, of a committee or of none: a way to all of them."""

    committee: Assembly | None
    words: Words
    box: Box


@dataclass(frozen=True)
class Edge:
    """A line between an assembly and what it belongs to, as an SVG path."""

    path: str
    is_strong: bool


@dataclass
class Drawing:
    """A map; `here` is the slug of the assembly that is marked on it."""

    width: int
    here: str
    height: int = 0
    spots: list[Spot] = field(default_factory=list)
    gathered: list[More] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def is_here(self, node: Node) -> bool:
        return node.assembly.slug == self.here

    def join(self, path: str, *ends: Assembly) -> None:
        """Add a line, strong where one of its ends is here."""
        self.edges.append(Edge(path, any(end.slug == self.here for end in ends)))

    @property
    def thin_first(self) -> list[Edge]:
        return sorted(self.edges, key=lambda edge: edge.is_strong)

    @property
    def boxes(self) -> list[Box]:
        return [spot.box for spot in self.spots] + [more.box for more in self.gathered]


def spot_of(node: Node, x: int, y: int, half: int, words: Words, note: Words | None = None) -> Spot:
    shape = Box(x - half, y - half, x + half, y + half)
    box = _wider(shape, 5).with_(around(words))
    return Spot(node.assembly, x, y, half, words, note, box.with_(around(note)) if note else box)


def more_of(bundle: Bundle, words: Words, room: int) -> More:
    """Return the words "and 6 more" at the place of `words`."""
    said = ngettext("and %(n)s more", "and %(n)s more", bundle.more) % {"n": bundle.more}
    placed = replace(words, lines=wrap(said, room))
    committee = bundle.committees[0].assembly if bundle.committees else None
    return More(committee, placed, around(placed))


def around(words: Words) -> Box:
    """Return the room that the words take, at most."""
    width = max((breadth(line) for line in words.lines), default=0)
    left = words.x - width // 2 if words.is_centred else words.x
    return Box(left, words.y - ABOVE, left + width, words.bottom)


def _wider(box: Box, by: int) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)
