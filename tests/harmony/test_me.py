"""The page about oneself."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from assemblies.models import Kind, Membership
from harmony.views.me import belongings_of
from tests.factories import AffiliationFactory, AssemblyFactory, MembershipFactory
from tests.moments import NOON

pytestmark = pytest.mark.django_db


def page(client):
    answer = client.get(reverse("me"))
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def test_asks_strangers_to_sign_in(client, party):
    assert client.get(reverse("me")).url.startswith(reverse("account_login"))


def test_shows_number_since_assemblies_and_offices(signed_in, ada, media):
    shown = page(signed_in(ada))
    assert f"Member {ada.shown_number} of the Party since 5 January 2026" in shown
    assert "Media Working Group" in shown
    assert "secretary of Media Working Group" in shown


def test_links_to_everything_about_signing_in(signed_in, dan):
    shown = page(signed_in(dan))
    for name in ("account_email", "account_change_password", "mfa_index", "account_logout"):
        assert reverse(name) in shown


def test_tells_an_applicant_to_wait(signed_in, eve):
    shown = page(signed_in(eve))
    assert "admit you" in shown
    assert "Member " not in shown


def test_says_how_one_belongs(party, media, ben):
    committee = AffiliationFactory(group=media).committee
    leeds = AssemblyFactory(kind=Kind.SOCIETY_WORKING_GROUP, belonging="inherent")
    MembershipFactory(person=ben, assembly=leeds, basis=Membership.Basis.INHERENT)
    found = {
        b.assembly: (b.membership and b.membership.basis, b.through)
        for b in belongings_of(ben, NOON)
    }
    assert found == {
        party: ("joined", ()),
        committee: (None, (media,)),
        leeds: ("inherent", ()),
        media: ("joined", ()),
    }
    assert next(iter(found)) == party
