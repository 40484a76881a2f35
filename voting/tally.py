"""Adding up STAR ballots: totals, score counts, blanks and head-to-heads.

A ballot is a row, one character an option in option order: a score from 0 to 5, or ``-`` for an
option left blank ("50-142"). A blank counts as 0 and is also counted apart.

Standard library only; works without Django.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

Row = str | Sequence[int | None]

TOP_SCORE = 5
CHUNK = 8_192
_MARKS = b"012345-"
_BLANK_AS_ZERO = bytes.maketrans(b"-", b"0")


class BallotError(ValueError):
    """A ballot that cannot be counted; says which ballot (from 1) and which option."""

    def __init__(self, ballot: int, option: str | None, reason: str) -> None:
        self.ballot = ballot
        self.option = option
        super().__init__(f"Ballot {ballot}: {reason}")


def checked_options(options: Iterable[str]) -> tuple[str, ...]:
    """The options as a tuple; ValueError if one is named twice or has no name."""
    names = tuple(options)
    for position, name in enumerate(names, start=1):
        if not isinstance(name, str) or not name:
            raise ValueError(f"Option {position} has no name.")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"Two options are called “{twice}”.")
    return names


def row_of(row: Row, options: Sequence[str], ballot: int) -> str:
    """The row as text, one mark an option; BallotError if it is anything but scores and blanks."""
    marks: Sequence[object] = row if isinstance(row, str) else _as_sequence(row, ballot)
    if len(marks) < len(options):
        missing = options[len(marks)]
        raise BallotError(ballot, missing, f"no score for “{missing}”.")
    if len(marks) > len(options):
        last = options[-1] if options else None
        reason = f"{len(marks)} scores for {len(options)} options; one too many after “{last}”."
        raise BallotError(ballot, last, reason)
    pairs = zip(marks, options, strict=True)
    return "".join(_mark_of(mark, option, ballot, isinstance(row, str)) for mark, option in pairs)


def _as_sequence(row: object, ballot: int) -> Sequence[object]:
    if isinstance(row, Sequence):
        return row
    raise BallotError(ballot, None, f"{_shown(row)} is not a row of scores.")


def _mark_of(mark: object, option: str, ballot: int, is_text: bool) -> str:
    if is_text and isinstance(mark, str) and mark in "012345-":
        return mark
    if not is_text and mark is None:
        return "-"
    if not is_text and type(mark) is int and 0 <= mark <= TOP_SCORE:
        return str(mark)
    reason = f"{_shown(mark)} for “{option}” is not a score from 0 to 5, nor blank."
    raise BallotError(ballot, option, reason)


def _shown(thing: object) -> str:
    text = thing if isinstance(thing, str) else type(thing).__name__
    if isinstance(thing, int) and abs(thing) < 10**12:
        text = str(thing)
    text = ascii(text[:20])[1:-1]
    return f"“{text}”"


@dataclass(frozen=True, slots=True)
class Tally:
    """What any number of ballots add up to; tallies of the same options add up with ``+``.

    histograms[i]: how many ballots gave option i each score, n0 to n5; n0 includes the blanks,
        so that each histogram sums to ``ballots``.
    blanks[i]: how many ballots left option i blank.
    preferred[i][j]: how many ballots scored option i higher than option j.
    """

    options: tuple[str, ...]
    ballots: int
    histograms: tuple[tuple[int, ...], ...]
    blanks: tuple[int, ...]
    preferred: tuple[tuple[int, ...], ...]

    @classmethod
    def empty(cls, options: Iterable[str]) -> Tally:
        """The tally of no ballots at all."""
        names = checked_options(options)
        n = len(names)
        return cls(names, 0, ((0,) * (TOP_SCORE + 1),) * n, (0,) * n, ((0,) * n,) * n)

    @classmethod
    def of(cls, rows: Iterable[Row], options: Iterable[str]) -> Tally:
        """Add up rows in one pass and constant memory; BallotError at the first bad ballot."""
        tally = cls.empty(options)
        for data, ballots in _checked_chunks(rows, tally.options):
            tally += _tally_of_chunk(data, ballots, tally.options)
        return tally

    @classmethod
    def of_texts(cls, texts: Iterable[str], options: Iterable[str]) -> Tally:
        """Add up rows already joined without separators, as a database's string_agg gives them.

        Each text holds any number of whole rows. Rows of a wrong length cannot be seen here
        unless the whole text is out of step: use it where the length is already kept.
        """
        names = checked_options(options)
        return cls.of(_rows_in(texts, max(len(names), 1)), names)

    @classmethod
    def of_piles(cls, piles: Mapping[str, int], options: Iterable[str]) -> Tally:
        """Add up distinct rows, each with the number of ballots that read so."""
        tally = cls.empty(options)
        rows_by_size: dict[int, list[str]] = defaultdict(list)
        for row, size in piles.items():
            rows_by_size[size].append(row)
        for size, rows in rows_by_size.items():
            tally += cls.of(rows, tally.options).times(size)
        return tally

    @property
    def totals(self) -> tuple[int, ...]:
        """Sum of the scores of each option."""
        return tuple(sum(k * n for k, n in enumerate(counts)) for counts in self.histograms)

    @property
    def means(self) -> tuple[float | None, ...]:
        """Mean score of each option over all ballots, blanks as 0; None without ballots."""
        return tuple(total / self.ballots if self.ballots else None for total in self.totals)

    @property
    def fives(self) -> tuple[int, ...]:
        """How many ballots gave each option a five."""
        return tuple(counts[TOP_SCORE] for counts in self.histograms)

    def __add__(self, other: Tally) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        if self.options != other.options:
            raise ValueError("Only tallies of the same options, in the same order, add up.")
        return Tally(
            self.options,
            self.ballots + other.ballots,
            _added_tables(self.histograms, other.histograms),
            _added(self.blanks, other.blanks),
            _added_tables(self.preferred, other.preferred),
        )

    def times(self, number: int) -> Tally:
        """The tally of every ballot cast ``number`` times over."""
        return Tally(
            self.options,
            self.ballots * number,
            tuple(tuple(n * number for n in counts) for counts in self.histograms),
            tuple(n * number for n in self.blanks),
            tuple(tuple(n * number for n in counts) for counts in self.preferred),
        )


Table = tuple[tuple[int, ...], ...]


def _added(ours: tuple[int, ...], theirs: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(int.__add__, ours, theirs))


def _added_tables(ours: Table, theirs: Table) -> Table:
    return tuple(map(_added, ours, theirs))


def _rows_in(texts: Iterable[str], width: int) -> Iterator[str]:
    for text in texts:
        for start in range(0, len(text), width):
            yield text[start : start + width]


def _checked_chunks(rows: Iterable[Row], options: tuple[str, ...]) -> Iterator[tuple[bytes, int]]:
    """Chunks of rows joined to ASCII, each with its number of ballots; all marks checked."""
    iterator = iter(rows)
    first = 1
    while chunk := list(islice(iterator, CHUNK)):
        yield _joined(chunk, options, first), len(chunk)
        first += len(chunk)


def _joined(chunk: list[Row], options: tuple[str, ...], first: int) -> bytes:
    """Check a chunk at once; only if something is unusual, row by row."""
    try:
        text = "".join(chunk)  # type: ignore[arg-type]
    except TypeError:
        text = ""
    if text and text.isascii() and set(map(len, chunk)) == {len(options)}:
        data = text.encode("ascii")
        if not data.translate(None, _MARKS):
            return data
    checked = (row_of(row, options, number) for number, row in enumerate(chunk, start=first))
    return "".join(checked).encode("ascii")


@lru_cache(maxsize=8)
def _lane_constants(ballots: int) -> tuple[int, tuple[int, ...]]:
    """The high bit of every 4-bit lane, and every score 1 to 5 repeated in all lanes."""
    ones = int("1" * ballots, 16)
    return ones << 3, tuple(ones * score for score in range(1, TOP_SCORE + 1))


def _tally_of_chunk(data: bytes, ballots: int, options: tuple[str, ...]) -> Tally:
    """Tally joined rows, every ballot a 4-bit lane of one big integer an option.

    A lane holds 0 to 5, so (lane | 8) − other lane never borrows from its neighbour and keeps its
    high bit exactly where the lane is at least the other: one subtraction compares all ballots.
    """
    n = len(options)
    columns = [data[i::n] for i in range(n)]
    high, levels = _lane_constants(ballots)
    lanes = [int(column.translate(_BLANK_AS_ZERO), 16) for column in columns]
    raised = [lane | high for lane in lanes]

    def not_less(left: int, right: int) -> int:
        return ((left - right) & high).bit_count()

    return Tally(
        options,
        ballots,
        tuple(
            _differences(ballots, [not_less(lane, level) for level in levels]) for lane in raised
        ),
        tuple(column.count(b"-") for column in columns),
        tuple(tuple(ballots - not_less(other, lane) for other in raised) for lane in lanes),
    )


def _differences(ballots: int, at_least: list[int]) -> tuple[int, ...]:
    """n0 to n5 from the number of ballots, and how many gave at least 1, 2, 3, 4, 5."""
    steps = [ballots, *at_least, 0]
    return tuple(above - below for above, below in zip(steps, steps[1:], strict=False))
