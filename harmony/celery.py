"""The Celery application: with `REDIS_URL` set, beat carries the clock and workers do the work."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "harmony.settings")

app = Celery("harmony")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
