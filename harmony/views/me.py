"""Who I am here: profile, assemblies and how I belong, offices, sign-in."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assemblies.models import Affiliation, Assembly, Kind, Membership, Person
from commons import clock
from secretaries.organisers import terms_in_post


@dataclass(frozen=True)
class Belonging:
    """One assembly I am in: by an own membership, or through groups for a committee (B2)."""

    assembly: Assembly
    membership: Membership | None
    through: tuple[Assembly, ...]


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    person = cast(Person, request.user)  # the middleware asks everybody to sign in
    at = clock.now()
    party = person.memberships.current_at(at).filter(assembly__kind=Kind.PARTY).first()
    belongings = belongings_of(person, at) if party else []
    context = {
        "is_member": party is not None,
        "member_since": party.since if party else None,
        "belongings": belongings,
        "terms": terms_in_post(at).filter(person=person).select_related("office__assembly"),
    }
    return render(request, "harmony/me.html", context)


def belongings_of(person: Person, at: datetime) -> list[Belonging]:
    """Return the assemblies the person is in, the Party first, and how they belong to each."""
    own = {
        membership.assembly_id: membership
        for membership in person.memberships.current_at(at).select_related("assembly")
    }
    through: dict[int, list[Assembly]] = {}
    affiliations = Affiliation.objects.current_at(at).filter(group__in=own)
    for affiliation in affiliations.select_related("group").order_by("group__name"):
        through.setdefault(affiliation.committee_id, []).append(affiliation.group)
    found = Assembly.objects.standing_at(at).filter(pk__in={*own, *through}).order_by("name")
    belongings = [
        Belonging(assembly, own.get(assembly.pk), tuple(through.get(assembly.pk, ())))
        for assembly in found
    ]
    return sorted(belongings, key=lambda belonging: -belonging.assembly.rank)
