"""kill −9 at the worst moments, and a clock that is wrong: nothing is lost, nothing done twice."""

import json
import signal
import uuid
from datetime import datetime, timedelta

import pytest

from commons import clock
from record.models import Entry
from tests.moments import HOUR, NOON, SECOND
from tests.voting.beside import in_a_process
from tests.voting.votes import LABELS, cast_all, open_a_vote, people_in, rows_in_database
from voting import keys, star
from voting.models import Elector, PublishedBallot, TrackerNote, Vote
from voting.services import cast_ballot, close_due_votes, close_vote, current_scores

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = ["5300", "5310", "4500", "50-1", "0551", "5000", "4455", "5-32", "1500", "5200", "0500"]


@pytest.fixture
def full(media):
    people = people_in(media, len(ROWS))
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, ROWS)
    return vote


def kill_the_close(vote, moment):
    died = in_a_process(do="close", at=vote.closes_at.isoformat(), die=moment)
    assert died.returncode == -signal.SIGKILL, died.stderr


@pytest.mark.parametrize("moment", ["before write", "before commit"])
def test_killed_before_the_commit_everything_is_still_open(full, moment):
    kill_the_close(full, moment)
    full.refresh_from_db()
    assert (full.closed_at, full.result) == (None, None)
    assert rows_in_database(full) == sorted(ROWS)
    assert not PublishedBallot.objects.exists()
    assert not TrackerNote.objects.exists()
    assert not Entry.objects.filter(act="vote.close").exists()
    assert set(Elector.objects.values_list("participated", flat=True)) == {None}
    close_vote(vote=full, at=full.closes_at)  # delivered again
    assert close_due_votes(at=full.closes_at) == 0  # and once more
    assert_closed_once(full)


def test_killed_after_the_commit_everything_is_closed(full):
    kill_the_close(full, "after commit")
    first = Vote.objects.get(pk=full.pk).result
    assert close_due_votes(at=full.closes_at) == 0
    assert close_vote(vote=full, at=full.closes_at).result == first
    assert_closed_once(full)


def assert_closed_once(vote):
    vote.refresh_from_db()
    assert vote.result["totals"] == list(star.count(ROWS, LABELS).totals)
    assert rows_in_database(vote) == []
    assert sorted(PublishedBallot.objects.values_list("scores", flat=True)) == sorted(ROWS)
    assert Entry.objects.filter(act="vote.close").count() == 1
    assert set(Elector.objects.values_list("participated", flat=True)) == {True}


def test_killed_while_opening_the_orphaned_share_is_adopted(media, ada):
    pk = uuid.uuid4()
    died = in_a_process(do="open", vote=str(pk), assembly=media.pk, die="before the roll is whole")
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert not Vote.objects.exists()
    orphan = keys.file_of(pk).read_bytes()
    vote = open_a_vote(media, NOON, pk=pk)
    assert keys.file_of(pk).read_bytes() == orphan
    cast_ballot(vote=vote, person=ada, scores="5000", at=NOON)
    assert current_scores(vote=vote, person=ada) == "5000"


WRONG_CLOCK = """
import datetime, time

_right = time.time
time.time = lambda: _right() + {off}
time.time_ns = lambda: int(time.time() * 1e9)


class Wrong(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds={off})

    @classmethod
    def utcnow(cls):
        return super().utcnow() + datetime.timedelta(seconds={off})


datetime.datetime = Wrong
"""


def with_wrong_clock(tmp_path, off, **asked):
    (tmp_path / "sitecustomize.py").write_text(WRONG_CLOCK.format(off=off.total_seconds()))
    ended = in_a_process(path=str(tmp_path), **asked)
    assert ended.returncode == 0, ended.stderr
    answer = json.loads(ended.stdout)
    wrong_by = datetime.fromisoformat(answer["app_clock"]) - clock.now()
    assert abs(wrong_by - off) < timedelta(minutes=1)
    return answer["outcome"]


def test_an_application_an_hour_ahead_takes_ballots_and_closes_nothing(media, ada, tmp_path):
    vote = open_a_vote(media, clock.now() - HOUR, lasts=HOUR + timedelta(minutes=5))
    cast = {"do": "cast", "vote": str(vote.pk), "person": str(ada.pk), "scores": "5000"}
    assert with_wrong_clock(tmp_path, HOUR, **cast) == "recorded"
    assert with_wrong_clock(tmp_path, HOUR, do="close") == 0


def test_an_application_an_hour_behind_lets_nobody_in_and_closes(media, ada, tmp_path):
    vote = open_a_vote(media, clock.now() - HOUR, lasts=HOUR - SECOND)
    cast = {"do": "cast", "vote": str(vote.pk), "person": str(ada.pk), "scores": "5000"}
    assert with_wrong_clock(tmp_path, -HOUR, **cast) == "VoteNotOpenError"
    assert with_wrong_clock(tmp_path, -HOUR, do="close") == 1
