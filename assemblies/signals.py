"""News of the assemblies' room."""

from django.dispatch import Signal

person_admitted = Signal()
"""A person has become a member of the Party: `person`, `at`. A nudge, after commit."""

person_lapsed = Signal()
"""A person's membership of the Party has ended: `person`, `at`. A nudge, after commit."""
