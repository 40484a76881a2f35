"""C5: any member declares a division."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consensus import services
from consensus.models import Matter
from notices.models import Notice
from tests.consensus.conftest import DAY, RAISED, SECOND


def test_any_member_divides_and_the_secretary_is_told(divided, ada, cleo):
    assert divided.divided_by == cleo
    assert list(Notice.objects.values_list("person", "kind")) == [(ada.pk, "call_owed")]


def test_the_call_is_owed_within_the_limit(divided):
    assert divided.call_due_at == RAISED + 5 * DAY
    assert list(Matter.objects.owing_debate()) == [divided]


def test_the_call_is_not_due_before_discussion_may_end(answered, ben):
    Matter.objects.update(act_days=0)
    answered.refresh_from_db()
    early = services.declare_division(matter=answered, by=ben, reason="x", at=RAISED + DAY)
    assert early.call_due_at == RAISED + 3 * DAY


def test_refuses_without_a_proposal(matter, ben):
    with pytest.raises(ValidationError, match="no proposal yet"):
        services.declare_division(matter=matter, by=ben, reason="x", at=RAISED)


def test_refuses_without_a_reason(answered, ben):
    with pytest.raises(ValidationError, match="reason"):
        services.declare_division(matter=answered, by=ben, reason=" ", at=RAISED)


def test_refuses_somebody_from_outside(answered, dan):
    with pytest.raises(PermissionDenied):
        services.declare_division(matter=answered, by=dan, reason="x", at=RAISED)


def test_refuses_a_second_division(divided, ben):
    with pytest.raises(ValidationError, match="already"):
        services.declare_division(matter=divided, by=ben, reason="x", at=RAISED + 2 * DAY)


def test_of_two_at_once_one_is_declared(answered, ben, cleo):
    stale = Matter.objects.get(pk=answered.pk)
    services.declare_division(matter=answered, by=ben, reason="First.", at=RAISED + DAY)
    with pytest.raises(ValidationError, match="already"):
        services.declare_division(matter=stale, by=cleo, reason="Second.", at=RAISED + DAY)
    assert Matter.objects.get().division_reason == "First."


@pytest.mark.parametrize(("offset", "refused"), [(-SECOND, False), (0 * SECOND, True)])
def test_refuses_once_debate_is_open(called, ben, offset, refused):
    Matter.objects.update(divided_at=called.divided_at)
    words = "gone on to debate" if refused else "already"
    with pytest.raises(ValidationError, match=words):
        services.declare_division(
            matter=called, by=ben, reason="x", at=called.debate_opens_at + offset
        )
