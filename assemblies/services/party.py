"""Becoming a member of the Party, and ceasing to be one."""

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assemblies import numbers
from assemblies.models import Assembly, Kind, Membership, Person
from assemblies.services.intervals import begin, end, held_moment, party_membership
from assemblies.signals import person_admitted, person_lapsed

_DRAWS = 20


@transaction.atomic
def admit_person(*, person: Person, by: Person | None, at: datetime | None = None) -> Membership:
    """Make somebody with an account a member of the Party, with a membership number.

    `by` is who admits, or None for the founding. A former member keeps the number of before.
    """
    at = held_moment(at)
    if by is not None and not by.has_perm("assemblies.admit_person"):
        raise PermissionDenied(_("Only the General Secretary admits people to the Party."))
    party = Assembly.objects.get(kind=Kind.PARTY)
    membership = begin("person.admit", person=person, assembly=party, at=at, by=by)
    _give_number(person)
    transaction.on_commit(
        partial(person_admitted.send_robust, sender=Person, person=person, at=at), robust=True
    )
    return membership


@transaction.atomic
def end_membership(*, person: Person, by: Person, at: datetime | None = None) -> None:
    """End somebody's membership of the Party and of every assembly with it (B1).

    Members end their own; the General Secretary records that one has lapsed. Terms of office end
    by themselves (E6).
    """
    at = held_moment(at)
    if by.pk != person.pk and not by.has_perm("assemblies.end_membership"):
        raise PermissionDenied(_("Only the General Secretary ends another person’s membership."))
    membership = party_membership(person)
    if membership is None or not end("person.lapse", membership, at=at, by=by):
        raise ValidationError(_("%(person)s is not a member of the Party.") % {"person": person})
    others = Membership.objects.filter(person=person, until=None).select_related("assembly")
    for other in others:
        end("assembly.lapse", other, at=at, by=by)
    transaction.on_commit(
        partial(person_lapsed.send_robust, sender=Person, person=person, at=at), robust=True
    )


def _give_number(person: Person) -> None:
    """Draw a membership number nobody has; draw again on the rare one that somebody has."""
    for _draw in range(_DRAWS):
        number = numbers.draw()
        try:
            with transaction.atomic():
                Person.objects.filter(pk=person.pk, number=None).update(number=number)
        except IntegrityError:
            continue
        person.refresh_from_db(fields=["number"])
        return
    raise RuntimeError(f"{_DRAWS} membership numbers drawn, and all of them taken.")
