"""C5, C16: debate and vote are called in one act, or open by themselves."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from commons import clock
from consensus import services
from consensus.models import Matter, Phase
from notices.models import Notice
from record.models import Entry
from secretaries.models import Office
from tests.consensus.conftest import DAY, RAISED, SECOND
from tests.factories import TermFactory


def test_the_secretary_calls_with_the_earliest_times(called, ada):
    assert called.called_by == ada
    assert called.debate_opens_at == RAISED + 3 * DAY
    assert called.vote_opens_at == RAISED + 5 * DAY
    assert called.vote_closes_at == RAISED + 8 * DAY


def test_everybody_in_the_assembly_is_told_once(called, ada, ben, cleo):
    told = Notice.objects.filter(kind="debate_called").values_list("person", flat=True)
    assert set(told) == {ada.pk, ben.pk, cleo.pk}


def test_the_phases_follow_from_the_moments(called):
    phases = [
        called.phase_at(moment + offset)
        for moment in (called.debate_opens_at, called.vote_opens_at)
        for offset in (-SECOND, 0 * SECOND, SECOND)
    ]
    assert phases == [
        Phase.DISCUSSION,
        Phase.DEBATE,
        Phase.DEBATE,
        Phase.DEBATE,
        Phase.RESOLUTION,
        Phase.RESOLUTION,
    ]


def test_a_deputy_calls_in_the_secretarys_place(divided, media, ben):
    TermFactory(assembly=media, post=Office.Post.DEPUTY, person=ben)
    assert services.call_debate(matter=divided, by=ben, at=RAISED + 2 * DAY).called_by == ben


def test_the_general_secretary_acts_where_nobody_is_in_post(divided, ada, gwen):
    ada_term = Office.objects.get(assembly=divided.assembly).terms.get()
    ada_term.until = RAISED
    ada_term.ended_by = "resigned"
    ada_term.save()
    assert services.call_debate(matter=divided, by=gwen, at=RAISED + 2 * DAY).called_by == gwen


@pytest.mark.parametrize("name", ["ben", "gwen", "dan"])
def test_refuses_whoever_does_not_organise_there(divided, name, request):
    person = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied, match="Only the Secretary"):
        services.call_debate(matter=divided, by=person, at=RAISED + 2 * DAY)


def test_refuses_without_a_division(answered, ada):
    with pytest.raises(ValidationError, match="follow a division"):
        services.call_debate(matter=answered, by=ada, at=RAISED + 2 * DAY)


@pytest.mark.parametrize(
    ("field", "moment"),
    [
        ("debate_opens_at", RAISED + 3 * DAY),
        ("vote_opens_at", RAISED + 5 * DAY),
        ("vote_closes_at", RAISED + 8 * DAY),
    ],
)
def test_a_phase_is_never_a_second_shorter_than_its_limit(divided, ada, field, moment):
    at = RAISED + 2 * DAY
    with pytest.raises(ValidationError) as refused:
        services.call_debate(matter=divided, by=ada, at=at, **{field: moment - SECOND})
    assert field in refused.value.message_dict
    assert services.call_debate(matter=divided, by=ada, at=at, **{field: moment})


def test_refuses_a_second_call(called, ada):
    with pytest.raises(ValidationError, match="called already"):
        services.call_debate(matter=called, by=ada, at=RAISED + 2 * DAY)


def test_of_two_calls_at_once_one_stands(divided, ada):
    stale = Matter.objects.get(pk=divided.pk)
    services.call_debate(matter=divided, by=ada, at=RAISED + 2 * DAY)
    with pytest.raises(ValidationError, match="called already"):
        services.call_debate(
            matter=stale, by=ada, vote_closes_at=RAISED + 30 * DAY, at=RAISED + 2 * DAY
        )
    assert Matter.objects.get().vote_closes_at == RAISED + 8 * DAY


@pytest.mark.parametrize(("offset", "opened"), [(-SECOND, 0), (0 * SECOND, 1), (SECOND, 1)])
def test_debate_opens_by_itself_when_the_limit_passes(divided, offset, opened):
    at = divided.call_due_at + offset
    assert services.open_due_debates(at=at) == opened
    divided.refresh_from_db()
    assert divided.debate_opens_at == (at if opened else None)


def test_what_opened_by_itself_says_so_on_the_record(divided):
    services.open_due_debates(at=divided.call_due_at)
    entry = Entry.objects.get(act="matter.call")
    assert entry.actor_digest == ""
    assert entry.facts["vote_closes_at"] == (divided.call_due_at + 5 * DAY).isoformat()


def test_opening_by_itself_again_changes_nothing(divided):
    services.open_due_debates(at=divided.call_due_at)
    assert services.open_due_debates(at=divided.call_due_at + DAY) == 0
    divided.refresh_from_db()
    assert divided.debate_opens_at == divided.call_due_at


def test_the_form_says_in_words_what_its_boxes_hold(divided, ada, signed_in):
    with clock.frozen(RAISED + 2 * DAY):
        page = signed_in(ada).get(reverse("call_debate", args=[divided.pk])).content.decode()
    assert "At the earliest at" in page
    assert "UK time" in page
