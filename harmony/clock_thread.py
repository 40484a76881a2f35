"""The clock of an embedded installation: a thread in the web process that does what is due.

The server's entry starts it (`harmony.gunicorn`, `manage.py demo`), never `ready()`, which every
command runs. Where Celery beat carries the clock, nobody starts it.
"""

import logging
import threading
import time

from django.conf import settings
from django.db import close_old_connections, connections

from harmony.due import run_due_actions

logger = logging.getLogger(__name__)

_started = threading.Lock()
_beat: float | None = None


def start() -> bool:
    """Start the clock in this process, once; False where it runs already."""
    if not _started.acquire(blocking=False):
        return False
    threading.Thread(target=_run_forever, name="harmony-clock", daemon=True).start()
    return True


def beat_age() -> float | None:
    """Return the seconds since the clock last came round in this process; None: never."""
    return None if _beat is None else time.monotonic() - _beat


def is_fresh() -> bool:
    """Whether the clock came round lately: one long round, or two missed ones, are borne."""
    age = beat_age()
    return age is not None and age < 3 * settings.CLOCK_SECONDS + 30


def come_round() -> dict[str, int]:
    """Do what is due, and keep the heartbeat."""
    global _beat
    close_old_connections()
    try:
        return run_due_actions()
    finally:
        connections.close_all()
        _beat = time.monotonic()


def _run_forever() -> None:
    while True:
        try:
            come_round()
        except Exception:  # a clock that stops would be worse than any error
            logger.exception("The clock thread met an error and goes on.")
        time.sleep(settings.CLOCK_SECONDS)
