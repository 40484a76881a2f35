"""Destroying what must not last: traces of ballots after a close, keys after the check window.

Deleting a row leaves it readable in freed pages and old versions, and the order of rows in a file
tells the order in which ballots were cast; hence the scrub.
"""

import logging
import time
from datetime import datetime, timedelta
from functools import partial

from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from commons import clock
from commons.each import count_done
from record.services import enter
from voting import keys
from voting.models import TrackerNote, Vote

logger = logging.getLogger("voting")

CHECK_WINDOW = timedelta(days=7)
_TABLES = ("voting_ballot", "voting_trackernote", "voting_vote")
_PATIENCE = 2  # seconds to wait for others before coming again later
# VACUUM keeps what somebody's snapshot here may still see, and, as its own snapshot is taken like
# everybody's, what was deleted after the oldest transaction that still writes anywhere began.
_IS_PAST = """
SELECT pg_snapshot_xmin(pg_current_snapshot()) > %(mark)s::text::xid8
   AND NOT EXISTS (
       SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND age(backend_xmin) > age(%(mark)s::text::xid8::xid))
"""


def end_check_windows(*, at: datetime | None = None) -> int:
    """Seven days after its close, destroy a vote's key and tracker notes; return how many.

    From then on nothing leads from a member to a ballot. The record states it, and the scrub runs
    again.
    """
    at = clock.settle(at)
    due = Vote.objects.filter(closed_at__lte=at - CHECK_WINDOW, key_share__isnull=False)
    return count_done(partial(_end_check_window, at=at), list(due.select_related("assembly")))


def _end_check_window(vote: Vote, *, at: datetime) -> bool:
    # The file first: what the record states is true when it is stated. Killed in between, the
    # next run finds the vote still due and no file to destroy.
    keys.destroy_file_share(vote.pk)
    with transaction.atomic():
        ended = Vote.objects.filter(pk=vote.pk, key_share__isnull=False).update(
            key_share=None, scrubbed_at=None
        )
        if ended != 1:
            return False
        TrackerNote.objects.filter(vote=vote).delete()
        enter("vote.destroy_key", subject=f"vote:{vote.pk}", at=at, assembly=vote.assembly.slug)
    return True


def scrub_closed_votes(*, at: datetime | None = None) -> int:
    """Make deleted ballots, notes and shares unreadable; return for how many votes it was done.

    Works on a connection of its own, outside any transaction. Where others are in the way it does
    nothing and returns 0: run it again.
    """
    waiting = list(Vote.objects.unscrubbed().values_list("pk", flat=True))
    if not waiting or not _scrub():
        return 0
    return Vote.objects.filter(pk__in=waiting).update(scrubbed_at=clock.settle(at))


def _scrub() -> bool:
    own = connection.copy()
    try:
        scrub = _scrub_postgresql if own.vendor == "postgresql" else _scrub_sqlite
        return scrub(own)
    except OperationalError as error:
        logger.info("The scrub waits for another time: %s", error)
        return False
    finally:
        own.close()


def _scrub_sqlite(own: BaseDatabaseWrapper) -> bool:
    """Rewrite the file without freed pages, and empty the write-ahead log."""
    with own.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_counts = cursor.fetchone()
    return not busy


def _scrub_postgresql(own: BaseDatabaseWrapper) -> bool:
    """Rewrite the tables; plain VACUUM would leave half the pseudonyms readable."""
    with own.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{_PATIENCE}s'")
        if not _is_past_old_views(cursor):
            return False
        for table in _TABLES:
            cursor.execute(f"VACUUM FULL {table}")
    return True


def _is_past_old_views(cursor: CursorWrapper) -> bool:
    """Wait until no older transaction is left that VACUUM would keep the deleted rows for."""
    cursor.execute("SELECT pg_current_xact_id()::text")
    (mark,) = cursor.fetchone()
    for _try in range(20 * _PATIENCE):
        cursor.execute(_IS_PAST, {"mark": mark})
        if cursor.fetchone()[0]:
            return True
        time.sleep(0.05)
    return False
