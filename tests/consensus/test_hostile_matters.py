"""What one ill-meant matter, proposal or call can do to the others: nothing."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from consensus import services
from consensus.models import Matter, Proposal
from consensus.services import talking
from tests.consensus.conftest import DAY, RAISED, SECOND


@pytest.fixture
def full(divided, cleo) -> Matter:
    """A matter with as many proposals as a ballot can hold."""
    made = divided.proposals.count()
    for place in range(made, talking.MOST_PROPOSALS):
        Proposal.objects.create(
            matter=divided,
            place=place,
            title=f"Idea {place}",
            text="x",
            author=cleo,
            proposed_at=RAISED,
        )
    return divided


def test_a_ballot_holds_every_proposal(full, ada):
    called = services.call_debate(matter=full, by=ada, at=RAISED + 2 * DAY)
    assert services.open_due_votes(at=called.vote_opens_at) == 1


def test_refuses_more_proposals_than_a_ballot_holds(full, ben):
    with pytest.raises(ValidationError, match="as a ballot can hold"):
        services.put_forward(matter=full, by=ben, title="One more", text="x", at=RAISED + DAY)


def test_a_matter_that_cannot_be_voted_on_holds_up_no_other(full, ada, ben, media, caplog):
    Proposal.objects.create(
        matter=full, place=200, title="Too many", text="x", author=ben, proposed_at=RAISED
    )
    services.call_debate(matter=full, by=ada, at=RAISED + 2 * DAY)
    other = services.raise_matter(assembly=media, by=ben, trigger="x", question="?", at=RAISED)
    services.put_forward(matter=other, by=ben, title="Do it", text="x", at=RAISED)
    services.declare_division(matter=other, by=ben, reason="x", at=RAISED)
    services.call_debate(matter=other, by=ada, at=RAISED)
    assert services.open_due_votes(at=RAISED + 30 * DAY) == 1
    other.refresh_from_db()
    assert other.vote is not None
    assert "could not be done" in caplog.text


@pytest.mark.parametrize("field", ["debate_opens_at", "vote_opens_at", "vote_closes_at"])
def test_refuses_a_call_that_puts_the_matter_off(field, divided, ada):
    """C5: nobody holds a pocket veto, the Secretary neither."""
    far = RAISED + timedelta(days=39)
    with pytest.raises(ValidationError) as refusal:
        services.call_debate(matter=divided, by=ada, at=RAISED + 2 * DAY, **{field: far})
    assert field in refusal.value.message_dict


def test_a_call_may_put_things_off_a_little(divided, ada):
    later = RAISED + 20 * DAY
    called = services.call_debate(
        matter=divided, by=ada, at=RAISED + 2 * DAY, debate_opens_at=later
    )
    assert called.debate_opens_at == later


@pytest.mark.django_db(transaction=True)
def test_a_proposal_of_the_last_moment_stands_on_the_ballot(called, ben):
    """A vote opening while a proposal is being written waits for it, and does not lose it."""
    opened = Event()

    def open_beside() -> None:
        try:
            services.open_due_votes(at=called.vote_opens_at)
        finally:
            opened.set()
            connection.close()

    beside = Thread(target=open_beside)
    with transaction.atomic():
        services.put_forward(
            matter=called, by=ben, title="Late", text="x", at=called.vote_opens_at - SECOND
        )
        beside.start()
        assert not opened.wait(0.5)
    beside.join(10)
    called.refresh_from_db()
    assert called.vote.options.filter(label="Late").exists()
