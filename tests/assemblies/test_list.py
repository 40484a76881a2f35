"""The list of assemblies."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from assemblies.counts import people_counts
from assemblies.models import Assembly, Kind
from assemblies.tree import SHOWN_GROUPS
from tests.factories import AffiliationFactory, AssemblyFactory, MembershipFactory, PersonFactory
from tests.moments import DAY, NOON, T0

pytestmark = pytest.mark.django_db

URL = "/assemblies/"


def page(client, query=""):
    answer = client.get(URL + query)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def test_is_open_to_the_world(client, media):
    assert reverse("assemblies") == URL
    assert "Media Working Group" in page(client)


def test_says_so_where_there_is_no_party(client):
    assert "no Party yet" in page(client)


def test_nests_groups_under_each_of_their_committees(client, media):
    AffiliationFactory(group=media, committee__name="Committee A")
    AffiliationFactory(group=media, committee__name="Committee B")
    shown = page(client)
    assert shown.count(f'href="{media.get_absolute_url()}"') == 2


@pytest.mark.parametrize("words", ["media", "press relations", "Newsroom"])
def test_finds_by_name_remit_and_other_name(client, media, words):
    AssemblyFactory(name="Research Working Group")
    Assembly.objects.filter(pk=media.pk).update(aliases="The Newsroom")
    shown = page(client, f"?words={words}")
    assert "Media Working Group" in shown
    assert "Research Working Group" not in shown


def test_filters_by_kind_and_committee(client, media):
    committee = AffiliationFactory(group=media, committee__name="Committee A").committee
    AssemblyFactory(name="Research Working Group")
    assert "Research" not in page(client, f"?within={committee.slug}")
    assert "Media" not in page(client, "?kind=party")


@pytest.mark.parametrize("query", ["?kind=nonsense", "?within=nowhere", "?words=", "?page=x"])
def test_nonsense_filters_nothing(client, media, query):
    assert "Media Working Group" in page(client, query)


def test_says_that_nothing_matches(client, media):
    assert "No assembly matches" in page(client, "?words=zebra")


def test_assemblies_wound_up_are_gone(client, party):
    AssemblyFactory(name="Old Group", wound_up_at=T0 + DAY)
    assert "Old Group" not in page(client)


def test_a_committee_of_many_groups_links_to_all(client, party):
    committee = AssemblyFactory(name="Societies", kind=Kind.SOCIETY_COMMITTEE)
    for _ in range(60):
        group = AssemblyFactory(kind=Kind.SOCIETY_WORKING_GROUP)
        AffiliationFactory(group=group, committee=committee)
    answer = client.get(URL)
    node = next(n for n in answer.context["tree"].committees if n.assembly == committee)
    assert len(node.shown_groups) == SHOWN_GROUPS
    assert "All 60 groups" in answer.content.decode()
    assert "Page 1 of 2" in page(client, "?within=societies")
    assert "Page 2 of 2" in page(client, "?within=societies&page=2")


@pytest.mark.parametrize("query", ["", "?words=group"])
def test_takes_as_many_queries_for_20_as_for_2(client, party, query, django_assert_max_num_queries):
    for size in (2, 20):
        for _ in range(size):
            AffiliationFactory(group=AssemblyFactory())
        with django_assert_max_num_queries(8):
            page(client, query)


def test_counts_agree_with_people_at(party, media, ben, cleo, dan, eve):
    research = AssemblyFactory()
    committee = AffiliationFactory(group=media).committee
    AffiliationFactory(group=research, committee=committee)
    ended = AffiliationFactory(group=research, until=T0 + DAY).committee
    MembershipFactory(person=ben, assembly=research)
    MembershipFactory(person=dan, assembly=research, until=T0 + DAY)
    MembershipFactory(person=eve, assembly=research)
    lapsed = PersonFactory(belongs_to=[media, research])
    lapsed.memberships.filter(assembly=party).update(until=NOON)
    for at in (T0, NOON, NOON - DAY):
        counts = people_counts(at)
        for assembly in (party, media, research, committee, ended):
            assert counts.get(assembly.pk, 0) == assembly.people_at(at).count(), (assembly, at)
