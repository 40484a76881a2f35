"""One STAR round: who reaches the runoff, who wins it, and every tie on the way.

Source: the Equal Vote Coalition's official tie-breaker protocol. Scoring round: of two options
tied for one place, the one scored higher on more ballots; otherwise, or if that is equal too, most
fives; then the lot. Runoff: the higher total, then most fives, then the lot.

Standard library only; works without Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .tally import Tally

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A step that helped to break a tie.

    step: ``score:head_to_head``, ``score:five_star``, ``score:lot``, ``runoff:score``,
        ``runoff:five_star``, ``runoff:lot`` or ``pr:lot``.
    places: how many of ``among`` could go on.
    numbers: what the step compared, for each of ``among``; for a lot, the place drawn, 1 first.
    chosen: whom this step put through, best first.
    left: who is still level after it, for the next step; whoever is in neither is out.
    """

    step: str
    places: int
    among: Names
    numbers: Mapping[str, int]
    chosen: Names
    left: Names = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "places": self.places,
            "among": list(self.among),
            "numbers": dict(self.numbers),
            "chosen": list(self.chosen),
            "left": list(self.left),
        }


@dataclass(frozen=True, slots=True)
class Runoff:
    """How many ballots score each finalist above the other, and how many score them equally."""

    preferring: Mapping[str, int]
    no_preference: int

    def to_dict(self) -> dict[str, Any]:
        return {"for": dict(self.preferring), "no_preference": self.no_preference}


@dataclass(frozen=True, slots=True)
class Group:
    """Ballots of equal weight × score for a winner; ``spent`` of their ``weight`` is used up."""

    worth: Fraction
    weight: Fraction
    spent: Fraction

    def to_dict(self) -> dict[str, str]:
        return {"worth": str(self.worth), "weight": str(self.weight), "spent": str(self.spent)}


@dataclass(frozen=True, slots=True)
class Allocation:
    """A round of Allocated Score: the quota of ballots, each weighted sum, and who paid for it."""

    quota: Fraction
    sums: Mapping[str, Fraction]
    groups: tuple[Group, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "quota": str(self.quota),
            "sums": {option: str(total) for option, total in self.sums.items()},
            "groups": [group.to_dict() for group in self.groups],
        }


@dataclass(frozen=True, slots=True)
class Round:
    """One seat filled. A lone option has no runoff; only a proportional round an allocation."""

    winner: str
    finalists: Names | None = None
    runoff: Runoff | None = None
    ties: tuple[Tie, ...] = ()
    allocation: Allocation | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "finalists": None if self.finalists is None else list(self.finalists),
            "runoff": self.runoff and self.runoff.to_dict(),
            "winner": self.winner,
            "ties": [tie.to_dict() for tie in self.ties],
            "allocation": self.allocation and self.allocation.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers a round compares, by name of option."""

    ballots: int
    totals: Mapping[str, int]
    fives: Mapping[str, int]
    drawn: Mapping[str, int]
    preferred: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, tally: Tally, lot: Sequence[str]) -> Figures:
        def named(numbers: Iterable[int]) -> dict[str, int]:
            return dict(zip(tally.options, numbers, strict=True))

        return cls(
            ballots=tally.ballots,
            totals=named(tally.totals),
            fives=named(tally.fives),
            drawn={option: place for place, option in enumerate(lot, start=1)},
            preferred={
                option: named(row)
                for option, row in zip(tally.options, tally.preferred, strict=True)
            },
        )


def star_round(figures: Figures, standing: Names) -> Round:
    """Fill one seat from the options still standing (at least one, in option order)."""
    if len(standing) == 1:
        return Round(winner=standing[0], finalists=standing)
    finalists, ties = _score(figures, standing)
    runoff = _run_off(figures, finalists)
    winner, tie = _win(figures, finalists, runoff)
    return Round(winner, finalists, runoff, ties + tie)


def draw_lot(step: str, figures: Figures, tied: Names, places: int = 1) -> Tie:
    """Let the lot choose; the option drawn first goes first."""
    chosen = tuple(sorted(tied, key=figures.drawn.__getitem__)[:places])
    return Tie(step, places, tied, _pick(figures.drawn, tied), chosen)


def highest(options: Names, numbers: Mapping[str, int] | Mapping[str, Fraction]) -> Names:
    """All options that share the highest number."""
    best = max(numbers[option] for option in options)
    return tuple(option for option in options if numbers[option] == best)


def _score(figures: Figures, standing: Names) -> tuple[Names, tuple[Tie, ...]]:
    first = highest(standing, figures.totals)
    if len(first) == 2:
        return first, ()
    if len(first) > 2:
        return _advance(figures, first, 2)
    second = highest(tuple(o for o in standing if o not in first), figures.totals)
    if len(second) == 1:
        return first + second, ()
    chosen, ties = _advance(figures, second, 1)
    return first + chosen, ties


def _advance(figures: Figures, tied: Names, places: int) -> tuple[Names, tuple[Tie, ...]]:
    """Choose among the tied: head to head if two want one place, then fives, then the lot."""
    if len(tied) == 2 and places == 1:
        runoff = _run_off(figures, tied)
        chosen = highest(tied, runoff.preferring)
        if len(chosen) == 1:
            return chosen, (Tie("score:head_to_head", 1, tied, runoff.preferring, chosen),)
    chosen, left, ties = _most_fives(figures, tied, places)
    if left:
        lot = draw_lot("score:lot", figures, left, places - len(chosen))
        chosen, ties = chosen + lot.chosen, (*ties, lot)
    return chosen, ties


def _most_fives(figures: Figures, tied: Names, places: int) -> tuple[Names, Names, tuple[Tie, ...]]:
    """Who goes on by fives, who is still level for the places that remain, the step if any."""
    ranked = sorted(tied, key=lambda option: -figures.fives[option])
    mark = figures.fives[ranked[places - 1]]
    chosen = tuple(option for option in ranked if figures.fives[option] > mark)
    left = tuple(option for option in tied if figures.fives[option] == mark)
    if len(chosen) + len(left) == places:
        chosen, left = chosen + left, ()
    if left == tied:
        return (), tied, ()
    numbers = _pick(figures.fives, tied)
    return chosen, left, (Tie("score:five_star", places, tied, numbers, chosen, left),)


def _run_off(figures: Figures, pair: Names) -> Runoff:
    one, other = pair
    above, below = figures.preferred[one][other], figures.preferred[other][one]
    return Runoff({one: above, other: below}, figures.ballots - above - below)


def _win(figures: Figures, finalists: Names, runoff: Runoff) -> tuple[str, tuple[Tie, ...]]:
    winners = highest(finalists, runoff.preferring)
    if len(winners) == 1:
        return winners[0], ()
    for step, numbers in (("runoff:score", figures.totals), ("runoff:five_star", figures.fives)):
        winners = highest(finalists, numbers)
        if len(winners) == 1:
            return winners[0], (Tie(step, 1, finalists, _pick(numbers, finalists), winners),)
    lot = draw_lot("runoff:lot", figures, finalists)
    return lot.chosen[0], (lot,)


def _pick(numbers: Mapping[str, int], options: Names) -> dict[str, int]:
    return {option: numbers[option] for option in options}
