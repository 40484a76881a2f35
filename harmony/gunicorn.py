"""How gunicorn serves Harmony: `gunicorn -c python:harmony.gunicorn`.

Threads, since the pages wait for the database most of the time. No preloading: connections must
not cross a fork. No access log: request logs would say who cast a ballot when (see
`docs/secrecy.md`).
"""

from typing import Any

from django.utils.module_loading import import_string

from harmony.settings import CLOCK_THREAD, env

wsgi_app = "harmony.wsgi:application"
bind = env.str("HARMONY_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = env.int("WEB_CONCURRENCY", 1)
threads = env.int("HARMONY_THREADS", 8)
accesslog = None
# Longer than a proxy keeps an idle connection, so that none is closed under a ballot.
keepalive = 75
control_socket_disable = True  # signals are enough, and it would want a folder to write to


def post_worker_init(worker: Any) -> None:
    """Start the clock in each web process, unless Celery beat carries it."""
    if CLOCK_THREAD:
        # By name: this file is read before Django's models are ready, this hook after.
        import_string("harmony.clock_thread.start")()
