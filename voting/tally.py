"""Adding up STAR ballots: totals, score counts, blanks and head-to-heads.

A ballot is a row, one character an option in option order: a score from 0 to 5, or ``-`` for an
option left blank ("50-142"). A blank counts as 0 and is also counted apart.

Standard library only; works without Django.
"""

from __future__ import annotations

from binascii import unhexlify
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, repeat

Row = str | Sequence[int | None]

TOP_SCORE = 5
LANES = 8_192  # ballots side by side in one big integer
SEGMENTS = 15  # such integers a chunk: as many flags as a 4-bit lane can count
CHUNK = LANES * SEGMENTS
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
        """Add up texts of rows joined by line feeds, as a database's string_agg gives them.

        An empty text holds no ballot. Checked as strictly as ``of``, and faster.
        """
        tally = cls.empty(options)
        for data, ballots in _checked_pieces(texts, tally.options):
            tally += _tally_of_chunk(data, ballots, tally.options)
        return tally

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


def _checked_chunks(rows: Iterable[Row], options: tuple[str, ...]) -> Iterator[tuple[bytes, int]]:
    """Chunks of rows in ASCII, one line feed between rows; each with its number of ballots."""
    iterator = iter(rows)
    first = 1
    while chunk := list(islice(iterator, CHUNK)):
        data, ballots = _joined(chunk, options, first), len(chunk)
        chunk.clear()  # not to hold two chunks of rows at once
        yield data, ballots
        first += ballots


def _joined(chunk: Sequence[Row], options: tuple[str, ...], first: int) -> bytes:
    """Check a chunk at once; only if something is unusual, row by row."""
    try:
        text = "\n".join(chunk)  # type: ignore[arg-type]
    except TypeError:
        text = ""
    if text.isascii() and _is_in_step(data := text.encode("ascii"), len(options), len(chunk)):
        return data
    checked = (row_of(row, options, number) for number, row in enumerate(chunk, start=first))
    return "\n".join(checked).encode("ascii")


def _checked_pieces(texts: Iterable[str], options: tuple[str, ...]) -> Iterator[tuple[bytes, int]]:
    """Texts of rows cut into chunks, checked like rows."""
    step, first = len(options) + 1, 1
    for text in texts:
        for start in range(0, len(text), CHUNK * step):
            piece = text[start : start + CHUNK * step].removesuffix("\n")
            ballots = (len(piece) + 1) // step
            data = piece.encode("ascii", "replace")
            if not _is_in_step(data, len(options), ballots):
                rest = text[start:].removesuffix("\n").split("\n")
                yield _joined(rest, options, first), len(rest)  # names the bad ballot
                break
            yield data, ballots
            first += ballots


def _is_in_step(data: bytes, width: int, ballots: int) -> bool:
    """Whether there is nothing but marks, and a line feed exactly after each row but the last."""
    feeds = b"\n" * (ballots - 1)
    in_step = len(data) == ballots * (width + 1) - 1 and data[width :: width + 1] == feeds
    return in_step and data.translate(None, _MARKS) == feeds


@lru_cache(maxsize=8)
def _in_all_lanes(lanes: int) -> tuple[int, ...]:
    """The numbers 0 to 8, each repeated in all 4-bit lanes of one integer."""
    ones = int("1" * lanes, 16)
    return tuple(ones * number for number in range(9))


def _tally_of_chunk(data: bytes, ballots: int, options: tuple[str, ...]) -> Tally:
    """Tally rows joined by line feeds, every ballot a 4-bit lane of a big integer an option.

    A lane holds 0 to 5, so (lane | 8) − other lane never borrows from its neighbour and keeps its
    high bit exactly where the lane is at least the other: one subtraction compares all ballots.
    The last integer is filled up with ballots of zeros, which prefer nothing and reach no level.
    """
    n, lanes = len(options), min(LANES, ballots + ballots % 2)
    columns = [data[i :: n + 1] for i in range(n)]
    repeated = _in_all_lanes(lanes)
    scores = [_segments_of(column, lanes) for column in columns]
    raised = [[segment | repeated[8] for segment in segments] for segments in scores]
    filled = -(-ballots // lanes) * lanes

    def not_less(left: list[int], right: Iterable[int]) -> int:
        flags = sum(
            (ours - theirs) & repeated[8] for ours, theirs in zip(left, right, strict=False)
        )
        return _sum_of_lanes(flags >> 3, repeated[1])

    def reaching(left: list[int]) -> list[int]:
        return [not_less(left, repeat(repeated[level])) for level in range(1, TOP_SCORE + 1)]

    return Tally(
        options,
        ballots,
        tuple(_differences(ballots, reaching(left)) for left in raised),
        tuple(ballots - len(column.translate(None, b"-")) for column in columns),
        tuple(
            tuple(0 if i == j else filled - not_less(raised[j], scores[i]) for j in range(n))
            for i in range(n)
        ),
    )


def _segments_of(column: bytes, lanes: int) -> list[int]:
    """A column of marks as big integers, a hexadecimal digit a ballot, zeros to fill the last."""
    digits = column.translate(_BLANK_AS_ZERO)
    digits += b"0" * (-len(digits) % lanes)
    packed, width = unhexlify(digits), lanes // 2
    return [
        int.from_bytes(packed[start : start + width], "big")
        for start in range(0, len(packed), width)
    ]


def _sum_of_lanes(flags: int, ones: int) -> int:
    """The sum of all 4-bit lanes, a binary digit at a time."""
    return sum((flags & (ones << bit)).bit_count() << bit for bit in range(4))


def _differences(ballots: int, at_least: list[int]) -> tuple[int, ...]:
    """n0 to n5 from the number of ballots, and how many gave at least 1, 2, 3, 4, 5."""
    steps = [ballots, *at_least, 0]
    return tuple(above - below for above, below in pairwise(steps))
