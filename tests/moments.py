"""The moments at which tests happen."""

from datetime import UTC, datetime, timedelta

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

T0 = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""The Party is founded, and everybody of the cast is a member: a Monday."""

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
"""The present of a test that holds the clock: Tuesday 3 March 2026, 12:00, in UK time too."""
