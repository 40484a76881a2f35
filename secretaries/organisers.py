"""Who organises an assembly, and who holds or acts in an office, at a moment (E1, E6, E8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from assemblies.models import Assembly, Membership, Person
from commons.reading import asked_once
from secretaries import posts
from secretaries.models import Office, Term


@dataclass(frozen=True)
class Organiser:
    """Somebody who organises an assembly; `is_acting` while the post is vacant (E8)."""

    person: Person
    title: str
    is_acting: bool = False


@dataclass(frozen=True)
class OfficeHeld:
    """An office with its holders, in the order of their seats, and who acts in it, if anybody."""

    office: Office
    holders: tuple[Person, ...]
    acting: Person | None

    @property
    def is_vacant(self) -> bool:
        return not self.holders


def terms_in_post(at: datetime) -> QuerySet[Term]:
    """Return the terms current at that moment whose holders are members of the Party (E6)."""
    in_party = Membership.objects.current_at(at).filter(
        person=OuterRef("person"), assembly__kind="party"
    )
    current = Term.objects.current_at(at).filter(Exists(in_party))
    return current.select_related("office", "person").order_by("office__pk", "seat")


@asked_once
def general_secretary_at(at: datetime) -> Person | None:
    """Return the General Secretary, or None while that post is vacant."""
    term = terms_in_post(at).filter(posts.IS_GENERAL_SECRETARYS).first()
    return term.person if term else None


@asked_once
def offices_of(assembly: Assembly, at: datetime) -> list[OfficeHeld]:
    """Return the assembly's offices, the Secretary's first, with holders and who acts in each."""
    terms = list(terms_in_post(at).filter(office__assembly=assembly))
    offices = _offices(assembly)
    acting = [_needs_acting(assembly, office, terms) for office in offices]
    general = general_secretary_at(at) if any(acting) else None
    return [
        OfficeHeld(office, _holders(office, terms), general if is_acting else None)
        for office, is_acting in zip(offices, acting, strict=True)
    ]


def organisers_at(assembly: Assembly, at: datetime) -> tuple[Organiser, ...]:
    """Return who organises the assembly: Secretary, Deputies, and whoever acts.

    The General Secretary acts while a Party Secretary's post is vacant, and in any other assembly
    that has neither Secretary nor Deputy (E8). Empty only while there is no General Secretary.
    """
    found: list[Organiser] = []
    for held in offices_of(assembly, at):
        if held.office.post not in posts.ORGANISING:
            continue
        found += [Organiser(person, held.office.title) for person in held.holders]
        if held.acting:
            found.append(Organiser(held.acting, held.office.title, is_acting=True))
    return tuple(found)


def organises(person: Any, assembly: Assembly, at: datetime) -> bool:
    """Return whether the person is Secretary or Deputy there, or acts, at that moment."""
    return any(organiser.person.pk == person.pk for organiser in organisers_at(assembly, at))


def organised_by(person: Any, at: datetime) -> QuerySet[Assembly]:
    """Return the assemblies the person organises at that moment, acting ones included (E8)."""
    organising = terms_in_post(at).filter(office__post__in=posts.ORGANISING)
    by_office = Q(pk__in=organising.filter(person=person).values("office__assembly"))
    general = general_secretary_at(at)
    if general is None or general.pk != person.pk:
        return Assembly.objects.filter(by_office)
    organised = organising.filter(office__assembly=OuterRef("pk"))
    held = organising.filter(office=OuterRef("pk"))
    vacant = Office.objects.filter(
        ~Exists(held), is_of_party=True, post=Office.Post.SECRETARY
    ).values("assembly")
    return Assembly.objects.filter(by_office | ~Exists(organised) | Q(pk__in=vacant))


def secretary_at(assembly: Assembly, at: datetime) -> Organiser | None:
    """Return the Secretary in post, else the General Secretary where acting, else None."""
    held = offices_of(assembly, at)[0]
    for person in held.holders:
        return Organiser(person, held.office.title)
    return Organiser(held.acting, held.office.title, is_acting=True) if held.acting else None


def _offices(assembly: Assembly) -> list[Office]:
    """Return the assembly's offices, those too that it needs and that are not made yet."""
    made = {office.post: office for office in Office.objects.filter(assembly=assembly)}
    for needed in posts.needed_by(assembly):
        made.setdefault(needed.post, needed.of(assembly))
    return sorted(made.values(), key=lambda office: posts.ORDER.index(office.post))


def _holders(office: Office, terms: list[Term]) -> tuple[Person, ...]:
    return tuple(term.person for term in terms if term.office_id == office.pk)


def _needs_acting(assembly: Assembly, office: Office, terms: list[Term]) -> bool:
    """Whether the General Secretary acts in this office: the two cases of E8."""
    if _holders(office, terms) or (assembly.is_party and office.post == Office.Post.SECRETARY):
        return False
    if office.is_of_party:
        return True
    nobody_organises = not any(term.office.post in posts.ORGANISING for term in terms)
    return office.post == Office.Post.SECRETARY and nobody_organises
