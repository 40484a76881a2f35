"""Telling people what concerns them."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from assemblies.models import Person
from notices.models import Notice


def tell(kind: str, people: Iterable[uuid.UUID], *, url: str, at: datetime, **context: Any) -> None:
    """Write a notice of `kind` about the page `url` for each person, in the act's transaction.

    Telling somebody the same kind of news about the same page again changes nothing.
    """
    notices = (Notice(person_id=pk, kind=kind, url=url, at=at, context=context) for pk in people)
    Notice.objects.bulk_create(notices, batch_size=1_000, ignore_conflicts=True)


def mark_read(person: Person, *, at: datetime) -> int:
    """Mark everything the person has been told as read; return how many were new."""
    return Notice.objects.for_person(person).unread().update(read_at=at)
