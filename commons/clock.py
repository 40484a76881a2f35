"""The present, as the database tells it.

Every moment that decides something is read from the database's clock, so that an application
server whose own clock is wrong changes nothing. Read it once an action, at the edge; a page that
is only read has one present from beginning to end.

A moment given from outside is honoured only under `HONOUR_GIVEN_MOMENTS`, which tests and the
making of the demo party switch on; everywhere else the moment is always the present, and nobody
backdates.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection

from commons.reading import asked_once

_frozen: datetime | None = None


def now() -> datetime:
    """Return the present moment in UTC, by the database's clock."""
    return _told_by_the_database() if _frozen is None else _frozen


@asked_once
def _told_by_the_database() -> datetime:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Not now(), which is the moment the transaction began.
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0].astimezone(UTC)
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)


def settle(at: datetime | None) -> datetime:
    """Return `at` where given moments are honoured, else the present."""
    given_moment = given(at)
    return now() if given_moment is None else given_moment


def given(at: datetime | None) -> datetime | None:
    """Return the moment to use in place of the database's clock, or None for the clock itself.

    For statements that compare a deadline with `COALESCE(:at, clock_timestamp())`.
    """
    if at is not None and settings.HONOUR_GIVEN_MOMENTS:
        return at
    return _frozen


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the present still at `at`, in this process, for tests and the demo's making.

    Raises RuntimeError where given moments are not honoured.
    """
    global _frozen
    if not settings.HONOUR_GIVEN_MOMENTS:
        raise RuntimeError("Only tests and the making of the demo party may hold the clock.")
    before, _frozen = _frozen, at
    try:
        yield
    finally:
        _frozen = before
