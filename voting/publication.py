"""What is published of a vote, and its canonical text, whose SHA-256 is on the record.

How much depends on the number of ballots, since few ballots point at their voters:

* under 3: the outcome only;
* 3 to 9, or a vote that publishes its counts alone (*matrix*): the scores each option got and all
  head-to-heads, enough to count the vote again;
* from 10: every ballot, under a random tracker.

Where no ballots are published the lot is drawn from the nonce and no rows: a lot drawn from rows
that nobody may see could not be drawn again, and would tell something of them.

Works without Django.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from voting.ballot_files import published_header, published_line

FEWEST_FOR_COUNTS = 3
FEWEST_FOR_BALLOTS = 10
VERSION = 1
_COUNTS = ("ballots", "histograms", "blanks", "preferred")
# What a result keeps to itself where the outcome alone is published.
_BEYOND_THE_OUTCOME = ("totals", "means", "histograms", "blanks", "preferred", "lot_used")


class Extent(StrEnum):
    """How much of a vote is published."""

    OUTCOME = "outcome"
    COUNTS = "counts"
    BALLOTS = "ballots"


def extent_of(ballots: int, *, counts_only: bool) -> Extent:
    if ballots < FEWEST_FOR_COUNTS:
        return Extent.OUTCOME
    if counts_only or ballots < FEWEST_FOR_BALLOTS:
        return Extent.COUNTS
    return Extent.BALLOTS


def publishable(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result without what its extent keeps back."""
    if result["extent"] != Extent.OUTCOME:
        return dict(result)
    kept_back = dict.fromkeys(_BEYOND_THE_OUTCOME)
    return {**result, **kept_back, "rounds": [], "spirit": []}


def canonical_lines(
    vote: str, result: Mapping[str, Any], ballots: Iterable[tuple[str, str]] = ()
) -> Iterator[str]:
    """Give the canonical text line by line, each with its line feed.

    `ballots` are (tracker, row), sorted by tracker, where ballots are published.
    """
    extent = Extent(result["extent"])
    if extent is not Extent.BALLOTS:
        yield _summary(extent, vote, result)
        return
    yield published_header(
        vote=vote,
        options=result["options"],
        seats=result["seats"],
        method=result["method"],
        nonce=bytes.fromhex(result["nonce"]),
    )
    for tracker, row in ballots:
        yield published_line(tracker, row)


def _summary(extent: Extent, vote: str, result: Mapping[str, Any]) -> str:
    """The one line that stands in for the ballots: the counts, or who was carried."""
    keys = _COUNTS if extent is Extent.COUNTS else ("winners",)
    head = {f"harmony_{extent}": VERSION, "vote": vote}
    told = {key: result[key] for key in ("options", "seats", "method", "nonce", *keys)}
    return json.dumps(head | told, ensure_ascii=False, separators=(",", ":")) + "\n"


def digest_of(lines: Iterable[str]) -> str:
    """Return the SHA-256 of the canonical text, in hex."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8"))
    return digest.hexdigest()
