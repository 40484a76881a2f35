"""News of the secretaries' room: nudges, sent after commit."""

from django.dispatch import Signal

term_began = Signal()
"""Somebody is in post: `term`, `at`."""

term_ended = Signal()
"""Somebody is in post no more: `term`, `at`."""
