"""The assemblies drawn: from the hierarchy to positions, without a database and without HTML.

A narrow screen gets a drawing of its own, never a shrunk one: `wide` has the committees side by
side under the Party, `tall` is a tree. One unit is a sixteenth of a rem, so that larger text makes
a larger drawing. Names never cover each other, however long they are.
"""

from dataclasses import dataclass
from typing import ClassVar

from assemblies.map.parts import Drawing
from assemblies.map.tall import tall
from assemblies.map.wide import wide
from assemblies.models import Assembly, Kind
from assemblies.tree import Tree

__all__ = ["Drawing", "Map", "map_of", "tall", "wide"]


@dataclass(frozen=True)
class Map:
    """The drawings of one hierarchy, and what its legend explains."""

    wide: Drawing
    tall: Drawing
    here: Assembly | None
    kinds: ClassVar = Kind.choices


def map_of(tree: Tree, *, here: Assembly | None = None, shown: int = 1) -> Map:
    """Return the map on which `here` is marked; each committee shows `shown` groups by name."""
    slug = here.slug if here else ""
    return Map(wide(tree, here=slug, shown=shown), tall(tree, here=slug, shown=shown), here)
