"""Counting STAR (Score Then Automatic Runoff), Bloc STAR and Proportional STAR.

    >>> outcome = count(["530", "530", "054"], ["Ada", "Ben", "Cy"])
    >>> outcome.winners
    ('Ada',)
    >>> outcome.rounds[0].finalists
    ('Ben', 'Ada')

From a terminal, for a published ballot file, a CSV or BetterVoting's export::

    python -m voting.star FILE [--seats N] [--method M] [--lot A,B,...] [--json]

Source: the Equal Vote Coalition's published rules and tie-breaker protocol. Where they are silent:
without options or ballots there is no result, since nobody is elected by lot out of nothing. A
ballot that scores all options the same is a ballot like any other. Ballots that are anything but
scores from 0 to 5 and blanks are refused; none is dropped.

Standard library only, Python 3.11 or later; works without Django.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from . import lots, report
from .ballot_files import BallotFile, read_ballot_file
from .proportional import proportional_rounds
from .rounds import Allocation, Figures, Group, Names, Round, Runoff, Tie, star_round
from .tally import BallotError, Row, Tally, checked_options, row_of

__all__ = [
    "METHODS",
    "Allocation",
    "BallotError",
    "Count",
    "Group",
    "Round",
    "Row",
    "Runoff",
    "Tally",
    "Tie",
    "count",
    "count_piles",
    "count_tally",
    "row_of",
]

METHODS = ("star", "bloc", "proportional")


@dataclass(frozen=True, slots=True)
class Count:
    """A vote counted.

    totals, means, histograms (n0 to n5, blanks among n0), blanks: one entry an option, in option
        order; a mean is None without ballots.
    preferred[i][j]: how many ballots scored option i higher than option j.
    rounds: one a seat filled; winners: in order of election. Both are empty without a result.
    lot: the order used where a lot decides; lot_given: False where the options' own order stood
        in for a lot; lot_used: whether it decided anything.
    """

    method: str
    seats: int
    options: Names
    ballots: int
    totals: tuple[int, ...]
    means: tuple[float | None, ...]
    histograms: tuple[tuple[int, ...], ...]
    blanks: tuple[int, ...]
    preferred: tuple[tuple[int, ...], ...]
    rounds: tuple[Round, ...]
    winners: Names
    lot: Names
    lot_given: bool
    lot_used: bool

    def to_dict(self) -> dict[str, Any]:
        """Plain lists, numbers and text, for JSON; exact fractions as text ("7/3")."""
        return {
            "method": self.method,
            "seats": self.seats,
            "options": list(self.options),
            "ballots": self.ballots,
            "totals": list(self.totals),
            "means": list(self.means),
            "histograms": [list(counts) for counts in self.histograms],
            "blanks": list(self.blanks),
            "preferred": [list(row) for row in self.preferred],
            "rounds": [turn.to_dict() for turn in self.rounds],
            "winners": list(self.winners),
            "lot": list(self.lot),
            "lot_given": self.lot_given,
            "lot_used": self.lot_used,
        }

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)


def count(
    rows: Iterable[Row],
    options: Sequence[str],
    *,
    seats: int = 1,
    method: str = "star",
    lot: Sequence[str] | None = None,
) -> Count:
    """Count ballots, given as rows of text ("50-142") or sequences of int or None.

    The rows are read once; STAR and Bloc STAR keep none of them. The lot is an order of all the
    options; without one their own order stands in, and the result says so. BallotError for a bad
    ballot; ValueError for bad options, seats, method or lot.
    """
    _check(options, seats, method, lot)
    if method != "proportional":
        return count_tally(Tally.of(rows, options), seats=seats, method=method, lot=lot)
    numbered = enumerate(rows, start=1)
    piles = Counter(row_of(row, options, number) for number, row in numbered)
    return count_piles(piles, options, seats=seats, method=method, lot=lot)


def count_piles(
    piles: Mapping[str, int],
    options: Sequence[str],
    *,
    seats: int = 1,
    method: str = "star",
    lot: Sequence[str] | None = None,
) -> Count:
    """Count distinct rows of text, each with the number of ballots that read so."""
    _check(options, seats, method, lot)
    tally = Tally.of_piles(piles, options)
    if method != "proportional":
        return count_tally(tally, seats=seats, method=method, lot=lot)
    figures = Figures.of(tally, lot or options)
    rounds: tuple[Round, ...] = ()
    if tally.ballots:
        rounds = proportional_rounds(piles, tally.options, seats, figures)
    return _counted(tally, rounds, seats, method, lot)


def count_tally(
    tally: Tally, *, seats: int = 1, method: str = "star", lot: Sequence[str] | None = None
) -> Count:
    """Count from sums alone, as a published matrix gives them; not for Proportional STAR."""
    _check(tally.options, seats, method, lot)
    if method == "proportional":
        raise ValueError("Proportional STAR needs the ballots themselves.")
    figures = Figures.of(tally, lot or tally.options)
    standing = tally.options
    rounds: list[Round] = []
    while tally.ballots and standing and len(rounds) < seats:
        rounds.append(star_round(figures, standing))
        standing = tuple(option for option in standing if option != rounds[-1].winner)
    return _counted(tally, tuple(rounds), seats, method, lot)


def _check(options: Sequence[str], seats: int, method: str, lot: Sequence[str] | None) -> None:
    names = checked_options(options)
    if method not in METHODS:
        raise ValueError(f"“{method}” is no method; there are star, bloc and proportional.")
    if type(seats) is not int or seats < 1:
        raise ValueError("There must be one seat or more, a whole number.")
    if method == "star" and seats > 1:
        raise ValueError("STAR fills one seat; for several use bloc or proportional.")
    if lot is not None and sorted(lot) != sorted(names):
        raise ValueError("The lot must name every option once and nothing else.")


def _counted(
    tally: Tally,
    rounds: tuple[Round, ...],
    seats: int,
    method: str,
    lot: Sequence[str] | None,
) -> Count:
    return Count(
        method=method,
        seats=seats,
        options=tally.options,
        ballots=tally.ballots,
        totals=tally.totals,
        means=tally.means,
        histograms=tally.histograms,
        blanks=tally.blanks,
        preferred=tally.preferred,
        rounds=rounds,
        winners=tuple(turn.winner for turn in rounds),
        lot=tally.options if lot is None else tuple(lot),
        lot_given=lot is not None,
        lot_used=any(tie.step.endswith(":lot") for turn in rounds for tie in turn.ties),
    )


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One clear line and exit 2."""
        self.exit(2, f"star: {' '.join(message.split())}\n")


def _arguments(arguments: Sequence[str] | None) -> tuple[_Parser, argparse.Namespace]:
    parser = _Parser(prog="python -m voting.star", description="Count a STAR vote from a file.")
    parser.add_argument("file", metavar="FILE", help="published ballot file or CSV; - for input")
    parser.add_argument("--seats", metavar="N", help="seats to fill (else the file's, else 1)")
    parser.add_argument("--method", choices=METHODS, help="else the file's, else by the seats")
    parser.add_argument("--lot", metavar="A,B,...", help="options in the order drawn, as CSV")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser, parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Count a file and print the result; exit status 2 and one line for bad input."""
    parser, asked = _arguments(arguments)
    try:
        source = sys.stdin.buffer.read() if asked.file == "-" else Path(asked.file).read_bytes()
        outcome = _count_file(read_ballot_file(source), asked)
    except OSError as error:
        parser.error(f"{asked.file}: {error.strerror or error}")
    except ValueError as error:
        parser.error(str(error))
    told = outcome.to_json() if asked.json else report.report_of(outcome)
    sys.stdout.write(told + "\n")
    return 0


def _count_file(file: BallotFile, asked: argparse.Namespace) -> Count:
    """Count what the file says, as it says it, unless the command line asks otherwise."""
    seats = file.seats if asked.seats is None else _whole_number(asked.seats)
    method = asked.method or file.method or "star"
    if asked.method is None and method == "star" and seats > 1:
        method = "bloc"
    lot = _lot_of(file, asked.lot)
    return count_piles(file.piles, file.options, seats=seats, method=method, lot=lot)


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(f"“{text}” is not a number of seats.")
    return int(text)


def _lot_of(file: BallotFile, asked: str | None) -> tuple[str, ...] | None:
    """The lot asked for, else the one drawn from the file's nonce, else none."""
    if asked is not None:
        return tuple(name.strip() for name in next(csv.reader([asked]), []))
    if file.nonce is None:
        return None
    return lots.draw(file.nonce, Counter(file.piles).elements(), file.options)


if __name__ == "__main__":
    sys.exit(main())
