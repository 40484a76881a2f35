"""Many at once: every act holds whoever comes first, second, or at the same moment."""

import time
import uuid
from datetime import timedelta
from functools import partial
from itertools import cycle

import pytest
from django.db import IntegrityError, transaction

from commons import clock
from record.models import Entry
from tests.moments import NOON
from tests.voting.beside import at_once
from tests.voting.votes import LABELS, cast_all, open_a_vote, people_in, rows_in_database
from voting import keys, star
from voting.models import Ballot, Elector, Option, PublishedBallot, TrackerNote, Vote
from voting.refusals import VoteBusyError, VoteNotOpenError
from voting.services import cast_ballot, close_due_votes, close_vote, current_scores
from voting.signals import vote_closed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def news():
    heard = []

    def listen(sender, vote, **_):
        heard.append(vote.pk)

    vote_closed.connect(listen)
    yield heard
    vote_closed.disconnect(listen)


def test_200_parallel_casts_by_one_voter_are_one_row(media, ada):
    vote = open_a_vote(media, NOON)
    rows = [f"{n % 6}{n // 6 % 6}{n // 36}0" for n in range(200)]
    casts = [partial(cast_ballot, vote=vote, person=ada, scores=row, at=NOON) for row in rows]
    answers = at_once(casts, threads=20)
    assert answers == [None] * 200
    (kept,) = rows_in_database(vote)
    assert kept in rows


def keep_casting(vote, person, number, deadline):
    """Cast other scores again and again until it is too late; return the last acknowledged."""
    acknowledged = None
    for last in cycle("012345"):
        row = f"{number % 6}{number // 6 % 6}{number // 36}{last}"
        try:
            cast_ballot(vote=vote, person=person, scores=row)
        except VoteNotOpenError:
            return acknowledged
        acknowledged = row
        time.sleep(0.02)
    return None


def keep_closing(vote, patient):
    while True:
        try:
            return close_vote(vote=vote, wait=patient).result
        except VoteBusyError:
            pass
        except Exception as error:
            if "open until" not in str(error):
                raise
        time.sleep(0.01)


def test_60_voters_against_10_closers_at_the_deadline(media, news):
    people = people_in(media, 60)
    present = clock.now()
    vote = open_a_vote(media, present, lasts=timedelta(seconds=2))
    closers = [partial(keep_closing, vote, patient=n % 2 == 0) for n in range(10)]
    voters = [
        partial(keep_casting, vote, person, n, vote.closes_at) for n, person in enumerate(people)
    ]
    answers = at_once(voters + closers, threads=len(voters) // 2 + len(closers))
    acknowledged, results = answers[:60], answers[60:]
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    published = dict(PublishedBallot.objects.filter(vote=vote).values_list("tracker", "scores"))
    assert sorted(published.values()) == sorted(row for row in acknowledged if row)
    assert len(published) >= 10
    assert_each_voter_has_their_own_row(vote, people, acknowledged, published)
    stored = Vote.objects.get(pk=vote.pk).result
    assert all(result == stored for result in results)
    assert stored["totals"] == list(star.count(published.values(), LABELS).totals)
    assert news == [vote.pk]
    assert Entry.objects.filter(subject=f"vote:{vote.pk}", act="vote.close").count() == 1


def assert_each_voter_has_their_own_row(vote, people, acknowledged, published):
    key = keys.key_of(vote)
    notes = TrackerNote.objects.filter(vote=vote).values_list("pseudonym", "tracker")
    by_pseudonym = {bytes(pseudonym): published[tracker] for pseudonym, tracker in notes}
    mine = [by_pseudonym.get(keys.pseudonym(key, vote.pk, person.pk)) for person in people]
    assert mine == acknowledged


def test_many_workers_that_find_one_vote_due_close_it_once(media, news):
    people = people_in(media, 12)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, ["5000"] * 12)
    late = vote.closes_at + timedelta(hours=1)
    answers = at_once([partial(close_due_votes, at=late) for _ in range(20)], threads=10)
    assert sum(answers) == 1
    assert news == [vote.pk]
    assert PublishedBallot.objects.count() == 12


def test_a_cast_that_waited_behind_a_failed_close_looks_at_the_clock_again(media, ada):
    vote = open_a_vote(media, clock.now(), lasts=timedelta(seconds=1))

    def hold_past_the_deadline():
        with transaction.atomic():
            Vote.objects.select_for_update().get(pk=vote.pk)
            time.sleep(1.3)
            transaction.set_rollback(True)

    def cast_in_time():
        time.sleep(0.3)
        cast_ballot(vote=vote, person=ada, scores="5000")

    _held, answer = at_once([hold_past_the_deadline, cast_in_time], threads=2)
    assert isinstance(answer, VoteNotOpenError)
    assert not Ballot.objects.exists()


@pytest.mark.postgres
def test_a_close_waits_for_a_cast_on_its_way_and_counts_it(media, ada):
    vote = open_a_vote(media, clock.now(), lasts=timedelta(seconds=1))

    def cast_and_commit_late():
        with transaction.atomic():
            cast_ballot(vote=vote, person=ada, scores="5000")
            time.sleep(1.8)

    def close_in_between():
        time.sleep(1.2)
        return close_vote(vote=vote).result["ballots"]

    assert at_once([cast_and_commit_late, close_in_between], threads=2) == [None, 1]
    assert not Ballot.objects.exists()


def test_an_impatient_close_leaves_a_vote_that_is_held_to_others(media, ada):
    vote = open_a_vote(media, NOON)

    def hold():
        with transaction.atomic():
            Vote.objects.select_for_update().get(pk=vote.pk)
            time.sleep(0.5)

    def close():
        time.sleep(0.2)
        return close_due_votes(at=vote.closes_at)

    at_once([hold, close], threads=2)
    close_due_votes(at=vote.closes_at)
    assert Vote.objects.exclude(closed_at=None).count() == 1


def test_many_workers_open_one_vote_with_one_roll_and_one_key(media, ada, ben):
    pk = uuid.uuid4()
    answers = at_once([partial(open_a_vote, media, NOON, pk=pk) for _ in range(8)], threads=8)
    opened = [answer for answer in answers if isinstance(answer, Vote)]
    assert len(opened) == 1
    assert all(isinstance(answer, Vote | IntegrityError) for answer in answers)
    vote = Vote.objects.get()
    assert keys.key_of(vote) == keys.key_of(opened[0])
    assert (Elector.objects.count(), Option.objects.count()) == (2, len(LABELS))
    assert Entry.objects.filter(act="vote.open").count() == 1
    cast_ballot(vote=vote, person=ada, scores="5000", at=NOON)
    assert current_scores(vote=opened[0], person=ada) == "5000"
