"""Ceasing to be a member of the Party (B1)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assemblies import services
from assemblies.models import Membership
from record.models import Entry
from tests.moments import NOON, SECOND

pytestmark = pytest.mark.django_db


def test_ends_every_membership_with_it(noon, media, ben, gwen):
    services.end_membership(person=ben, by=gwen)
    assert not ben.memberships.filter(until=None).exists()
    assert [media.has_at(ben, at) for at in (NOON - SECOND, NOON)] == [True, False]


def test_members_end_their_own(noon, dan):
    services.end_membership(person=dan, by=dan)
    assert not dan.is_member_at(NOON)


def test_nobody_else_but_the_general_secretary_ends_it(noon, dan, ada):
    with pytest.raises(PermissionDenied):
        services.end_membership(person=dan, by=ada)
    assert dan.is_member_at(NOON)


@pytest.mark.parametrize("who", ["eve", "dan"])
def test_refuses_who_is_no_member(noon, request, dan, eve, gwen, who):
    if who == "dan":
        services.end_membership(person=dan, by=gwen)
    with pytest.raises(ValidationError, match="not a member"):
        services.end_membership(person=request.getfixturevalue(who), by=gwen)


def test_each_ended_membership_is_on_the_record(noon, media, ben, gwen):
    services.end_membership(person=ben, by=gwen)
    acts = Entry.objects.values_list("act", "assembly")
    assert set(acts) == {("person.lapse", "party"), ("assembly.lapse", "media")}


def test_readmission_does_not_bring_groups_back(noon, media, ben, gwen):
    services.end_membership(person=ben, by=gwen)
    services.admit_person(person=ben, by=gwen, at=NOON + SECOND)
    assert not media.has_at(ben, NOON + SECOND)
    assert Membership.objects.filter(person=ben).count() == 3
