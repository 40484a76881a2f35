"""How gunicorn serves Harmony: `gunicorn -c python:harmony.gunicorn`.

Threads, since the pages wait for the database most of the time; the number of processes comes from
gunicorn's own `WEB_CONCURRENCY`. No preloading: connections must not cross a fork. No access log:
request logs would say who cast a ballot when (see `docs/secrecy.md`).
"""

import os
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

wsgi_app = "harmony.wsgi:application"
bind = os.environ.get("HARMONY_BIND", "127.0.0.1:8000")
worker_class = "gthread"
threads = int(os.environ.get("HARMONY_THREADS", "8"))
accesslog = None


def post_worker_init(worker: Any) -> None:
    """Start the clock in each web process, unless Celery beat carries it."""
    if settings.CLOCK_THREAD:
        # By name: this file is read before Django's models are ready, this hook after.
        import_string("harmony.clock_thread.start")()
