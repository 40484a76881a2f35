"""C6, D8, D9, A3: the vote opens at its moment, and its result becomes a decision."""

from datetime import timedelta

import pytest

from consensus import services
from consensus.models import Decision, Matter, Phase
from notices.models import Notice
from record.models import Entry
from tests.consensus.conftest import SECOND
from tests.factories import PersonFactory
from voting.models import Vote
from voting.services import cast_ballot, close_due_votes


@pytest.fixture
def opened(called):
    services.open_due_votes(at=called.vote_opens_at)
    called.refresh_from_db()
    return called


def cast_all(matter, people, rows):
    for person, row in zip(people, rows, strict=True):
        cast_ballot(vote=matter.vote, person=person, scores=row, at=matter.vote_opens_at)


def close(matter):
    close_due_votes(at=matter.vote_closes_at)
    return services.write_due_decisions(at=matter.vote_closes_at)


@pytest.mark.parametrize(("offset", "opens"), [(-SECOND, 0), (0 * SECOND, 1), (SECOND, 1)])
def test_the_vote_opens_at_its_moment(called, offset, opens):
    assert services.open_due_votes(at=called.vote_opens_at + offset) == opens
    assert Vote.objects.count() == opens


def test_options_are_the_proposals_and_to_leave_things_last(opened):
    options = list(opened.vote.options.values_list("label", "stands_last"))
    assert options == [
        ("Buy a new desk", False),
        ("Hire one when needed", False),
        ("Leave things as they are", True),
    ]


def test_the_roll_is_everybody_in_the_assembly_and_they_are_told(opened, ada, ben, cleo, dan):
    roll = set(opened.vote.electors.values_list("person", flat=True))
    assert roll == {ada.pk, ben.pk, cleo.pk}
    told = Notice.objects.filter(kind="vote_opened").values_list("person", flat=True)
    assert set(told) == roll


def test_joining_later_gives_no_ballot(opened, media):
    late = PersonFactory(name="Late", belongs_to=[media])
    assert not opened.vote.has_elector(late.pk)


def test_opening_again_changes_nothing(opened):
    assert services.open_due_votes(at=opened.vote_opens_at + SECOND) == 0
    assert Vote.objects.count() == 1


def test_a_few_minutes_late_the_vote_closes_as_announced(called):
    services.open_due_votes(at=called.vote_opens_at + timedelta(minutes=59))
    assert Vote.objects.get().closes_at == called.vote_closes_at


def test_opened_very_late_the_whole_vote_moves_and_keeps_its_length(called):
    late = timedelta(days=10)
    services.open_due_votes(at=called.vote_opens_at + late)
    vote = Vote.objects.get()
    assert vote.opens_at == called.vote_opens_at + late
    assert vote.closes_at == called.vote_closes_at + late
    called.refresh_from_db()
    assert called.vote_closes_at == vote.closes_at


def test_the_carried_proposal_becomes_the_decision(opened, ada, ben, cleo):
    cast_all(opened, [ada, ben, cleo], ["510", "420", "05-"])
    assert close(opened) == 1
    decision = Decision.objects.get()
    assert decision.title == "Buy a new desk"
    assert decision.proposal == opened.proposals.get(place=0)
    assert decision.text_html == decision.proposal.text_html
    assert decision.decided_at == opened.vote_closes_at
    opened.refresh_from_db()
    assert opened.phase_at(opened.vote_closes_at) == Phase.DECISION


def test_the_decision_keeps_how_warm_members_were_about_each_option(opened, ada, ben, cleo):
    cast_all(opened, [ada, ben, cleo], ["510", "420", "05-"])
    close(opened)
    enthusiasm = Decision.objects.get().enthusiasm
    assert [option["label"] for option in enthusiasm] == [
        "Buy a new desk",
        "Hire one when needed",
        "Leave things as they are",
    ]
    assert [option["total"] for option in enthusiasm] == [9, 8, 0]
    assert enthusiasm[0]["histogram"] == [1, 0, 0, 0, 1, 1]
    assert enthusiasm[0]["mean"] == 3
    assert [option["carried"] for option in enthusiasm] == [True, False, False]


def test_under_three_ballots_no_enthusiasm_is_told(opened, ada, ben):
    cast_all(opened, [ada, ben], ["510", "500"])
    close(opened)
    assert Decision.objects.get().enthusiasm == []


def test_members_can_turn_every_proposal_down(opened, ada, ben, cleo):
    cast_all(opened, [ada, ben, cleo], ["005", "015", "500"])
    close(opened)
    decision = Decision.objects.get()
    assert decision.proposal is None
    assert decision.headline == f"Leave things as they are: {opened.question}"


def test_without_a_ballot_nothing_is_decided_and_the_matter_ends(opened):
    assert close(opened) == 1
    assert not Decision.objects.exists()
    assert Matter.objects.get().ended_at == opened.vote_closes_at
    assert Entry.objects.filter(act="matter.end_without_decision").count() == 1


def test_writing_the_decision_again_changes_nothing(opened, ada, ben, cleo):
    cast_all(opened, [ada, ben, cleo], ["510", "420", "05-"])
    close(opened)
    assert services.write_due_decisions(at=opened.vote_closes_at + SECOND) == 0
    assert Decision.objects.count() == 1
    assert Entry.objects.filter(act="decision.reach").count() == 1


def test_a_late_writer_does_not_move_the_moment_of_the_decision(opened, ada):
    cast_all(opened, [ada], ["510"])
    close_due_votes(at=opened.vote_closes_at + timedelta(hours=5))
    services.write_due_decisions(at=opened.vote_closes_at + timedelta(hours=6))
    assert Decision.objects.get().decided_at == opened.vote_closes_at


def test_everybody_on_the_roll_is_told_what_was_decided(opened, ada, ben, cleo):
    cast_all(opened, [ada, ben, cleo], ["510", "420", "05-"])
    close(opened)
    told = Notice.objects.filter(kind="decided").values_list("person", flat=True)
    assert set(told) == {ada.pk, ben.pk, cleo.pk}
