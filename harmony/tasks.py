"""What Celery does: the clock's round."""

from celery import shared_task
from django.conf import settings
from django.core.cache import cache

from commons import clock
from harmony import due

BEAT_KEY = "harmony.clock.beat"


# A round that nobody took in time is worth nothing: the next one finds all there is to do.
@shared_task(expires=settings.CLOCK_SECONDS)
def run_due_actions() -> dict[str, int]:
    """Do what is due, and keep the heartbeat that `/healthz` reports."""
    done = due.run_due_actions()
    cache.set(BEAT_KEY, clock.now().isoformat(), timeout=None)
    return done
