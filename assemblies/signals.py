"""News of the assemblies' room: nudges, sent after commit."""

from django.dispatch import Signal

person_admitted = Signal()
"""A person has become a member of the Party: `person`, `at`."""

person_lapsed = Signal()
"""A person's membership of the Party has ended: `person`, `at`."""

assembly_founded = Signal()
"""An assembly has come to be: `assembly`, `at`."""
