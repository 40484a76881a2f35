"""Every step of the tie-breaking protocol, each in a vote so small that one sees it (D4).

The votes are counted by `voting.star`, once; they are told in words at each reading.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from voting import lots, star, telling
from voting.publication import Extent

NAMES = ("Ash", "Birch", "Cedar")
# No secret, unlike the seed of a vote: the page shows how a draw is made.
SEED = hashlib.sha256(b"How it works").digest()


@dataclass(frozen=True, slots=True)
class Case:
    """One vote that comes to a certain step; `steps` are what star.count must report."""

    heading: Promise
    rule: Promise
    rows: tuple[str, ...]
    steps: tuple[str, ...] = ()


SCORING = (
    Case(
        _("Two share the highest total"),
        _("Both go to the runoff. Nothing has to be broken."),
        ("530", "340", "340"),
    ),
    Case(
        _("Two share the second place"),
        _("Whichever of the two was scored higher on more ballots goes to the runoff."),
        ("550", "501", "504"),
        ("score:head_to_head",),
    ),
    Case(
        _("They are level on that too, or more than two are tied"),
        _("Those with the most fives go to the runoff."),
        ("550", "510", "503", "503"),
        ("score:five_star",),
    ),
    Case(
        _("They have as many fives"),
        _("The lot is drawn."),
        ("500", "050", "005"),
        ("score:lot", "runoff:lot"),
    ),
)
RUNOFF = (
    Case(
        _("As many prefer one finalist as the other"),
        _("The higher total is carried."),
        ("50", "01"),
        ("runoff:score",),
    ),
    Case(
        _("The totals are the same too"),
        _("The one with more fives is carried."),
        ("50", "10", "03", "03"),
        ("runoff:five_star",),
    ),
    Case(
        _("They have as many fives"),
        _("The lot is drawn."),
        ("50", "05"),
        ("runoff:lot",),
    ),
)


@dataclass(frozen=True, slots=True)
class CaseTold:
    """A case with its ballots as a table, and what its count says."""

    heading: str
    rule: str
    names: tuple[str, ...]
    rows: tuple[str, ...]
    words: list[str]


@dataclass(frozen=True, slots=True)
class Draw:
    """The lot of the last case: what is on the record first, what is shown after, the order."""

    commitment: str
    seed: str
    rows_digest: str
    order: tuple[str, ...]


def told(cases: tuple[Case, ...]) -> list[CaseTold]:
    return [_told(case) for case in cases]


def _told(case: Case) -> CaseTold:
    result = counted(case.rows)
    words = [*telling.ties(result)] or telling.outcome(result)[1:]
    carried = telling.outcome(result)[0]
    return CaseTold(
        str(case.heading), str(case.rule), tuple(result["options"]), case.rows, [*words, carried]
    )


@cache
def counted(rows: tuple[str, ...]) -> dict[str, Any]:
    names = NAMES[: len(rows[0])]
    lot = lots.draw(SEED, rows, names)
    return star.count(rows, names, lot=lot).to_dict() | {"extent": Extent.BALLOTS}


def draw() -> Draw:
    rows = RUNOFF[-1].rows
    return Draw(
        commitment=lots.digest_of(SEED),
        seed=SEED.hex(),
        rows_digest=lots.rows_digest(sorted(rows)).hex(),
        order=tuple(counted(rows)["lot"]),
    )
