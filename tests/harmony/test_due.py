"""Due actions: by the clock, by the page, once, and one failing alone (DESIGN: time)."""

import threading
from datetime import datetime

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from commons import clock
from consensus.models import Decision, Matter, Phase
from harmony import due
from record.models import Entry
from tests.consensus.conftest import answered, called, divided, matter  # noqa: F401
from tests.moments import DAY, SECOND
from voting.models import Vote
from voting.services import cast_ballot

NOTHING = dict.fromkeys(due.DECIDING | due.UPKEEP, 0)


@pytest.fixture
def opened(called: Matter, ada, ben) -> Matter:  # noqa: F811
    """With its vote open, and two ballots cast."""
    due.run_due_actions(at=called.vote_opens_at)
    called.refresh_from_db()
    for person in (ada, ben):
        cast_ballot(vote=called.vote, person=person, scores="530", at=called.vote_opens_at)
    return called


def phase_after(matter: Matter, at: datetime) -> Phase:  # noqa: F811
    due.run_due_actions(at=at)
    matter.refresh_from_db()
    return matter.phase_at(at)


def test_a_matter_nobody_touches_goes_from_division_to_its_end_by_itself(divided):  # noqa: F811
    assert phase_after(divided, divided.call_due_at - SECOND) == Phase.DISCUSSION
    assert phase_after(divided, divided.call_due_at) == Phase.DEBATE
    assert phase_after(divided, divided.vote_opens_at) == Phase.RESOLUTION
    assert divided.vote is not None
    assert phase_after(divided, divided.vote_closes_at) == Phase.DECISION


def test_one_run_closes_the_vote_and_writes_the_decision(opened):
    done = due.run_due_actions(at=opened.vote_closes_at)
    assert (done["close_due_votes"], done["write_due_decisions"]) == (1, 1)
    assert Decision.objects.get().title == "Buy a new desk"


def test_running_again_changes_nothing(opened):
    due.run_due_actions(at=opened.vote_closes_at)
    entries = Entry.objects.count()
    again = due.run_due_actions(at=opened.vote_closes_at)
    # The scrub needs the database to itself and may come round more than once.
    assert {**again, "scrub_closed_votes": 0} == NOTHING
    assert Entry.objects.count() == entries


def test_every_entry_gets_its_number(opened):
    due.run_due_actions(at=opened.vote_opens_at)
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(len(numbers)))


def test_one_action_that_fails_does_not_stop_the_rest(opened, caplog):
    def fails(at: datetime | None) -> int:
        raise ZeroDivisionError

    done = due._run({"fails": fails} | due.DECIDING, opened.vote_closes_at)
    assert done["fails"] == 0
    assert done["write_due_decisions"] == 1
    assert "Due action fails failed" in caplog.text


@pytest.mark.parametrize("moment", ["call_due_at", "vote_opens_at", "vote_closes_at"])
def test_what_is_due_is_known_at_its_very_second(divided, moment):  # noqa: F811
    if moment != "call_due_at":
        due.run_due_actions(at=divided.call_due_at)
        divided.refresh_from_db()
    if moment == "vote_closes_at":
        due.run_due_actions(at=divided.vote_opens_at)
    at = getattr(divided, moment)
    assert not due.is_anything_due(at - SECOND)
    assert due.is_anything_due(at)
    due.run_due_actions(at=at)
    assert not due.is_anything_due(at)


def test_a_closed_vote_without_its_decision_is_due(opened):
    due._run({"close": due.DECIDING["close_due_votes"]}, opened.vote_closes_at)
    assert due.is_anything_due(opened.vote_closes_at)


def test_asking_whether_anything_is_due_takes_one_query(opened, django_assert_num_queries):
    with django_assert_num_queries(1):
        due.is_anything_due(opened.vote_opens_at)


def test_the_first_reader_after_the_close_reads_the_decision(opened, ben, signed_in):
    with clock.frozen(opened.vote_closes_at + SECOND):
        page = signed_in(ben).get(reverse("decisions"))
    assert "Buy a new desk" in page.content.decode()


def test_a_page_does_nothing_before_the_moment(opened, ben, signed_in):
    with clock.frozen(opened.vote_closes_at - SECOND):
        signed_in(ben).get(reverse("decisions"))
    assert not Vote.objects.exclude(closed_at=None).exists()


def test_an_unreachable_database_is_no_error_of_the_page(db, caplog):
    def gone(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        due.run_if_due()
    assert "Could not look for due actions" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_for_whoever_is_at_it(opened):
    other = connection.copy()
    with clock.frozen(opened.vote_closes_at), other.cursor() as cursor:
        cursor.execute("BEGIN" if other.vendor == "postgresql" else "BEGIN IMMEDIATE")
        if other.vendor == "postgresql":
            cursor.execute("SELECT 1 FROM voting_vote FOR UPDATE")
        page = threading.Thread(target=_read_page, daemon=True)
        page.start()
        page.join(timeout=5)
        assert not page.is_alive()
        assert Vote.objects.get().closed_at is None
        cursor.execute("ROLLBACK")
        due.run_if_due()
    other.close()
    assert Decision.objects.count() == 1


def _read_page() -> None:
    try:
        due.run_if_due()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_after_a_page_the_connection_waits_for_locks_again(opened):
    with clock.frozen(opened.vote_closes_at), connection.cursor() as cursor:
        due.run_if_due()
        if connection.vendor == "postgresql":
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone()[0] == "0"
        else:
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone()[0] == 20_000


@pytest.mark.django_db(transaction=True)
def test_several_clocks_at_once_reach_one_decision(opened):
    def come_round() -> None:
        try:
            due.run_due_actions(at=opened.vote_closes_at + DAY)
        finally:
            connection.close()

    clocks = [threading.Thread(target=come_round) for _ in range(8)]
    for thread in clocks:
        thread.start()
    for thread in clocks:
        thread.join()
    due.run_due_actions(at=opened.vote_closes_at + DAY)
    assert Decision.objects.count() == 1
    assert Entry.objects.filter(act="vote.close").count() == 1
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(len(numbers)))
