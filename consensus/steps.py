"""How a matter's steps go on the record and become its history (C15)."""

from datetime import datetime
from typing import Any

from assemblies.models import Person
from consensus.models import Matter
from record import services as record
from record.models import Entry


def enter_step(
    act: str, matter: Matter, *, at: datetime, by: Person | None = None, **facts: Any
) -> Entry:
    """Write one step of `matter` on the record; `by` is None where the software acts by itself."""
    return record.enter(
        act,
        subject=f"matter:{matter.pk}",
        at=at,
        by=by.pk if by else None,
        assembly=matter.assembly.slug,
        **facts,
    )
