"""Beginning and ending terms of office (E6, E11)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from assemblies.services import end_membership
from record.models import Entry
from secretaries import services
from secretaries.models import Office, Term
from secretaries.organisers import general_secretary_at
from secretaries.signals import term_began, term_ended
from tests.factories import OfficeFactory, PersonFactory, TermFactory
from tests.moments import DAY, NOON, SECOND, T0

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(media):
    return OfficeFactory(assembly=media, title="Secretary of the Media Working Group")


def current(office, at=NOON):
    return {term.person.name for term in Term.objects.current_at(at).filter(office=office)}


def test_a_term_begins_at_that_moment(noon, office, dan, gwen):
    services.begin_term(office=office, person=dan, by=gwen, words="Elected on paper.")
    assert [current(office, at) for at in (NOON - SECOND, NOON)] == [set(), {"Dan"}]


def test_beginning_is_on_the_record_without_the_name(noon, office, dan, gwen):
    term = services.begin_term(office=office, person=dan, by=gwen, words="Elected on paper.")
    entry = Entry.objects.get()
    assert (entry.act, entry.subject, entry.assembly) == ("term.begin", f"term:{term.pk}", "media")
    assert entry.facts == {
        "office": "Secretary of the Media Working Group",
        "how": "appointed",
        "words": "Elected on paper.",
    }
    assert entry.is_by(gwen.pk)


def test_refuses_who_is_no_member(noon, office, eve, gwen):
    with pytest.raises(ValidationError, match="Eve is not a member"):
        services.begin_term(office=office, person=eve, by=gwen, words="Because.")


def test_refuses_a_held_seat(noon, office, dan, ada, gwen):
    with pytest.raises(ValidationError, match="No seat is free"):
        services.begin_term(office=office, person=dan, by=gwen)
    assert current(office) == {"Ada"}


def test_fills_the_seats_of_an_office_in_order(noon, media, dan, ben, cleo, gwen):
    office = OfficeFactory(assembly=media, post=Office.Post.RESOLUTION, seats=2)
    terms = [services.begin_term(office=office, person=p, by=gwen) for p in (dan, ben)]
    assert [term.seat for term in terms] == [1, 2]
    services.end_term(term=terms[0], by=gwen, words="Because.")
    assert services.begin_term(office=office, person=cleo, by=gwen).seat == 1


def test_nobody_holds_two_seats_of_one_office(noon, media, dan, gwen):
    office = OfficeFactory(assembly=media, post=Office.Post.RESOLUTION, seats=3)
    services.begin_term(office=office, person=dan, by=gwen)
    with pytest.raises(ValidationError, match="holds this office already"):
        services.begin_term(office=office, person=dan, by=gwen)


@pytest.mark.parametrize("who", ["ada", "dan"])
def test_only_the_general_secretary_enters_terms(noon, request, media, ben, who):
    by = request.getfixturevalue(who)
    office = OfficeFactory(assembly=media, post=Office.Post.DEPUTY)
    with pytest.raises(PermissionDenied):
        services.begin_term(office=office, person=ben, by=by)
    with pytest.raises(PermissionDenied):
        services.end_term(term=TermFactory(person=ben), by=by, words="Because.")


def test_resigning_ends_the_term(noon, ada, media):
    term = Term.objects.get(person=ada)
    services.resign(term=term, by=ada)
    assert (term.until, term.ended_by) == (NOON, Term.Ending.RESIGNED)
    assert Entry.objects.get().facts["how"] == "resigned"


def test_nobody_resigns_for_another(noon, ada, gwen):
    with pytest.raises(PermissionDenied):
        services.resign(term=Term.objects.get(person=ada), by=gwen)


def test_ending_needs_words(noon, ada, gwen):
    with pytest.raises(ValidationError, match="in words"):
        services.end_term(term=Term.objects.get(person=ada), by=gwen, words="  ")


def test_a_term_ends_once(noon, ada):
    term = Term.objects.get(person=ada)
    services.resign(term=term, by=ada)
    with pytest.raises(ValidationError, match="ended already"):
        services.resign(term=term, by=ada, at=NOON + DAY)
    assert Term.objects.get(person=ada).until == NOON


def test_powers_end_with_the_term(noon, gwen):
    assert gwen.is_staff
    services.resign(term=Term.objects.get(person=gwen), by=gwen)
    assert not gwen.is_staff


def test_powers_last_to_the_last_second(gwen):
    Term.objects.filter(person=gwen).update(until=NOON)
    assert general_secretary_at(NOON - SECOND) == gwen
    assert general_secretary_at(NOON) is None


def test_lapsed_terms_end_by_the_clock(noon, party, ada, gwen):
    ada.memberships.filter(assembly=party).update(until=NOON)
    assert services.end_lapsed_terms() == 1
    assert services.end_lapsed_terms() == 0
    assert Term.objects.get(person=ada).ended_by == Term.Ending.LAPSED
    assert Term.objects.get(person=gwen).until is None
    entry = Entry.objects.get()
    assert (entry.facts["how"], entry.actor) == ("lapsed", None)


@pytest.mark.django_db(transaction=True)
def test_lapsing_ends_the_term_at_once(noon, ada, gwen):
    end_membership(person=ada, by=gwen)
    assert Term.objects.get(person=ada).until == NOON


@pytest.mark.django_db(transaction=True)
def test_tells_the_rooms_above(noon, office, dan, gwen):
    heard = []
    began = lambda term, at, **_: heard.append(("began", term.person, at))  # noqa: E731
    ended = lambda term, at, **_: heard.append(("ended", term.person, at))  # noqa: E731
    term_began.connect(began)
    term_ended.connect(ended)
    term = services.begin_term(office=office, person=dan, by=gwen)
    services.resign(term=term, by=dan)
    assert heard == [("began", dan, NOON), ("ended", dan, NOON)]


@pytest.mark.parametrize(
    "change",
    [{"seat": 1}, {"seat": 2, "person": None}, {"seat": 3, "until": T0 - DAY}],
    ids=["one current term per seat", "one seat of an office each", "begins before it ends"],
)
def test_the_database_keeps_what_must_never_break(office, ada, change):
    change = {"person": PersonFactory(), **change}
    person = change.pop("person") or ada
    with pytest.raises(IntegrityError), transaction.atomic():
        TermFactory(office=office, person=person, **change)
