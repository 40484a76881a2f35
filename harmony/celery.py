"""The Celery application: with `REDIS_URL` set, beat carries the clock and workers do the work."""

import os
from typing import Any

from celery import Celery, signals

from harmony import heartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "harmony.settings")

app = Celery("harmony")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def keep_logging(**_: Any) -> None:
    """Keep Django's handlers: Celery's own would quote what errors say (`harmony.logs`)."""


@signals.worker_ready.connect
@signals.task_postrun.connect
def worker_lives(**_: Any) -> None:
    heartbeat.keep("worker")


@signals.beat_init.connect
@signals.after_task_publish.connect
def beat_lives(**_: Any) -> None:
    heartbeat.keep("beat")
