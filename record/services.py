"""Writing and numbering the record."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from record.models import Entry

_SEQUENCER_LOCK = 0x4841524D  # one PostgreSQL advisory lock: "HARM"


def enter(
    act: str,
    *,
    subject: str,
    at: datetime,
    by: uuid.UUID | None = None,
    assembly: str = "",
    **facts: Any,
) -> Entry:
    """Write one act on the record, unnumbered, in the transaction of the act itself.

    `by` is the actor's uuid, or None for the software acting by itself; `facts` must be public.
    """
    salt = secrets.token_bytes(16) if by else None
    digest = hashlib.sha256(salt + by.bytes).hexdigest() if by and salt else ""
    return Entry.objects.create(
        act=act,
        subject=subject,
        at=at,
        assembly=assembly,
        facts=facts,
        actor=by,
        salt=salt,
        actor_digest=digest,
    )


@transaction.atomic
def number_entries(*, limit: int = 10_000) -> int:
    """Give committed entries their numbers in the log, in order, and return how many.

    A lock taken inside the acts would deadlock them, so numbering is an act of its own; whoever
    comes second finds nothing to do and does not wait.
    """
    if not _alone():
        return 0
    last = Entry.objects.order_by("-number").exclude(number=None).values_list("number", flat=True)
    start = next(iter(last[:1]), -1) + 1  # type: ignore[operator]
    entries = list(Entry.objects.unnumbered().only("pk")[:limit])
    for number, entry in enumerate(entries, start):
        entry.number = number
    Entry.objects.bulk_update(entries, ["number"], batch_size=500)
    return len(entries)


def _alone() -> bool:
    """Take the sequencer's lock for this transaction; SQLite's immediate ones are alone anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEQUENCER_LOCK])
        return cursor.fetchone()[0]
