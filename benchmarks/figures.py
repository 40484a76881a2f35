"""What a benchmark finds: a ratio to its floor, as the median of rounds measured in turn."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Self


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio; `low` and `high` are the rounds furthest apart, `holds` says of the target."""

    what: str
    measure: str
    ratio: float
    low: float
    high: float
    target: str
    holds: bool

    @classmethod
    def at_least(cls, what: str, measure: str, ratios: Sequence[float], target: float) -> Self:
        return cls._of(what, measure, ratios, f"≥ {target:g}", median(ratios) >= target)

    @classmethod
    def at_most(cls, what: str, measure: str, ratios: Sequence[float], target: float) -> Self:
        return cls._of(what, measure, ratios, f"≤ {target:g}", median(ratios) <= target)

    @classmethod
    def _of(
        cls, what: str, measure: str, ratios: Sequence[float], target: str, holds: bool
    ) -> Self:
        return cls(what, measure, median(ratios), min(ratios), max(ratios), target, holds)


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table, as `docs/speed.md` holds them."""
    head = ["what", "measure", "ratio", "rounds from – to", "target", "holds"]
    rows = [
        [
            figure.what,
            figure.measure,
            f"{figure.ratio:.2f}",
            f"{figure.low:.2f} – {figure.high:.2f}",
            figure.target,
            "yes" if figure.holds else "no",
        ]
        for figure in figures
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


@dataclass(frozen=True, slots=True)
class Load:
    """Processes that wanted a core, averaged over a minute, before and after; and cores."""

    before: float
    after: float
    cores: int


class LoadWatch:
    """Sees whether others worked on the machine meanwhile, which makes every figure doubtful."""

    def __enter__(self) -> Self:
        self._before = os.getloadavg()[0]
        return self

    def __exit__(self, *_: object) -> None:
        self.seen = Load(self._before, os.getloadavg()[0], os.cpu_count() or 1)

    def in_words(self) -> str:
        seen = self.seen
        words = f"Load {seen.before:.1f} before, {seen.after:.1f} after; {seen.cores} cores."
        if seen.before > seen.cores / 2:
            words += " Others were at work: measure again when they are not."
        return words
