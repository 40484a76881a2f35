"""The house: settings, pages that draw on several rooms, the clock, the demo."""

from harmony.celery import app as celery_app

__all__ = ["celery_app"]
