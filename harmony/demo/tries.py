"""Whom to be first in the demo, and what each of them finds to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assemblies.models import Assembly, Membership, Person
from consensus.models import Matter
from harmony.demo.people import DOMAIN
from secretaries.models import Term
from secretaries.organisers import organised_by, terms_in_post
from voting.models import Vote
from voting.services import voted_in

FIRST = ("gwen", "adaeze", "callum", "siobhan", "rhys", "farah", "molly")


@dataclass(frozen=True)
class Try:
    """Somebody one can be; `words` say what they can do, a sentence each."""

    person: Person
    words: str

    @property
    def first_name(self) -> str:
        return self.person.name.partition(" ")[0]


def first_tries(at: datetime) -> list[Try]:
    """Return the few to begin with, each with what stands for them to do at that moment."""
    addresses = [f"{key}@{DOMAIN}" for key in FIRST]
    people = Person.objects.filter(is_active=True, email__in=addresses)
    in_order = sorted(people, key=lambda person: addresses.index(person.email))
    return [Try(person, " ".join(_words_about(person, at))) for person in in_order]


def everybody(at: datetime, words: str = "", assembly: str = "") -> list[Try]:
    """Return everybody whose name contains `words`, of one assembly if given, by name."""
    people = Person.objects.filter(is_active=True)
    chosen = Assembly.objects.filter(slug=assembly).first()
    if chosen:
        people = people.filter(pk__in=chosen.people_at(at).values("pk"))
    members = set(Person.objects.in_party_at(at).values_list("pk", flat=True))
    offices: dict[object, list[str]] = {}
    for term in terms_in_post(at):
        offices.setdefault(term.person_id, []).append(term.office.title)
    return [
        Try(person, ", ".join(offices.get(person.pk, [])) or _outside(person, members))
        for person in people.filter(name__icontains=words).order_by("name")
    ]


def _outside(person: Person, members: set[object]) -> str:
    if person.pk in members:
        return ""
    return _("has left the Party") if person.number else _("has signed up, not admitted yet")


def _words_about(person: Person, at: datetime) -> Iterator[str]:
    if not person.is_member_at(at):
        yield _(
            "Has signed up, and sees what a visitor sees until the General Secretary admits them."
        )
        return
    terms = list(terms_in_post(at).filter(person=person))
    yield from (f"{term.office.title}." for term in terms)
    if not terms:
        yield _joined(person, at)
    if any(_is_general(term) for term in terms):
        yield _("Admits people, and acts where a post is vacant.")
    yield from _owing(person, at)
    yield from _voting(person, at)


def _joined(person: Person, at: datetime) -> str:
    joined = person.memberships.current_at(at).filter(basis=Membership.Basis.JOINED)
    groups = joined.exclude(assembly__kind="party").order_by("assembly__name")
    names = list(groups.values_list("assembly__name", flat=True))
    if not names:
        return _("In no group yet.")
    return _("In the %(assemblies)s.") % {"assemblies": get_text_list(names, _("and"))}


def _is_general(term: Term) -> bool:
    return term.office.assembly.is_party and term.office.post == "secretary"


def _owing(person: Person, at: datetime) -> Iterator[str]:
    owed = Matter.objects.owing_debate().filter(assembly__in=organised_by(person, at)).count()
    if owed:
        words = ngettext(
            "Can call debate and vote on a matter that is divided.",
            "Can call debate and vote on %(n)s matters that are divided.",
            owed,
        )
        yield words % {"n": owed}


def _voting(person: Person, at: datetime) -> Iterator[str]:
    """Say how many ballots are still to cast, and which votes opened before they joined."""
    mine = Assembly.objects.of_person(person, at)
    on_roll = list(Vote.objects.open_at(at).with_elector(person.pk))
    voted = voted_in(votes=on_roll, person=person)
    waiting = sum(vote.pk not in voted for vote in on_roll)
    if waiting:
        words = ngettext("Has a ballot to cast.", "Has %(n)s ballots to cast.", waiting)
        yield words % {"n": waiting}
    missed = (
        Vote.objects.open_at(at)
        .filter(assembly__in=mine)
        .exclude(pk__in=[vote.pk for vote in on_roll])
    )
    for vote in missed:
        words = _("No ballot on “%(question)s”: joined after that vote had opened.")
        yield words % {"question": vote.question}
