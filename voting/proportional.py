"""Proportional STAR, that is Allocated Score: each winner uses up one quota of ballots.

Source: the Equal Vote Coalition's Allocated Score, with exact fractions throughout: quota =
ballots / seats; every ballot starts with weight 1; the highest Σ weight × score is elected (a tie
goes to the lot); then ballots pay for the winner in groups, highest weight × score first, whole
groups until a quota of weight is paid. The group that crosses the quota keeps
weight × (1 − remaining / group weight). Ballots that scored the winner 0 come last and pay only
if all others together do not fill the quota. There is no runoff.

Standard library only; works without Django.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from .rounds import Allocation, Figures, Group, Names, Round, draw_lot, highest

Weights = dict[str, Fraction]


def proportional_rounds(
    piles: Mapping[str, int], options: Names, seats: int, figures: Figures
) -> tuple[Round, ...]:
    """Fill the seats from piles of equal ballots (row → how many); one round a seat."""
    quota = Fraction(sum(piles.values()), seats)
    weights = dict.fromkeys(piles, Fraction(1))
    standing = options
    rounds: list[Round] = []
    while standing and len(rounds) < seats:
        sums = _weighted_sums(piles, weights, options, standing)
        leaders = highest(standing, sums)
        ties = (draw_lot("pr:lot", figures, leaders),) if len(leaders) > 1 else ()
        winner = ties[0].chosen[0] if ties else leaders[0]
        groups = _spend(piles, weights, options.index(winner), quota)
        rounds.append(Round(winner, ties=ties, allocation=Allocation(quota, sums, groups)))
        standing = tuple(option for option in standing if option != winner)
    return tuple(rounds)


def score_at(row: str, position: int) -> int:
    """The score a row gives the option at a position; a blank is 0."""
    mark = row[position]
    return 0 if mark == "-" else int(mark)


def _weighted_sums(
    piles: Mapping[str, int], weights: Weights, options: Names, standing: Names
) -> dict[str, Fraction]:
    """Σ weight × score for each option standing; whole numbers are added before fractions."""
    rows_by_weight: dict[Fraction, list[str]] = defaultdict(list)
    for row, weight in weights.items():
        rows_by_weight[weight].append(row)
    sums = dict.fromkeys(standing, Fraction(0))
    for weight, rows in rows_by_weight.items():
        for option in standing:
            at = options.index(option)
            sums[option] += weight * sum(piles[row] * score_at(row, at) for row in rows)
    return sums


def _spend(
    piles: Mapping[str, int], weights: Weights, position: int, quota: Fraction
) -> tuple[Group, ...]:
    """Take one quota from the weights, in place; the groups that paid, in order."""
    rows_by_worth: dict[Fraction, list[str]] = defaultdict(list)
    for row, weight in weights.items():
        if weight:
            rows_by_worth[weight * score_at(row, position)].append(row)
    groups, remaining = [], quota
    for worth in sorted(rows_by_worth, reverse=True):
        if not remaining:
            break
        rows = rows_by_worth[worth]
        weight = sum((weights[row] * piles[row] for row in rows), Fraction(0))
        spent = min(weight, remaining)
        for row in rows:
            weights[row] *= 1 - spent / weight
        groups.append(Group(worth, weight, spent))
        remaining -= spent
    return tuple(groups)
