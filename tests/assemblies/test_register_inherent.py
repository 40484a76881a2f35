"""Belonging where one is registered (B4)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assemblies import services
from assemblies.models import Kind
from tests.factories import AssemblyFactory
from tests.moments import DAY, NOON, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture
def leeds(party):
    return AssemblyFactory(
        name="Leeds Society", kind=Kind.SOCIETY_WORKING_GROUP, belonging="inherent"
    )


@pytest.fixture
def york(party):
    return AssemblyFactory(
        name="York Society", kind=Kind.SOCIETY_WORKING_GROUP, belonging="inherent"
    )


def test_belongs_from_that_moment(noon, dan, leeds, gwen):
    services.register_inherent(person=dan, assembly=leeds, by=gwen)
    assert [leeds.has_at(dan, at) for at in (NOON - SECOND, NOON)] == [False, True]


def test_moving_ends_the_earlier_place_and_nothing_else(noon, ben, media, leeds, york, gwen):
    services.register_inherent(person=ben, assembly=leeds, by=gwen)
    services.register_inherent(person=ben, assembly=york, by=gwen, at=NOON + DAY)
    belongs = [place.has_at(ben, NOON + DAY) for place in (leeds, york, media)]
    assert belongs == [False, True, True]
    assert leeds.has_at(ben, NOON + DAY - SECOND)


def test_refuses_where_one_joins(noon, dan, media, gwen):
    with pytest.raises(ValidationError, match="Nobody belongs"):
        services.register_inherent(person=dan, assembly=media, by=gwen)


def test_refuses_who_is_no_member(noon, eve, leeds, gwen):
    with pytest.raises(ValidationError, match="not a member"):
        services.register_inherent(person=eve, assembly=leeds, by=gwen)


def test_nobody_registers_themselves(noon, dan, leeds):
    with pytest.raises(PermissionDenied):
        services.register_inherent(person=dan, assembly=leeds, by=dan)
