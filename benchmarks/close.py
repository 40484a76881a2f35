"""Closing a vote, against one bare `INSERT … SELECT … ORDER BY` of the same rows."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from benchmarks import party
from benchmarks.database import do
from benchmarks.figures import Figure
from voting.models import Ballot, Elector, Vote
from voting.services import close_vote

_BARE_TABLE = "CREATE TABLE bench_published (LIKE voting_publishedballot INCLUDING ALL)"
_BARE = """
INSERT INTO bench_published (vote_id, tracker, scores)
SELECT vote_id, upper(encode(substring(pseudonym FROM 1 FOR 10), 'hex')) AS tracker, scores
  FROM voting_ballot ORDER BY tracker
"""
_KEEP = [
    "CREATE TABLE bench_elector AS TABLE voting_elector",
    "CREATE TABLE bench_ballot AS TABLE voting_ballot",
]
_AGAIN = [
    "TRUNCATE bench_published, voting_publishedballot, voting_trackernote",
    "TRUNCATE voting_ballot, voting_elector",
    "UPDATE voting_vote SET closed_at = NULL, result = NULL, ballots_digest = ''",
    "INSERT INTO voting_elector SELECT * FROM bench_elector",
    "INSERT INTO voting_ballot SELECT * FROM bench_ballot",
    "VACUUM ANALYZE",
    "CHECKPOINT",
]


def measure(asked: argparse.Namespace) -> list[Figure]:
    """Close a vote of `--size` ballots once a round, and insert its rows barely."""
    Vote.objects.all().delete()
    vote = party.open_a_vote(party.found_party(), is_over=True)
    party.fill(vote, asked.size)
    do(_BARE_TABLE, *_KEEP)
    rows = _rows_of("voting_ballot")
    ratios, peaks = [], []
    for _round in range(asked.rounds):
        do(*_AGAIN)
        bare, _ = _timed(lambda: do(_BARE))
        closing, grown = _timed(lambda: close_vote(vote=vote))
        _check(rows)
        ratios.append(closing / bare)
        peaks.append(grown / 64)
    what = f"close of {asked.size:,} ballots"
    return [
        Figure.at_most(f"{what}, to a bare insert", "time", ratios, 6),
        Figure.at_most(f"{what}, to 64 MB above idle", "memory, most", peaks, 1),
    ]


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Do it; return the seconds it took, and by how many MB memory grew at its highest."""
    Path("/proc/self/clear_refs").write_text("5")  # begin the peak anew
    idle, began = _memory("VmRSS"), time.perf_counter()
    act()
    return time.perf_counter() - began, _memory("VmHWM") - idle


def _memory(which: str) -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{which}:")[1].split()[0]) / 1024


def _rows_of(table: str) -> tuple[int, int]:
    """Return how many rows, and a sum that tells whether two tables hold the same scores.

    Summed in the database: rows read into this process would hide what the close takes.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), sum(hashtextextended(scores, 0)) FROM {table}")
        return cursor.fetchone()


def _check(rows: tuple[int, int]) -> None:
    """What was measured is what was meant: the same rows in both, and everybody took part."""
    published, bare = _rows_of("voting_publishedballot"), _rows_of("bench_published")
    took_part = Elector.objects.filter(participated=True).count()
    left = Ballot.objects.count()
    if not (published == bare == rows and took_part == rows[0] and not left):
        raise AssertionError("The close and the bare insert did not come to the same rows.")
