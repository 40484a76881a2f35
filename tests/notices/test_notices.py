"""Who is told what, once, and in which words."""

import pytest
from django.urls import reverse

from assemblies.services import admit_person
from consensus import services
from notices.models import Notice
from notices.services import mark_read, tell
from notices.words import sentence_of
from tests.moments import DAY, NOON

RAISED = {"trigger": "x", "question": "100 % recycled paper?"}


def test_the_same_news_about_the_same_page_is_told_once(ben):
    for _time in range(2):
        tell("decided", [ben.pk], url="/decisions/1/", at=NOON, title="Buy it")
    assert Notice.objects.for_person(ben).count() == 1


def test_reading_marks_what_is_mine_and_nothing_else(ben, cleo):
    tell("decided", [ben.pk, cleo.pk], url="/decisions/1/", at=NOON, title="Buy it")
    assert mark_read(ben, at=NOON) == 1
    assert mark_read(ben, at=NOON) == 0
    assert Notice.objects.for_person(cleo).unread().count() == 1


def test_whoever_is_admitted_is_welcomed(
    eve, gwen, noon, signed_in, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        admit_person(person=eve, by=gwen, at=NOON)
    page = signed_in(eve).get("/").content.decode()
    assert "Welcome to Harmony" in page
    assert f'href="{reverse("assemblies")}"' in page


@pytest.mark.usefixtures("noon")
def test_an_answer_is_told_on_home_in_words(media, ben, cleo, signed_in):
    matter = services.raise_matter(assembly=media, by=ben, at=NOON - DAY, **RAISED)
    said = services.speak(matter=matter, by=ben, text="Yes.", at=NOON - DAY)
    services.speak(matter=matter, by=cleo, text="No.", reply_to=said, at=NOON)
    page = signed_in(ben).get("/").content.decode()
    assert "Cleo answered you" in page
    assert "100 % recycled paper?" in page


@pytest.mark.usefixtures("noon")
def test_a_matter_tells_every_kind_in_words(media, ada, ben, cleo):
    start = NOON - 3 * DAY
    matter = services.raise_matter(assembly=media, by=ben, at=start, **RAISED)
    services.put_forward(matter=matter, by=ben, title="Do it", text="x", at=start)
    services.declare_division(matter=matter, by=cleo, reason="x", at=start)
    services.call_debate(matter=matter, by=ada, at=start)
    matter.refresh_from_db()
    services.speak(matter=matter, by=cleo, text="x", stance="for", at=matter.debate_opens_at)
    services.put_forward(matter=matter, by=ben, title="Half", text="x", at=matter.debate_opens_at)
    services.open_due_votes(at=matter.vote_opens_at)
    told = {notice.kind: notice.title for notice in Notice.objects.all()}
    assert set(told) == {"call_owed", "debate_called", "proposal_in_debate", "vote_opened"}
    assert told["proposal_in_debate"] == "A new proposal: Half"
    assert all(notice.sentence for notice in Notice.objects.all())


def test_an_unknown_kind_is_a_mistake():
    with pytest.raises(KeyError):
        sentence_of("gossip", {})
