"""Becoming a member of the Party."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assemblies import numbers, services
from assemblies.models import Person
from assemblies.signals import person_admitted
from record.models import Entry
from tests.moments import DAY, NOON, SECOND

pytestmark = pytest.mark.django_db


def test_membership_begins_at_that_moment(noon, eve, gwen):
    services.admit_person(person=eve, by=gwen)
    assert [eve.is_member_at(at) for at in (NOON - SECOND, NOON)] == [False, True]


def test_a_number_with_a_check_digit_is_given(noon, eve, gwen):
    services.admit_person(person=eve, by=gwen)
    assert numbers.clean(eve.number) == Person.objects.get(pk=eve.pk).number


def test_draws_again_when_the_number_is_taken(noon, eve, gwen, dan, monkeypatch):
    drawn = iter([dan.number, gwen.number, "12345674"])
    monkeypatch.setattr(numbers, "draw", lambda: next(drawn))
    services.admit_person(person=eve, by=gwen)
    assert eve.number == "12345674"


def test_a_former_member_keeps_the_number(noon, dan, gwen):
    number = dan.number
    services.end_membership(person=dan, by=gwen)
    services.admit_person(person=dan, by=gwen, at=NOON + DAY)
    assert dan.number == number
    assert dan.is_member_at(NOON + DAY)


def test_refuses_a_member(noon, dan, gwen):
    with pytest.raises(ValidationError, match="already"):
        services.admit_person(person=dan, by=gwen)


def test_only_the_general_secretary_admits(noon, eve, ada):
    with pytest.raises(PermissionDenied, match="General Secretary"):
        services.admit_person(person=eve, by=ada)
    eve.refresh_from_db()
    assert eve.number is None


def test_is_on_the_record_without_the_name(noon, eve, gwen):
    membership = services.admit_person(person=eve, by=gwen)
    entry = Entry.objects.get()
    assert (entry.act, entry.subject) == ("person.admit", f"membership:{membership.pk}")
    assert entry.is_by(gwen.pk)
    public = f"{entry.subject}{entry.facts}"
    assert not any(known in public for known in (eve.name, eve.email, str(eve.pk)))


@pytest.mark.django_db(transaction=True)
def test_tells_the_rooms_above_after_commit(noon, eve, gwen):
    heard = []
    receiver = lambda person, at, **_: heard.append((person, at))  # noqa: E731
    person_admitted.connect(receiver)
    services.admit_person(person=eve, by=gwen)
    assert heard == [(eve, NOON)]
