"""A count told in words and tables, step by step, so that it can be followed by hand.

Standard library only; works without Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from .rounds import Allocation, Round, Runoff, Tie

if TYPE_CHECKING:
    from .star import Count

_NAMES = {"star": "STAR", "bloc": "Bloc STAR", "proportional": "Proportional STAR"}
_COMPARED = {
    "score:head_to_head": "Scored higher than the other, in ballots",
    "score:five_star": "Fives",
    "score:lot": "Place in the lot",
    "runoff:score": "Total",
    "runoff:five_star": "Fives",
    "runoff:lot": "Place in the lot",
    "pr:lot": "Place in the lot",
}


def report_of(count: Count) -> str:
    """The whole count as plain text, without a final line feed."""
    parts = [_heading(count), _scores(count), _head_to_head(count)]
    parts += [_round(turn, number, count) for number, turn in enumerate(count.rounds, start=1)]
    parts += [_lot(count), _outcome(count)]
    return "\n\n".join(part for part in parts if part)


def _heading(count: Count) -> str:
    return (
        f"{_NAMES[count.method]}: {_number(len(count.options), 'option')}, "
        f"{_number(count.seats, 'seat')}, {_number(count.ballots, 'ballot')}."
    )


def _scores(count: Count) -> str:
    if not count.options:
        return ""
    header = ["Scores", "total", "mean", "5", "4", "3", "2", "1", "0", "of these blank"]
    lines = [
        [option, str(total), "-" if mean is None else f"{mean:.2f}", *map(str, row[::-1]), str(b)]
        for option, total, mean, row, b in zip(
            count.options, count.totals, count.means, count.histograms, count.blanks, strict=True
        )
    ]
    return _table([header, *lines])


def _head_to_head(count: Count) -> str:
    if len(count.options) < 2 or not count.ballots:
        return ""
    letters = [f"[{number}]" for number in range(1, len(count.options) + 1)]
    lines = [
        [f"{mark} {option}", *("." if i == j else str(n) for j, n in enumerate(row))]
        for i, (mark, option, row) in enumerate(
            zip(letters, count.options, count.preferred, strict=True)
        )
    ]
    return _table([["Scored higher than", *letters], *lines])


def _round(turn: Round, number: int, count: Count) -> str:
    lines = [f"Round {number}" if count.seats > 1 else "Count"]
    if turn.allocation:
        lines += _allocation(turn, turn.allocation)
    elif turn.runoff is None:
        lines.append(f"  {_clean(turn.winner)} is the only option left.")
    else:
        lines += _scoring_and_runoff(turn, turn.runoff, count)
    return "\n".join([*lines, f"  {_clean(turn.winner)} is elected."])


def _scoring_and_runoff(turn: Round, runoff: Runoff, count: Count) -> list[str]:
    totals = dict(zip(count.options, count.totals, strict=True))
    scoring = [tie for tie in turn.ties if tie.step.startswith("score:")]
    deciding = [tie for tie in turn.ties if tie.step.startswith("runoff:")]
    lines = [f"  Tied on {_number(totals[tie.among[0]], 'point')}. {_tie(tie)}" for tie in scoring]
    named = _listed(f"{_clean(option)} ({totals[option]})" for option in turn.finalists or ())
    lines.append(f"  To the runoff, by the highest totals: {named}.")
    shares = _listed(f"{n} for {_clean(option)}" for option, n in runoff.preferring.items())
    lines.append(f"  Runoff: {shares}; {runoff.no_preference} scored them equally.")
    return lines + [f"  The runoff is tied. {_tie(tie)}" for tie in deciding]


def _allocation(turn: Round, allocation: Allocation) -> list[str]:
    sums = ", ".join(f"{_clean(o)} {_exact(total)}" for o, total in allocation.sums.items())
    lines = [f"  Weight × score: {sums}."]
    lines += [f"  The highest are tied. {_tie(tie)}" for tie in turn.ties]
    lines.append(f"  Quota: {_exact(allocation.quota)} of the ballots' weight. It is paid by")
    for group in allocation.groups:
        lines.append(
            f"    weight × score {_exact(group.worth)} for {_clean(turn.winner)}: "
            f"{_exact(group.spent)} of a weight of {_exact(group.weight)}"
        )
    return lines


def _tie(tie: Tie) -> str:
    numbers = ", ".join(f"{_clean(option)} {n}" for option, n in tie.numbers.items())
    text = f"{_COMPARED[tie.step]}: {numbers}."
    if tie.chosen:
        text += f" {_listed(map(_clean, tie.chosen))} {_goes(tie.chosen)} through."
    if tie.left:
        text += f" Still tied: {_listed(map(_clean, tie.left))}."
    return text


def _goes(options: Sequence[str]) -> str:
    return "goes" if len(options) == 1 else "go"


def _lot(count: Count) -> str:
    if not count.options:
        return ""
    order = ", ".join(map(_clean, count.lot))
    source = "" if count.lot_given else " No lot was given; the options' own order stands in."
    return f"Lot: {order}.{source} It was {'used' if count.lot_used else 'not needed'}."


def _outcome(count: Count) -> str:
    if not count.winners:
        lacking = "ballots" if count.options else "options"
        return f"No result: there are no {lacking}."
    text = f"Elected: {_listed(map(_clean, count.winners))}."
    if len(count.winners) < count.seats:
        text += f" Of {count.seats} seats, {count.seats - len(count.winners)} cannot be filled."
    return text


def _table(rows: Sequence[Sequence[str]]) -> str:
    """First column to the left, numbers to the right."""
    cleaned = [[_clean(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cleaned, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])])
        for row in cleaned
    )


def _listed(parts: Iterable[str]) -> str:
    names = list(parts)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _number(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _exact(value: Fraction) -> str:
    """A fraction as it is, with a decimal beside it where it is not whole."""
    return str(value) if value.denominator == 1 else f"{value} (≈ {float(value):.4f})"


def _clean(text: str) -> str:
    """A name without characters that would steer a terminal."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
