"""Who is in an assembly at a moment (B1-B4, B7)."""

import re

import pytest
from django.db import connection

from assemblies.models import Assembly, Kind, Membership, Person
from tests.factories import AffiliationFactory, AssemblyFactory, MembershipFactory, PersonFactory
from tests.moments import DAY, NOON, SECOND, T0

pytestmark = pytest.mark.django_db


def names(assembly, at=NOON):
    return sorted(assembly.people_at(at).values_list("name", flat=True))


def test_the_party_holds_its_members(party, dan, eve):
    assert names(party) == ["Dan"]


@pytest.mark.parametrize("kind", [Kind.WORKING_GROUP, Kind.SOCIETY_WORKING_GROUP])
def test_a_group_holds_those_who_joined(kind, dan, ben):
    group = AssemblyFactory(kind=kind)
    MembershipFactory(assembly=group, person=dan)
    assert names(group) == ["Dan"]


def test_an_inherent_group_holds_those_registered(dan, ben):
    leeds = AssemblyFactory(kind=Kind.SOCIETY_WORKING_GROUP, belonging="inherent")
    MembershipFactory(assembly=leeds, person=dan, basis=Membership.Basis.INHERENT)
    assert names(leeds) == ["Dan"]


def test_belonging_begins_and_ends_on_the_second(media, dan):
    end = NOON + DAY
    MembershipFactory(assembly=media, person=dan, since=NOON, until=end)
    moments = [NOON - SECOND, NOON, NOON + SECOND, end - SECOND, end, end + SECOND]
    assert [media.has_at(dan, at) for at in moments] == [False, True, True, True, False, False]


def test_whoever_left_the_party_is_in_nothing(party, media, ben):
    ben.memberships.filter(assembly=party).update(until=NOON)
    assert names(media, NOON - SECOND) == ["Ben"]
    assert names(media, NOON) == []


@pytest.mark.parametrize(
    ("group_kind", "committee_kind"),
    [
        (Kind.WORKING_GROUP, Kind.COMMITTEE),
        (Kind.SOCIETY_WORKING_GROUP, Kind.SOCIETY_COMMITTEE),
    ],
)
def test_a_committee_holds_everybody_of_its_groups_once(group_kind, committee_kind, dan, ben, cleo):
    committee = AssemblyFactory(kind=committee_kind)
    for member in ([dan, ben], [dan, cleo], [dan]):
        group = AssemblyFactory(kind=group_kind)
        AffiliationFactory(group=group, committee=committee)
        for person in member:
            MembershipFactory(assembly=group, person=person)
    assert names(committee) == ["Ben", "Cleo", "Dan"]


def test_a_committee_holds_nobody_directly(dan):
    committee = AssemblyFactory(kind=Kind.COMMITTEE)
    MembershipFactory(assembly=committee, person=dan)
    assert names(committee) == []


def test_a_group_brings_its_people_while_it_is_affiliated(media, ben):
    affiliation = AffiliationFactory(group=media, since=NOON, until=NOON + DAY)
    committee = affiliation.committee
    moments = [NOON - SECOND, NOON, NOON + DAY - SECOND, NOON + DAY]
    assert [committee.has_at(ben, at) for at in moments] == [False, True, True, False]


def test_assemblies_of_a_person_include_committees(party, media, ben, dan):
    committee = AffiliationFactory(group=media).committee
    assert set(Assembly.objects.of_person(ben, NOON)) == {party, media, committee}
    assert set(Assembly.objects.of_person(dan, NOON)) == {party}


def test_one_open_membership_per_assembly(media, ben):
    with pytest.raises(Exception, match=r"one_open_membership|UNIQUE"):
        MembershipFactory(assembly=media, person=ben, since=NOON)


def test_former_belonging_is_kept(media, ben):
    ben.memberships.filter(assembly=media).update(until=T0 + DAY)
    MembershipFactory(assembly=media, person=ben, since=NOON)
    assert [media.has_at(ben, at) for at in (T0, T0 + DAY, NOON)] == [True, False, True]


def test_applicants_are_those_never_admitted(dan, eve):
    assert list(Person.objects.applying()) == [eve]


def test_one_query_however_many_people(media, django_assert_num_queries):
    for _ in range(20):
        PersonFactory(belongs_to=[media])
    with django_assert_num_queries(1):
        assert len(media.people_at(NOON)) == 20


def reads_whole_table(plan):
    return re.search(
        r"SCAN (assemblies_membership|[UVW]\d)|Seq Scan on assemblies_membership", plan
    )


def test_is_answered_from_an_index(media):
    """Neither engine reads the whole table of memberships to know who is in what."""
    for _ in range(3):
        PersonFactory(belongs_to=[media])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # three rows are quicker read whole
    plan = media.memberships_at(NOON).values("person").order_by().explain()
    assert "member_by_assembly" in plan or "one_open_membership" in plan
    assert not reads_whole_table(plan)
    assert not reads_whole_table(media.people_at(NOON).explain())
    assert not reads_whole_table(Assembly.objects.of_person(PersonFactory(), NOON).explain())
