"""The map for narrow screens: a tree, each assembly on a row of its own."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assemblies.map.bundles import Bundle, blocks_of
from assemblies.map.names import wrap
from assemblies.map.parts import ABOVE, Drawing, Spot, Words, more_of, spot_of
from assemblies.tree import Node, Tree

WIDTH = 288
# At each depth: the middle of the shapes, and half their width.
DEPTHS = ((16, 11), (40, 10), (66, 8))
GAP = 14


def tall(tree: Tree, *, here: str = "", shown: int = 1) -> Drawing:
    """Return the map for narrow screens, `here` (a slug) marked on it.

    Where each committee shows one group only, that group is named in a note below the committee;
    so is that a committee has the very same groups as the one before.
    """
    drawing = Drawing(WIDTH, here)
    party = _put(drawing, tree.party, tree.party.assembly.name, 0) if tree.party else None
    previous: set[str] = set()
    for block in blocks_of(tree, here=here, shown=shown):
        for committee in block.committees:
            groups = {node.assembly.slug for node in committee.groups}
            bundles = [bundle for bundle in block.bundles if committee in bundle.committees]
            note = _note(drawing, committee, bundles, shown)
            if groups and groups == previous:
                note, bundles = _same(len(groups)), []
            over = _put(drawing, committee, committee.assembly.name, 1, party, note)
            for bundle in [] if note else bundles:
                _groups(drawing, bundle, 2, over)
            previous = groups
        if not block.committees:
            _groups(drawing, block.bundles[0], 1, party)
    drawing.height = _bottom(drawing) + GAP
    return drawing


def _same(count: int) -> str:
    return ngettext("the same %(n)s group", "the same %(n)s groups", count) % {"n": count}


def _note(drawing: Drawing, committee: Node, bundles: list[Bundle], shown: int) -> str:
    """Return "Defence and 6 more", or nothing where groups have rows of their own."""
    if shown > 1 or len(bundles) != 1 or len(bundles[0].shown) != 1:
        return ""
    ((node, name),), more = bundles[0].shown, bundles[0].more
    if drawing.is_here(node) or drawing.is_here(committee):
        return ""
    return _("%(name)s and %(n)s more") % {"name": name, "n": more} if more else name


def _groups(drawing: Drawing, bundle: Bundle, depth: int, over: Spot | None) -> None:
    for node, name in bundle.shown:
        _put(drawing, node, name, depth, over)
    if bundle.more:
        x = _beside(depth)
        words = Words(x, _bottom(drawing) + GAP + ABOVE, (), is_centred=False)
        drawing.gathered.append(more_of(bundle, words, WIDTH - x))


def _put(
    drawing: Drawing, node: Node, name: str, depth: int, over: Spot | None = None, note: str = ""
) -> Spot:
    """Add a row below all others, with the line from the one it belongs to."""
    (x, half), side = DEPTHS[depth], _beside(depth)
    y = _bottom(drawing) + GAP + half
    words = Words(side, y + 5, wrap(name, WIDTH - side), is_centred=False)
    below = Words(side, words.bottom + ABOVE, wrap(note, WIDTH - side), is_centred=False)
    spot = spot_of(node, x, y, half, words, below if note else None)
    drawing.spots.append(spot)
    if over:
        path = f"M{over.x} {over.y + over.half}V{y}H{x - half}"
        drawing.join(path, node.assembly, over.assembly)
    return spot


def _beside(depth: int) -> int:
    """Return where the names of a depth begin."""
    x, half = DEPTHS[depth]
    return x + half + 10


def _bottom(drawing: Drawing) -> int:
    """Return where the last thing drawn ends."""
    return max([box.bottom for box in drawing.boxes], default=-GAP // 2)
