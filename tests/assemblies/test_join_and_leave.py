"""Joining and leaving (B3), in services and on the pages."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from assemblies import services
from assemblies.models import Assembly, Kind, Membership
from record.models import Entry
from tests.factories import AssemblyFactory
from tests.moments import DAY, NOON, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture
def unjoinable(party):
    return {
        "party": party,
        "committee": AssemblyFactory(kind=Kind.COMMITTEE),
        "society": AssemblyFactory(kind=Kind.SOCIETY_COMMITTEE),
        "inherent": AssemblyFactory(kind=Kind.SOCIETY_WORKING_GROUP, belonging="inherent"),
        "wound up": AssemblyFactory(wound_up_at=NOON),
    }


@pytest.mark.parametrize("kind", [Kind.WORKING_GROUP, Kind.SOCIETY_WORKING_GROUP])
def test_any_member_joins_at_that_moment(noon, dan, kind):
    group = AssemblyFactory(kind=kind)
    services.join_assembly(assembly=group, by=dan)
    assert [group.has_at(dan, at) for at in (NOON - SECOND, NOON)] == [False, True]
    assert Entry.objects.get(act="assembly.join").assembly == group.slug


def test_leaving_keeps_the_past(noon, media, ben):
    services.leave_assembly(assembly=media, by=ben)
    assert [media.has_at(ben, at) for at in (NOON - SECOND, NOON)] == [True, False]


def test_joins_again_after_leaving(noon, media, ben):
    services.leave_assembly(assembly=media, by=ben)
    services.join_assembly(assembly=media, by=ben, at=NOON + DAY)
    assert media.has_at(ben, NOON + DAY)
    assert Membership.objects.filter(person=ben, assembly=media).count() == 2


def test_refuses_who_is_no_member_of_the_party(noon, media, eve):
    with pytest.raises(PermissionDenied, match="members of the Party"):
        services.join_assembly(assembly=media, by=eve)


def test_refuses_who_is_in_it_already(noon, media, ben):
    with pytest.raises(ValidationError, match="already"):
        services.join_assembly(assembly=media, by=ben)


def test_refuses_to_leave_what_one_is_not_in(noon, media, dan):
    with pytest.raises(ValidationError, match="not in this assembly"):
        services.leave_assembly(assembly=media, by=dan)


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("party", "by being a member"),
        ("committee", "through its groups"),
        ("society", "through its groups"),
        ("inherent", "where you are registered"),
        ("wound up", "wound up"),
    ],
)
def test_refuses_in_words_what_cannot_be_joined(noon, dan, unjoinable, which, words):
    with pytest.raises(ValidationError, match=words):
        services.join_assembly(assembly=unjoinable[which], by=dan)


@pytest.mark.parametrize("which", ["party", "committee", "inherent"])
def test_refuses_to_leave_what_is_not_left(noon, dan, unjoinable, which):
    with pytest.raises(ValidationError):
        services.leave_assembly(assembly=unjoinable[which], by=dan)
    assert dan.is_member_at(NOON)


def test_the_page_asks_then_joins(media, dan, signed_in):
    client, url = signed_in(dan), reverse("join_assembly", args=[media.slug])
    assert "Join the Media Working Group" in client.get(url).content.decode()
    answer = client.post(url)
    assert (answer.status_code, answer.url) == (HTTPStatus.SEE_OTHER, media.get_absolute_url())
    assert dan.memberships.filter(assembly=media, until=None).exists()


def test_the_page_asks_then_leaves(media, ben, signed_in):
    client, url = signed_in(ben), reverse("leave_assembly", args=[media.slug])
    assert "Leave the Media Working Group" in client.get(url).content.decode()
    assert client.post(url).status_code == HTTPStatus.SEE_OTHER
    assert not ben.memberships.filter(assembly=media, until=None).exists()


def test_the_page_says_why_not(party, dan, signed_in):
    answer = signed_in(dan).post(reverse("join_assembly", args=[party.slug]))
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "by being a member" in page
    assert "<title>Error:" in page


@pytest.mark.parametrize("name", ["join_assembly", "leave_assembly"])
def test_who_may_not_is_refused(name, media, eve, client, signed_in):
    url = reverse(name, args=[media.slug])
    assert client.post(url).url.startswith(reverse("account_login"))
    assert signed_in(eve).post(url).status_code == HTTPStatus.FORBIDDEN
    assert signed_in(eve).post(reverse(name, args=["none"])).status_code == HTTPStatus.NOT_FOUND
    assert Assembly.objects.get(slug="media").memberships.count() == 0
