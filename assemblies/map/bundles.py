"""Which assemblies stand together on a map, and which are gathered into "and 6 more"."""

from collections.abc import Sequence
from dataclasses import dataclass

from assemblies.map.names import short_names
from assemblies.models import Kind
from assemblies.tree import Node, Tree

# So many groups are shown of the committee that is looked at.
OPENED = 6
# A block of committees that share groups stands over one row of them, which holds so many.
IN_A_ROW = 4
MOST_IN_A_ROW = 10
MOST_COMMITTEES = 7


@dataclass(frozen=True)
class Bundle:
    """Groups of exactly the same committees: those shown, with their short names, and the rest."""

    committees: tuple[Node, ...]
    shown: tuple[tuple[Node, str], ...]
    more: int


@dataclass(frozen=True)
class Block:
    """Committees that share groups, over those groups; or groups of no committee."""

    committees: tuple[Node, ...]
    bundles: tuple[Bundle, ...]

    @property
    def items(self) -> int:
        return sum(len(bundle.shown) for bundle in self.bundles)


def blocks_of(tree: Tree, *, here: str, shown: int) -> list[Block]:
    """Return the blocks of a map, committees of Working Groups first.

    `here` is the slug of the assembly that is looked at, whose own committee shows more; of the
    others each committee shows `shown` groups.
    """
    committees = sorted(tree.committees, key=lambda node: node.assembly.kind != Kind.COMMITTEE)
    blocks = [
        block
        for together in _together(committees)
        for block in _blocks(tuple(together), here, shown)
    ]
    if tree.groups:
        blocks.append(Block((), (_bundle((), tree.groups, here, shown),)))
    return blocks


def _together(committees: Sequence[Node]) -> list[list[Node]]:
    """Put committees that share groups, directly or through others, beside each other."""
    found: list[tuple[list[Node], set[str]]] = []
    for committee in committees:
        members, groups = [committee], {node.assembly.slug for node in committee.groups}
        apart = []
        for others, theirs in found:
            if groups & theirs:
                members, groups = [*others, *members], groups | theirs
            else:
                apart.append((others, theirs))
        found = [*apart, (members, groups)]
    place = {node.assembly.slug: number for number, node in enumerate(committees)}
    return sorted(
        (members for members, _ in found), key=lambda nodes: place[nodes[0].assembly.slug]
    )


def _blocks(committees: tuple[Node, ...], here: str, shown: int) -> list[Block]:
    """Return one block, or one for each committee where they share too much for one row."""
    bundles = _bundles(committees, here, shown)
    block = Block(committees, bundles)
    if len(committees) == 1:
        return [block]
    if len(committees) > MOST_COMMITTEES or block.items > MOST_IN_A_ROW:
        return [Block((alone,), _bundles((alone,), here, shown)) for alone in committees]
    return [block]


def _bundles(committees: tuple[Node, ...], here: str, shown: int) -> tuple[Bundle, ...]:
    """Sort the committees' groups by whose they are."""
    groups = {node.assembly.slug: node for over in committees for node in over.groups}
    if here in {*groups, *(over.assembly.slug for over in committees)}:
        shown = max(shown, OPENED)
    owners = {
        slug: tuple(
            number
            for number, over in enumerate(committees)
            if any(node.assembly.slug == slug for node in over.groups)
        )
        for slug in groups
    }
    kinds = sorted(set(owners.values()))
    if len(committees) > 1:
        shown = max(IN_A_ROW // max(len(kinds), 1), 1)
    return tuple(
        _bundle(
            tuple(committees[number] for number in kind),
            [node for slug, node in groups.items() if owners[slug] == kind],
            here,
            shown,
        )
        for kind in kinds
    )


def _bundle(over: tuple[Node, ...], groups: Sequence[Node], here: str, shown: int) -> Bundle:
    """Gather what is past `shown`: never just one, and never the one that is looked at."""
    named = list(zip(groups, short_names([node.assembly.name for node in groups]), strict=True))
    if len(named) <= shown + 1:
        return Bundle(over, tuple(named), 0)
    first = sorted(named, key=lambda pair: pair[0].assembly.slug != here)[:1]
    rest = [pair for pair in named if pair[0] is not first[0][0]]
    chosen = [*first, *rest][:shown]
    in_order = [pair for pair in named if any(pair[0] is node for node, _ in chosen)]
    return Bundle(over, tuple(in_order), len(named) - shown)
