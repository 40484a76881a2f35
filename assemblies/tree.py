"""The assemblies as a nested list: the Party, its committees with their groups, other groups."""

from dataclasses import dataclass, field
from datetime import datetime

from assemblies.counts import people_counts
from assemblies.models import Affiliation, Assembly

# Constituency Societies come in hundreds: a committee shows so many groups, then a link to all.
SHOWN_GROUPS = 12


@dataclass
class Node:
    """One assembly in the list, with its member groups where it is a committee."""

    assembly: Assembly
    people: int
    groups: list["Node"] = field(default_factory=list)

    @property
    def shown_groups(self) -> list["Node"]:
        return self.groups[:SHOWN_GROUPS]

    @property
    def has_more(self) -> bool:
        return len(self.groups) > SHOWN_GROUPS


@dataclass(frozen=True)
class Tree:
    """Everything the list shows; a group of several committees stands under each of them."""

    party: Node | None
    committees: list[Node]
    groups: list[Node]


def tree_at(at: datetime, *, with_people: bool = True) -> Tree:
    """Return the whole list at that moment, in four queries however many assemblies there are.

    Without people it takes two; every assembly then counts none.
    """
    counts = people_counts(at) if with_people else {}
    standing = Assembly.objects.standing_at(at).order_by("name")
    nodes = {found.pk: Node(found, counts.get(found.pk, 0)) for found in standing}
    grouped = _fill_committees(nodes, at)
    return Tree(
        party=next((node for node in nodes.values() if node.assembly.is_party), None),
        committees=[node for node in nodes.values() if node.assembly.is_committee],
        groups=[
            node for pk, node in nodes.items() if pk not in grouped and node.assembly.rank == 1
        ],
    )


def _fill_committees(nodes: dict[int, Node], at: datetime) -> set[int]:
    """Put each group under its committees; return the groups that have one."""
    pairs = Affiliation.objects.current_at(at).order_by("group__name")
    grouped = set()
    for group, committee in pairs.values_list("group", "committee"):
        if group in nodes and committee in nodes:
            nodes[committee].groups.append(nodes[group])
            grouped.add(group)
    return grouped
