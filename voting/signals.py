"""News of the voting room."""

from django.dispatch import Signal

vote_closed = Signal()
"""A vote is closed and counted, and committed: `vote`, `at`. A nudge; due actions do the rest."""
