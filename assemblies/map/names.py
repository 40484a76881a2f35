"""Names on a map: how broad they are, where they break, what goes without saying."""

import re
from collections.abc import Sequence
from unicodedata import normalize

# How broad characters are in Atkinson Hyperlegible Next, semi-bold, 14 units to the em; rounded
# up, so that a name that fits by this reckoning fits on the page. Others count as the broadest.
_UNITS = {
    5: " .,;:'’|!()[]`ijlf",
    6: '"“”-/Irt',
    8: "127?–_*acehknosuvxyzFJL",
    9: "345689$+=bdgpqBEPRSTVYZ",
    10: "0ACDGHKNUX",
    11: "@#&wOQ",
}
_BROADEST = 14
_BREADTH = {character: units for units, same in _UNITS.items() for character in same}


def breadth(text: str) -> int:
    """Return the units that a text takes at most; an accent takes none."""
    letters = (normalize("NFD", character)[0] for character in text)
    return sum(_BREADTH.get(letter, _BROADEST) for letter in letters)


def wrap(text: str, room: int) -> tuple[str, ...]:
    """Break a text into lines that fit the room; a word that does not is broken within."""
    lines = [""]
    for word in [part for whole in text.split() for part in _cut(whole, room)]:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and breadth(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _cut(word: str, room: int) -> list[str]:
    """Return the word, after each hyphen and wherever the room ends a part of its own."""
    parts = [""]
    for piece in re.split(r"(?<=-)", word):
        for character in piece:
            if breadth(parts[-1] + character) > room:
                parts.append("")
            parts[-1] += character
    return parts


def short_names(names: Sequence[str]) -> list[str]:
    """Return names without the first and last words that all of them share.

    >>> short_names(["Policy Society for Defence", "Policy Society for Health and Care"])
    ['Defence', 'Health and Care']
    >>> short_names(["Media Working Group", "Research Working Group"])
    ['Media', 'Research']
    >>> short_names(["Media Working Group"])
    ['Media Working Group']
    """
    rows = [name.split() for name in names]
    if len(rows) < 2:
        return list(names)
    first = _shared(rows)
    last = _shared([row[first:][::-1] for row in rows])
    return [" ".join(row[first : len(row) - last]) for row in rows]


def _shared(rows: Sequence[Sequence[str]]) -> int:
    """Return how many words all rows begin with, leaving each at least one."""
    most = min(len(row) for row in rows) - 1
    same = (len({row[place] for row in rows}) == 1 for place in range(most))
    return next((place for place, is_same in enumerate(same) if not is_same), max(most, 0))
