"""Ballot files: the canonical one Harmony publishes, a plain CSV, and BetterVoting's CSV export.

The published file is UTF-8 with LF line ends. Its first line is a JSON object with the keys
``harmony_ballots`` (the version, 1), ``vote``, ``options``, ``seats``, ``method`` and, once it may
be known, ``nonce`` (hex), in this order and without spaces. Every further line is
``TRACKER,50-142``; the lines are sorted as bytes.

A CSV has a header of options and a row a ballot, one mark a cell; an empty cell or ``-`` is a
blank. A first column called ``tracker`` names the ballot, a last one called ``count`` says how
many ballots read so. BetterVoting's export has ``ballot_id`` and ``precinct`` first.

Standard library only; works without Django.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .tally import BallotError, checked_options, row_of

VERSION = 1


@dataclass(frozen=True, slots=True)
class BallotFile:
    """What a file says: piles are distinct rows, each with its number of ballots."""

    options: tuple[str, ...]
    piles: Counter[str]
    seats: int = 1
    method: str | None = None
    vote: str | None = None
    nonce: bytes | None = None


def published_header(
    *, vote: str, options: Iterable[str], seats: int, method: str, nonce: bytes | None = None
) -> str:
    """The first line of the published file, with its line feed."""
    head: dict[str, Any] = {
        "harmony_ballots": VERSION,
        "vote": vote,
        "options": list(options),
        "seats": seats,
        "method": method,
    }
    if nonce is not None:
        head["nonce"] = nonce.hex()
    return json.dumps(head, ensure_ascii=False, separators=(",", ":")) + "\n"


def published_line(tracker: str, row: str) -> str:
    """The line of one ballot in the published file, with its line feed."""
    return f"{tracker},{row}\n"


def read_ballot_file(source: bytes) -> BallotFile:
    """Read a ballot file of any of the three kinds; ValueError or BallotError if it is none."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"The file is not UTF-8 text (byte {error.start}).") from None
    if not text.strip():
        raise ValueError("The file is empty.")
    return _read_published(text) if text.startswith("{") else _read_csv(text)


def _read_published(text: str) -> BallotFile:
    head_line, _, body = text.partition("\n")
    head = _head_of(head_line)
    options = checked_options(head["options"])
    trackers: set[str] = set()
    piles: Counter[str] = Counter()
    for number, line in enumerate(body.removesuffix("\n").split("\n") if body else [], start=1):
        tracker, comma, row = line.partition(",")
        if not tracker or not comma:
            raise BallotError(number, None, "its line is not “TRACKER,SCORES”.")
        _keep_tracker(tracker, trackers, number)
        piles[row_of(row, options, number)] += 1
    nonce = bytes.fromhex(head["nonce"]) if "nonce" in head else None
    return BallotFile(options, piles, head["seats"], head.get("method"), head.get("vote"), nonce)


def _head_of(line: str) -> dict[str, Any]:
    try:
        head: dict[str, Any] = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("The first line is not the header of a published ballot file.") from None
    if head.get("harmony_ballots") != VERSION:
        raise ValueError(f"Only version {VERSION} of the published ballot file can be read.")
    options, seats = head.get("options"), head.get("seats")
    if not isinstance(options, list) or type(seats) is not int:
        raise ValueError("The header lacks its options or its seats.")
    for key in ("method", "vote", "nonce"):
        if not isinstance(head.get(key, ""), str):
            raise ValueError(f"The header's “{key}” is not text.")
    return head


def _keep_tracker(tracker: str, seen: set[str], number: int) -> None:
    if tracker in seen:
        raise BallotError(number, None, f"the tracker “{tracker}” stands twice in the file.")
    seen.add(tracker)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a CSV keeps what: the options stand from ``first`` to before ``end``."""

    options: tuple[str, ...]
    first: int
    end: int
    has_tracker: bool
    has_count: bool

    @classmethod
    def of(cls, header: list[str]) -> _Columns:
        names = [name.strip() for name in header]
        lowered = [name.lower() for name in names]
        has_tracker = lowered[:1] == ["tracker"]
        first = 1 if has_tracker else _ids_before_options(lowered)
        has_count = len(lowered) > first and lowered[-1] == "count"
        end = len(names) - has_count
        if first and any("!!" in name for name in names[first:end]):
            raise ValueError("The export holds several races; export one race alone.")
        return cls(checked_options(names[first:end]), first, end, has_tracker, has_count)

    @property
    def width(self) -> int:
        return self.end + self.has_count


def _ids_before_options(lowered: list[str]) -> int:
    """How many columns of BetterVoting's export come before its options."""
    if lowered[:1] != ["ballot_id"]:
        return 0
    return 2 if lowered[1:2] == ["precinct"] else 1


def _read_csv(text: str) -> BallotFile:
    records = _records(text)
    columns = _Columns.of(next(records))
    if not columns.options:
        raise ValueError("The header names no options.")
    trackers: set[str] = set()
    piles: Counter[str] = Counter()
    for number, record in enumerate(records, start=1):
        if columns.has_tracker and record:
            _keep_tracker(record[0], trackers, number)
        piles[_csv_row(record, columns, number)] += _csv_count(record, columns, number)
    return BallotFile(columns.options, piles)


def _records(text: str) -> Iterator[list[str]]:
    """The records of a CSV. Empty lines at its end are none, unless they could be ballots."""
    body = text.rstrip("\r\n") if "," in text else text
    reader = csv.reader(io.StringIO(body, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise ValueError(f"Line {reader.line_num} is not CSV: {error}.") from None


def _csv_row(record: list[str], columns: _Columns, number: int) -> str:
    if len(record) > columns.width:
        last = columns.options[-1]
        raise BallotError(number, last, f"its line goes on after “{last}” and the last column.")
    cells = record[columns.first : columns.end]
    for cell, option in zip(cells, columns.options, strict=False):
        if len(cell) > 1:
            shown = ascii(cell[:20])[1:-1]
            reason = f"“{shown}” for “{option}” is not a score from 0 to 5, nor blank."
            raise BallotError(number, option, reason)
    return row_of("".join(cell or "-" for cell in cells), columns.options, number)


def _csv_count(record: list[str], columns: _Columns, number: int) -> int:
    if not columns.has_count:
        return 1
    cell = record[columns.end] if len(record) > columns.end else ""
    if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
        shown = ascii(cell[:20])[1:-1]
        raise BallotError(number, None, f"its count “{shown}” is not a whole number.")
    return int(cell)
