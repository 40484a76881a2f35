"""Whether this process can serve."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import RedisError

from commons import clock
from harmony import clock_thread
from harmony.tasks import BEAT_KEY

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and this process's clock thread, if any, goes.

    Where beat carries the clock its age is told and decides nothing: no web process is ill
    because a worker is.
    """
    at = _database_moment()
    age, is_going = _clock(at)
    is_well = at is not None and is_going
    report: dict[str, Any] = {
        "status": "ok" if is_well else "unwell",
        "database": at is not None,
        "clock_age_seconds": None if age is None else round(age, 1),
    }
    return JsonResponse(report, status=200 if is_well else 503)


def _database_moment() -> datetime | None:
    try:
        return clock.now()
    except DatabaseError:
        logger.exception("The database does not answer.")
        return None


def _clock(at: datetime | None) -> tuple[float | None, bool]:
    """Return the age of the clock's last round in seconds, and whether that is well."""
    age = clock_thread.beat_age()
    if settings.CLOCK_THREAD or age is not None:
        return age, clock_thread.is_fresh()
    return _age_of_beat(at), True


def _age_of_beat(at: datetime | None) -> float | None:
    """Return the age of the last round a worker made, None where none is known."""
    if at is None:
        return None
    try:
        beat = cache.get(BEAT_KEY)
    except (RedisError, DatabaseError):
        return None
    return (at - datetime.fromisoformat(beat)).total_seconds() if beat else None
