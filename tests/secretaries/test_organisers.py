"""Who organises an assembly, and who acts (E1, E6, E8)."""

import pytest

from assemblies.models import Assembly, Kind
from secretaries import posts, services
from secretaries.models import Office, Term
from secretaries.organisers import (
    general_secretary_at,
    offices_of,
    organised_by,
    organisers_at,
    organises,
    secretary_at,
)
from tests.factories import AssemblyFactory, OfficeFactory, TermFactory
from tests.moments import NOON, SECOND

pytestmark = pytest.mark.django_db

Post = Office.Post


def who(assembly, at=NOON):
    return [(o.person.name, o.is_acting) for o in organisers_at(assembly, at)]


@pytest.fixture
def operational(party):
    made = AssemblyFactory(name="Operational Working Group")
    services.ensure_offices(made)
    return made


def test_the_secretary_and_deputies_organise(media, ada, ben, gwen):
    TermFactory(assembly=media, post=Post.DEPUTY, person=ben)
    assert who(media) == [("Ada", False), ("Ben", False)]
    assert [organises(person, media, NOON) for person in (ada, ben, gwen)] == [True, True, False]


def test_a_deputy_alone_organises(media, ben, gwen):
    TermFactory(assembly=media, post=Post.DEPUTY, person=ben)
    assert who(media) == [("Ben", False)]
    assert secretary_at(media, NOON) is None


def test_the_general_secretary_acts_where_nobody_is_in_post(media, gwen):
    assert who(media) == [("Gwen", True)]
    acting = secretary_at(media, NOON)
    assert (acting.person, acting.is_acting) == (gwen, True)
    assert acting.title == "Secretary of the Media Working Group"


def test_acting_ends_by_itself_when_the_post_is_filled(media, ben, gwen):
    TermFactory(assembly=media, person=ben, since=NOON)
    assert who(media, NOON - SECOND) == [("Gwen", True)]
    assert who(media, NOON) == [("Ben", False)]


def test_the_general_secretary_acts_in_a_party_secretarys_post_beside_deputies(
    operational, ben, gwen
):
    TermFactory(assembly=operational, post=Post.DEPUTY, person=ben)
    assert who(operational) == [("Gwen", True), ("Ben", False)]


def test_nobody_organises_without_a_general_secretary(media, party):
    assert who(media) == who(party) == []
    assert secretary_at(media, NOON) is None
    assert general_secretary_at(NOON) is None


def test_the_general_secretary_is_the_partys_own_secretary(party, gwen):
    services.ensure_offices(party)
    assert who(party) == [("Gwen", False)]


def test_who_left_the_party_organises_no_more(party, media, ada, gwen):
    ada.memberships.filter(assembly=party).update(until=NOON)
    assert who(media, NOON - SECOND) == [("Ada", False)]
    assert who(media, NOON) == [("Gwen", True)]


def test_a_general_secretary_who_left_the_party_is_none(party, gwen):
    gwen.memberships.filter(assembly=party).update(until=NOON)
    assert general_secretary_at(NOON) is None


def test_offices_say_who_holds_and_who_acts(party, gwen, dan):
    services.ensure_offices(party)
    held = {h.office.title: (h.holders, h.acting) for h in offices_of(party, NOON)}
    assert held["Treasurer"] == ((), gwen)
    assert held["Deputy General Secretary"] == ((), None)
    TermFactory(office=Office.objects.get(title="Treasurer"), person=dan)
    assert {h.office.title: h.acting for h in offices_of(party, NOON)}["Treasurer"] is None


def test_nobody_acts_as_a_secretary_of_resolution(party, gwen):
    made = AssemblyFactory(
        name="Committee for Resolutions", slug=posts.RESOLUTIONS, kind=Kind.COMMITTEE
    )
    services.ensure_offices(made)
    held = {h.office.post: h for h in offices_of(made, NOON)}
    assert held[Post.RESOLUTION].is_vacant
    assert held[Post.RESOLUTION].acting is None
    assert held[Post.SECRETARY].acting == gwen


def test_holders_stand_in_the_order_of_their_seats(media, ben, dan):
    office = OfficeFactory(assembly=media, post=Post.DEPUTY, seats=2)
    TermFactory(office=office, person=dan, seat=2)
    TermFactory(office=office, person=ben, seat=1)
    held = next(h for h in offices_of(media, NOON) if h.office == office)
    assert held.holders == (ben, dan)


@pytest.mark.parametrize("name", ["gwen", "ada", "ben", "dan"])
def test_what_a_person_organises_agrees_with_who_organises_it(
    request, party, media, operational, ada, ben, gwen, dan, name
):
    person = request.getfixturevalue(name)
    TermFactory(assembly=operational, post=Post.DEPUTY, person=ben)
    AssemblyFactory(name="Quiet Group")
    expected = {a for a in Assembly.objects.all() if organises(person, a, NOON)}
    assert set(organised_by(person, NOON)) == expected


def test_missing_offices_are_made_once(media, party):
    assert services.make_missing_offices() == 5
    assert services.make_missing_offices() == 0


def test_ensuring_offices_leaves_those_there_are(media, ada):
    before = Office.objects.get(assembly=media).title
    assert services.ensure_offices(media) == 1
    assert Office.objects.get(assembly=media, post=Post.SECRETARY).title == before
    assert Term.objects.get(person=ada).until is None


def test_takes_few_queries(media, ada, gwen, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        organisers_at(media, NOON)
