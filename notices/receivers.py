"""Answers to news from the rooms below."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from assemblies.models import Person
from assemblies.signals import person_admitted
from notices.services import tell


@receiver(person_admitted, dispatch_uid="welcome")
def welcome(sender: type[Person], *, person: Person, at: datetime, **_: Any) -> None:
    """Tell whoever was admitted, and where to go first."""
    tell("admitted", [person.pk], url=reverse("assemblies"), at=at)
