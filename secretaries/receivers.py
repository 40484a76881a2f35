"""What this room does at news from below. A nudge only: due actions find what a failure left."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from assemblies.models import Assembly
from assemblies.signals import assembly_founded, person_lapsed
from secretaries.services import end_lapsed_terms, ensure_offices


@receiver(person_lapsed)
def end_terms_of_lapsed(at: datetime, **_: Any) -> None:
    """A lapsed membership ends the term (E6)."""
    end_lapsed_terms(at=at)


@receiver(assembly_founded)
def make_offices(assembly: Assembly, **_: Any) -> None:
    """Every assembly has its Secretary's office from its founding (E1)."""
    ensure_offices(assembly)
