"""The map for wide screens: the Party on top, its committees side by side, their groups below."""

from collections.abc import Sequence
from dataclasses import dataclass

from assemblies.map.bundles import Block, Bundle, blocks_of
from assemblies.map.names import wrap
from assemblies.map.parts import Drawing, Words, around, more_of, spot_of
from assemblies.tree import Node, Tree

WIDTH = 1072
MARGIN = 12
# The least room: of a committee, and of a group in a row; the most room of a column of groups.
COMMITTEE_ROOM, ITEM_ROOM, COLUMN_ROOM = 126, 100, 210
# Half the width of each shape: the Party's, a committee's, a group's in a row and in a column.
PARTY, COMMITTEE, GROUP, SMALL = 22, 18, 13, 9
# From a committee's name down to its groups; further where lines cross.
APART, CROSSING = 34, 64


@dataclass(frozen=True)
class _Place:
    """A block and the stretch of the map it has."""

    block: Block
    left: float
    width: float

    def middle(self, number: int, of: int) -> int:
        """Return the middle of one of so many equal parts."""
        return round(self.left + self.width * (number + 0.5) / of)

    def room(self, of: int) -> int:
        return int(self.width / of) - 10

    @property
    def is_crossed(self) -> bool:
        return len(self.block.committees) > 1


def wide(tree: Tree, *, here: str = "", shown: int = 1) -> Drawing:
    """Return the map for wide screens, `here` (a slug) marked on it.

    Each committee shows `shown` groups, and how many more it has.
    """
    drawing = Drawing(WIDTH, here)
    bus = _party(drawing, tree.party) if tree.party else MARGIN
    buses = []
    for tier in _tiers(blocks_of(tree, here=here, shown=shown)):
        buses.append(bus)
        bus = _tier(drawing, tier, bus) + 24
    if len(buses) > 1:
        for bus in buses:
            drawing.join(f"M{MARGIN} {bus}H{WIDTH // 2}")
        drawing.join(f"M{MARGIN} {buses[0]}V{buses[-1]}")
    drawing.height = max([box.bottom for box in drawing.boxes], default=0) + MARGIN
    return drawing


def _tiers(blocks: Sequence[Block]) -> list[list[_Place]]:
    """Fill one row of blocks after the other; what room a row has left is shared out."""
    rows: list[list[tuple[Block, int]]] = [[]]
    for block in blocks:
        width = max(len(block.committees) * COMMITTEE_ROOM, COMMITTEE_ROOM)
        width = max(width, block.items * ITEM_ROOM) if len(block.committees) > 1 else width
        if rows[-1] and sum(taken for _, taken in rows[-1]) + width > WIDTH - 2 * MARGIN:
            rows.append([])
        rows[-1].append((block, width))
    return [_placed(row) for row in rows if row]


def _placed(row: Sequence[tuple[Block, int]]) -> list[_Place]:
    spare = (WIDTH - 2 * MARGIN - sum(width for _, width in row)) / len(row)
    places, left = [], float(MARGIN)
    for block, width in row:
        places.append(_Place(block, left, width + spare))
        left += width + spare
    return places


def _party(drawing: Drawing, party: Node) -> int:
    """Put the Party in the middle, its name beside it; return where the line below it ends."""
    x, y = WIDTH // 2, MARGIN + PARTY + 8
    words = Words(x + PARTY + 14, y + 5, wrap(party.assembly.name, 300), is_centred=False)
    drawing.spots.append(spot_of(party, x, y, PARTY, words))
    bus = max(words.bottom, y + PARTY) + 24
    drawing.join(f"M{x} {y + PARTY}V{bus}")
    return bus


def _tier(drawing: Drawing, places: Sequence[_Place], bus: int) -> int:
    """Draw one row of blocks under its line; return where it ends."""
    ends = [WIDTH // 2]
    starts = {}
    for place in places:
        starts[place.left] = _committees(drawing, place, bus) or [(place.middle(0, 1), bus)]
        ends += [x for x, _ in starts[place.left]]
    drawing.join(f"M{min(ends)} {bus}H{max(ends)}")
    named = max(y for begun in starts.values() for _, y in begun)
    top = named + (CROSSING if any(place.is_crossed for place in places) else APART)
    return max(_groups(drawing, place, starts[place.left], top) for place in places)


def _committees(drawing: Drawing, place: _Place, bus: int) -> list[tuple[int, int]]:
    """Draw a block's committees; return where the lines to their groups start."""
    committees, y = place.block.committees, bus + 24 + COMMITTEE
    starts = []
    for number, committee in enumerate(committees):
        x = place.middle(number, len(committees))
        lines = wrap(committee.assembly.name, place.room(len(committees)))
        words = Words(x, y + COMMITTEE + 20, lines)
        drawing.spots.append(spot_of(committee, x, y, COMMITTEE, words))
        drawing.join(f"M{x} {bus}V{y - COMMITTEE}", committee.assembly)
        starts.append((x, words.bottom + 4))
    return starts


def _groups(drawing: Drawing, place: _Place, starts: Sequence[tuple[int, int]], top: int) -> int:
    """Draw a block's groups from `top` on, in a row or a column; return where they end."""
    if not place.is_crossed and place.block.items > 1:
        return _column(drawing, place, starts[0], top)
    return _row(drawing, place, starts, top)


def _row(drawing: Drawing, place: _Place, starts: Sequence[tuple[int, int]], top: int) -> int:
    names = [over.assembly.slug for over in place.block.committees]
    items = [(bundle, *pair) for bundle in place.block.bundles for pair in bundle.shown]
    ends = [top]
    for number, (bundle, node, name) in enumerate(items):
        x, room = place.middle(number, len(items)), place.room(len(items))
        words = Words(x, top + 2 * GROUP + 20, wrap(name, room))
        drawing.spots.append(spot_of(node, x, top + GROUP, GROUP, words))
        for over in bundle.committees:
            start = starts[names.index(over.assembly.slug)]
            drawing.join(_curve(start, (x, top)), over.assembly, node.assembly)
        if not names:
            drawing.join(_curve(starts[0], (x, top)), node.assembly)
        ends.append(words.bottom)
        if bundle.more and node is bundle.shown[-1][0]:
            ends.append(_more(drawing, bundle, Words(x, words.bottom + 14, ()), room))
    return max(ends)


def _column(drawing: Drawing, place: _Place, start: tuple[int, int], top: int) -> int:
    """Draw groups under each other, on one line that comes from their committee."""
    bundle, width = place.block.bundles[0], min(place.width, COLUMN_ROOM)
    x = round(place.left + (place.width - width) / 2) + SMALL + 4
    side, room = x + SMALL + 8, int(width) - 2 * SMALL - 20
    y, previous, before = top, start, []
    for node, name in bundle.shown:
        words = Words(side, y + SMALL + 5, wrap(name, room), is_centred=False)
        drawing.spots.append(spot_of(node, x, y + SMALL, SMALL, words))
        before.append((previous, (x, y)))
        previous, y = (x, y + 2 * SMALL), max(words.bottom, y + 2 * SMALL) + 10
        if drawing.is_here(node):  # the way from the committee to it
            for step in before:
                drawing.join(_curve(*step), node.assembly)
    for step in before:
        drawing.join(_curve(*step), *(over.assembly for over in bundle.committees))
    return _more(drawing, bundle, Words(side, y + 9, (), is_centred=False), room) or y


def _more(drawing: Drawing, bundle: Bundle, words: Words, room: int) -> int:
    """Say how many groups are gathered, if any are; return where that ends."""
    if not bundle.more:
        return 0
    more = more_of(bundle, words, room)
    drawing.gathered.append(more)
    return around(more.words).bottom


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = start, end
    if x == to_x:
        return f"M{x} {y}V{to_y}"
    middle = (y + to_y) // 2
    return f"M{x} {y}C{x} {middle} {to_x} {middle} {to_x} {to_y}"
