"""The spirit of a vote: how warmly an option was scored, and how far voters were of one mind.

Agreement is C. van der Eijk's A ("Measuring Agreement in Ordered Rating Scales", Quality &
Quantity 35, 2001): 1 when all give the same score, 0 when scores are spread evenly, −1 when half
give the lowest and half the highest.

Standard library only; works without Django.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

_WORDS = {
    "keen": ("keen, and largely of one mind", "scored high, with little disagreement"),
    "accepted": (
        "accepted, few strongly for or against",
        "found acceptable, few strongly for or against",
    ),
    "cool": ("carried without much warmth", "scored low, with little disagreement"),
    "split": ("split: {keen} gave 4 or 5, {cold} gave 0 or 1",) * 2,
    "spread": ("a wide spread of views",) * 2,
    "silent": ("nobody voted",) * 2,
}


def agreement(counts: Sequence[int]) -> float:
    """Van der Eijk's A, from −1 to 1, for the numbers of voters in each of K ordered categories.

    The counts are split into layers, each the same height over the categories it covers; A is the
    mean of the layers' own agreement, weighted by the voters in each. Where nobody voted there is
    neither agreement nor disagreement: 0. ValueError for no categories or a negative count.
    """
    if not counts or min(counts) < 0:
        raise ValueError("Agreement needs one count, not negative, for each category.")
    voters = sum(counts)
    if not voters:
        return 0.0
    total, left = 0.0, list(counts)
    while any(left):
        pattern = [count > 0 for count in left]
        height = min(count for count in left if count)
        total += height * sum(pattern) / voters * _layer_agreement(pattern)
        left = [count - height if count else 0 for count in left]
    return total


def _layer_agreement(pattern: Sequence[bool]) -> float:
    """U·(1 − (S−1)/(K−1)) for a layer that covers S of K categories."""
    size, covered = len(pattern), sum(pattern)
    if covered == 1:
        return 1.0
    if covered == size:
        return 0.0
    triples = list(combinations(pattern, 3))
    unimodal = triples.count((True, True, False)) + triples.count((False, True, True))
    split = triples.count((True, False, True))
    unity = ((size - 2) * unimodal - (size - 1) * split) / ((size - 2) * (unimodal + split))
    return unity * (1 - (covered - 1) / (size - 1))


@dataclass(frozen=True, slots=True)
class Spirit:
    """What the scores of one option say.

    mean: 0 to 5, blanks as 0. keen, cold: shares (0 to 1) of ballots that gave 4–5 and 0–1.
    agreement: van der Eijk's A. key: ``keen``, ``accepted``, ``cool``, ``split``, ``spread``, or
    ``silent`` when there was no ballot.
    """

    ballots: int
    mean: float
    keen: float
    cold: float
    agreement: float
    key: str
    carried: bool

    @classmethod
    def of(cls, histogram: Sequence[int], *, carried: bool) -> Spirit:
        """From n0 to n5 (n0 with the blanks); ValueError unless six counts, none negative."""
        if len(histogram) != 6:
            raise ValueError("A histogram of scores has six counts, from 0 to 5.")
        agreed, ballots = agreement(histogram), sum(histogram)
        total = sum(score * count for score, count in enumerate(histogram))
        over = ballots or 1
        keen, cold = sum(histogram[4:]) / over, sum(histogram[:2]) / over
        key = _key(total / over / 5, agreed) if ballots else "silent"
        return cls(ballots, total / over, keen, cold, agreed, key, carried)

    @property
    def words(self) -> str:
        """One sentence part for people, other for an option that was not carried."""
        wording = _WORDS[self.key][0 if self.carried else 1]
        return wording.format(keen=_percent(self.keen), cold=_percent(self.cold))


def _key(warmth: float, agreed: float) -> str:
    """The first sentence that fits; warmth is the mean as a share of five."""
    if agreed >= 0.40:
        return "keen" if warmth >= 0.70 else "accepted" if warmth >= 0.50 else "cool"
    return "split" if agreed < -0.20 else "spread"


def _percent(share: float) -> str:
    return f"{int(100 * share + 0.5)}\N{NARROW NO-BREAK SPACE}%"
