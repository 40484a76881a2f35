"""C2: putting forward proposals and speaking."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consensus import services
from notices.models import Notice
from tests.consensus.conftest import DAY, RAISED, SECOND


def test_proposals_take_their_letters_in_order(answered):
    assert [p.letter for p in answered.proposals.all()] == ["A", "B"]


def test_refuses_two_proposals_of_one_title(answered, ben):
    with pytest.raises(ValidationError, match="Choose another"):
        services.put_forward(
            matter=answered, by=ben, title="Buy a new desk", text="Again.", at=RAISED + DAY
        )


def test_refuses_a_proposal_to_leave_things_as_they_are(matter, ben):
    with pytest.raises(ValidationError, match="carries this option already"):
        services.put_forward(
            matter=matter, by=ben, title="leave things as they are", text="x", at=RAISED
        )


def test_refuses_a_proposal_from_outside_the_assembly(matter, dan):
    with pytest.raises(PermissionDenied, match="Media Working Group"):
        services.put_forward(matter=matter, by=dan, title="Mine", text="x", at=RAISED)


@pytest.mark.parametrize(("offset", "taken"), [(-SECOND, True), (0 * SECOND, False)])
def test_options_freeze_when_the_vote_opens_and_not_before(called, ben, offset, taken):
    at = called.vote_opens_at + offset
    if taken:
        assert services.put_forward(matter=called, by=ben, title="C", text="x", at=at).pk
    else:
        with pytest.raises(ValidationError, match="vote on this matter has opened"):
            services.put_forward(matter=called, by=ben, title="C", text="x", at=at)


def test_a_proposal_in_debate_is_told_to_those_who_spoke(called, ben, cleo):
    at = called.debate_opens_at
    services.speak(matter=called, by=cleo, text="Both cost too much.", stance="against", at=at)
    services.put_forward(matter=called, by=ben, title="Borrow one", text="x", at=at)
    told = Notice.objects.filter(kind="proposal_in_debate")
    assert [notice.person_id for notice in told] == [cleo.pk]


def test_talk_in_discussion_takes_no_stance(matter, ben):
    said = services.speak(matter=matter, by=ben, text="Why not?", stance="for", at=RAISED)
    assert said.stance == ""


def test_a_speech_in_debate_needs_a_stance(called, ben):
    with pytest.raises(ValidationError, match="for, against or neutral"):
        services.speak(matter=called, by=ben, text="Well.", at=called.debate_opens_at)


def test_an_answer_to_a_reply_joins_the_same_thread(matter, ben, cleo):
    first = services.speak(matter=matter, by=ben, text="One.", at=RAISED)
    reply = services.speak(matter=matter, by=cleo, text="Two.", reply_to=first, at=RAISED)
    third = services.speak(matter=matter, by=ben, text="Three.", reply_to=reply, at=RAISED)
    assert third.reply_to == first
    assert list(Notice.objects.values_list("person", flat=True)) == [ben.pk]


def test_refuses_a_reply_to_what_was_said_elsewhere(matter, media, ben):
    other = services.raise_matter(
        assembly=media, by=ben, trigger="x", question="Another?", at=RAISED
    )
    said = services.speak(matter=other, by=ben, text="There.", at=RAISED)
    with pytest.raises(ValidationError, match="another matter"):
        services.speak(matter=matter, by=ben, text="Here.", reply_to=said, at=RAISED)


@pytest.mark.parametrize("text", ["\u202eevil", "\u200b\u200b", "a" + "\u0301" * 50, "nul\x00"])
def test_refuses_text_nobody_can_have_meant(matter, ben, text):
    with pytest.raises(ValidationError):
        services.speak(matter=matter, by=ben, text=text, at=RAISED)
    assert not matter.contributions.exists()


def test_talk_ends_when_the_vote_opens(called, ben):
    with pytest.raises(ValidationError, match="vote has opened"):
        services.speak(matter=called, by=ben, text="Late.", stance="for", at=called.vote_opens_at)
