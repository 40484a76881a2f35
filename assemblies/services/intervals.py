"""Beginning and ending one interval of belonging, for the services beside."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assemblies.models import Assembly, Kind, Membership, Person
from commons import clock
from record.services import enter


def held_moment(at: datetime | None) -> datetime:
    """Hold everybody's belonging for this transaction; return the moment, asked for after that."""
    hold_belonging()
    return clock.settle(at)


def hold_belonging() -> None:
    """Let nobody else begin or end to belong anywhere until the transaction ends (B7).

    Whoever begins or ends an interval holds this before asking the clock, and the opening of a
    vote before it copies the roll. So whatever holds at the opening has committed when the roll is
    copied, and what comes after it has a later moment.
    """
    held = Assembly.objects.select_for_update(no_key=True)  # new references to the Party may pass
    held.filter(kind=Kind.PARTY).first()


def begin(
    act: str,
    *,
    person: Person,
    assembly: Assembly,
    at: datetime,
    by: Person | None,
    basis: str = Membership.Basis.JOINED,
) -> Membership:
    """Begin belonging, and enter `act` on the record; refused where it has begun already.

    The record names the membership, never the person: it is public and kept for ever (A5).
    """
    membership = Membership(person=person, assembly=assembly, since=at, basis=basis)
    already = ValidationError(
        _("%(person)s belongs to %(assembly)s already.") % {"person": person, "assembly": assembly}
    )
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:  # one_open_membership_per_assembly
        raise already from error
    _enter(act, membership, assembly, at=at, by=by)
    return membership


def end(act: str, membership: Membership, *, at: datetime, by: Person | None) -> bool:
    """End an open membership and enter `act`; False where somebody was quicker."""
    open_now = Membership.objects.filter(pk=membership.pk, until=None)
    if open_now.update(until=at) != 1:
        return False
    _enter(act, membership, membership.assembly, at=at, by=by)
    return True


def party_membership(person: Person) -> Membership | None:
    """Return the person's open membership of the Party, held until the transaction ends.

    Holding it keeps joining and lapsing apart: whoever lapses leaves nothing open behind.
    """
    held = Membership.objects.select_for_update(of=("self",)).select_related("assembly")
    return held.filter(person=person, assembly__kind="party", until=None).first()


def _enter(
    act: str, membership: Membership, assembly: Assembly, *, at: datetime, by: Person | None
) -> None:
    enter(
        act,
        subject=f"membership:{membership.pk}",
        at=at,
        by=by.pk if by else None,
        assembly=assembly.slug,
    )
