"""The ballot paper: what froze when a vote opened, held in this process for a minute.

Casting needs the options and the database's half of the key before its one statement, and both
are the same for every ballot of a vote. What can change, whether the vote is open and who is on
the roll, is never held: the statement asks.

So that half of the key lies in a web process's memory, where it passes with every ballot anyway,
for a minute at the longest, used or not. The file's half is read for every ballot and never held:
where it goes missing casting stops at once.
"""

import uuid
from threading import Timer

from voting.models import Vote

SECONDS = 60
MOST = 64  # votes at a time, each with a timer of its own

_held: dict[uuid.UUID, Vote] = {}


def paper_of(pk: uuid.UUID) -> Vote:
    """Return the vote with its assembly and options, for casting alone; Vote.DoesNotExist.

    Its `closed_at` and `voided_at` may be a minute old: ask the database about them.
    """
    held = _held.get(pk)
    if held is None:
        votes = Vote.objects.select_related("assembly").prefetch_related("options")
        held = votes.defer("nonce", "result").get(pk=pk)
        if len(_held) < MOST:
            _hold(held)
    return held


def _hold(vote: Vote) -> None:
    timer = Timer(SECONDS, _held.pop, [vote.pk, None])
    timer.daemon = True  # a process that ends waits for nobody
    timer.start()
    _held[vote.pk] = vote


def forget_all() -> None:
    """Let go of every paper: between tests, whose votes may share an id."""
    _held.clear()
