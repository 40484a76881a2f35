"""Beginning and ending terms of office (E11), and making the offices that assemblies need (E1)."""

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.dispatch import Signal
from django.utils.translation import gettext as _

from assemblies.models import Assembly, Membership, Person
from commons import clock
from record.services import enter
from secretaries import posts
from secretaries.models import Office, Term
from secretaries.signals import term_began, term_ended


@transaction.atomic
def ensure_offices(assembly: Assembly) -> int:
    """Make the offices that the assembly lacks (E1, E6, E7); return how many were made."""
    made = 0
    for needed in posts.needed_by(assembly):
        office = needed.of(assembly)
        values = {
            name: getattr(office, name) for name in ("title", "seats", "is_of_party", "is_elected")
        }
        made += Office.objects.get_or_create(assembly=assembly, post=needed.post, defaults=values)[
            1
        ]
    return made


def make_missing_offices() -> int:
    """Make the offices of assemblies that have none yet: due after a founding cut short."""
    offices = Office.objects.filter(assembly=OuterRef("pk"))
    return sum(map(ensure_offices, Assembly.objects.filter(~Exists(offices))))


@transaction.atomic
def begin_term(
    *,
    office: Office,
    person: Person,
    by: Person | None,
    began_by: str = Term.Beginning.APPOINTED,
    words: str = "",
    at: datetime | None = None,
) -> Term:
    """Put a member in a free seat of an office; powers follow at once.

    `by` is who enters it, or None for the founding and for elections. `words` say on the record
    why. Refused when every seat is held, when they hold the office already, and for whoever is
    not a member of the Party (E6).
    """
    at = clock.settle(at)
    _require_power(by, "secretaries.begin_term")
    if not person.is_member_at(at):
        refusal = _("%(person)s is not a member of the Party, so cannot hold an office.")
        raise ValidationError(refusal % {"person": person})
    term = Term(office=office, seat=_free_seat(office), person=person, since=at, began_by=began_by)
    _save_term(term)
    _enter("term.begin", term, at=at, by=by, how=str(began_by), words=words)
    return term


def resign(*, term: Term, by: Person, at: datetime | None = None) -> None:
    """Give up an office that one holds."""
    if by.pk != term.person_id:
        raise PermissionDenied(_("Only whoever holds an office can resign from it."))
    _end(term, how=Term.Ending.RESIGNED, by=by, words="", at=clock.settle(at))


def end_term(
    *,
    term: Term,
    by: Person | None,
    words: str,
    ended_by: str = Term.Ending.ENDED,
    at: datetime | None = None,
) -> None:
    """End somebody's term, with the words that stand on the record for why.

    Nobody's term is ended by whoever merely dislikes it: the words must name what it rests on.
    """
    _require_power(by, "secretaries.end_term")
    if not words.strip():
        raise ValidationError(_("Say in words why the term ends: they stand on the record."))
    _end(term, how=ended_by, by=by, words=words.strip(), at=clock.settle(at))


def end_lapsed_terms(*, at: datetime | None = None) -> int:
    """End the terms of people who are no longer members of the Party (E6); return how many.

    A due action: it finds what is to do, so running it again, or late, changes nothing more.
    """
    at = clock.settle(at)
    in_party = Membership.objects.current_at(at).filter(
        person=OuterRef("person"), assembly__kind="party"
    )
    lapsed = Term.objects.filter(~Exists(in_party), until=None, since__lte=at)
    return sum(_try_lapse(term, at) for term in lapsed.select_related("office__assembly"))


def _try_lapse(term: Term, at: datetime) -> bool:
    try:
        _end(term, how=Term.Ending.LAPSED, by=None, words="", at=at)
    except ValidationError:  # another process ended it first
        return False
    return True


@transaction.atomic
def _end(term: Term, *, how: str, by: Person | None, words: str, at: datetime) -> None:
    current = Term.objects.filter(pk=term.pk, until=None)
    if current.update(until=at, ended_by=how) != 1:
        raise ValidationError(_("This term has ended already."))
    term.refresh_from_db(fields=["until", "ended_by"])
    _enter("term.end", term, at=at, by=by, how=str(how), words=words)


def _require_power(by: Person | None, power: str) -> None:
    if by is not None and not by.has_perm(power):
        raise PermissionDenied(_("Only the General Secretary enters terms of office."))


def _free_seat(office: Office) -> int:
    """Return the lowest seat nobody holds."""
    held = set(office.terms.filter(until=None).values_list("seat", flat=True))
    for seat in range(1, office.seats + 1):
        if seat not in held:
            return seat
    raise ValidationError(
        _("No seat is free: %(office)s is held. End a term first.") % {"office": office}
    )


def _save_term(term: Term) -> None:
    """Save a new term; the constraints decide when two processes fill a seat at once."""
    term.full_clean()
    try:
        with transaction.atomic():
            term.save()
    except IntegrityError as error:
        words = _("Somebody else was put in this post a moment ago.")
        raise ValidationError(words) from error


def _enter(act: str, term: Term, *, at: datetime, by: Person | None, how: str, words: str) -> None:
    """Write the act on the record and tell the rooms above; the holder's name stays out of it."""
    office = term.office
    enter(
        act,
        subject=f"term:{term.pk}",
        at=at,
        by=by.pk if by else None,
        assembly=office.assembly.slug,
        office=office.title,
        how=how,
        **({"words": words} if words else {}),
    )
    news: Signal = term_began if act == "term.begin" else term_ended
    transaction.on_commit(partial(news.send_robust, sender=Term, term=term, at=at), robust=True)
