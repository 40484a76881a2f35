"""After the close nothing is left from which the order of casting could be read."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.moments import DAY, NOON
from tests.voting.beside import in_a_process
from tests.voting.votes import cast_all, closed_vote, open_a_vote, people_in
from voting import keys
from voting.models import TrackerNote, Vote
from voting.services import end_check_windows, scrub_closed_votes

pytestmark = pytest.mark.django_db(transaction=True)

FIVE = ["5300", "5310", "4500", "50-1", "0551"]  # too few to be published: no notes are kept


def stored_bytes(*tables):
    """Everything the database keeps of these tables on disk, the write-ahead log of SQLite too."""
    if connection.vendor == "sqlite":
        files = [Path(f"{connection.settings_dict['NAME']}{end}") for end in ("", "-wal")]
        return _read_elsewhere([file for file in files if file.exists()])
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            pytest.skip("Only a superuser may read the tables' files.")
        cursor.execute("CHECKPOINT")
        read = "SELECT pg_read_binary_file(pg_relation_filepath(%s))"
        return b"".join(bytes(cursor.execute(read, [t]).fetchone()[0]) for t in tables)


def _read_elsewhere(files):
    """Read in another process: closing a file here would drop this one's locks on it (POSIX)."""
    script = "import sys; [sys.stdout.buffer.write(open(f, 'rb').read()) for f in sys.argv[1:]]"
    command = [sys.executable, "-c", script, *map(str, files)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def scrub(at):
    """Scrub as the clock does: again, while others on the same server are in the way."""
    for _try in range(15):
        if done := scrub_closed_votes(at=at):
            return done
    return 0


def pseudonyms(vote, people):
    key = keys.key_of(vote)
    return [keys.pseudonym(key, vote.pk, person.pk) for person in people]


def test_killed_between_close_and_scrub_the_scrub_runs_again_and_leaves_nothing(media):
    people = people_in(media, 5)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, FIVE)
    died = in_a_process(do="close", at=vote.closes_at.isoformat(), die="after commit")
    assert died.returncode == -signal.SIGKILL, died.stderr
    traces = pseudonyms(vote, people)
    assert any(trace in stored_bytes("voting_ballot") for trace in traces)  # deleted, and readable
    assert scrub(vote.closes_at) == 1
    assert not any(trace in stored_bytes("voting_ballot") for trace in traces)
    assert Vote.objects.get(pk=vote.pk).scrubbed_at == vote.closes_at
    assert scrub_closed_votes(at=vote.closes_at) == 0


def test_waits_for_whoever_may_still_see_the_deleted_ballots(media):
    people = people_in(media, 5)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, FIVE)
    reader = connection.copy()
    try:
        with reader.cursor() as cursor:
            level = " ISOLATION LEVEL REPEATABLE READ" if connection.vendor == "postgresql" else ""
            cursor.execute(f"BEGIN{level}")
            cursor.execute("SELECT count(*) FROM voting_ballot")
            assert cursor.fetchone() == (5,)
            in_a_process(do="close", at=vote.closes_at.isoformat())
            assert scrub_closed_votes(at=vote.closes_at) == 0
            cursor.execute("ROLLBACK")
    finally:
        reader.close()
    assert scrub(vote.closes_at) == 1


def test_an_open_vote_needs_no_scrub_and_loses_nothing(media):
    people = people_in(media, 5)
    running = open_a_vote(media, NOON, lasts=30 * DAY)
    cast_all(running, people, FIVE)
    assert scrub_closed_votes(at=NOON) == 0
    closed = closed_vote(media, NOON, FIVE)
    assert scrub(closed.closes_at) == 1
    assert running.ballots.count() == 5


def test_after_the_check_window_neither_share_nor_note_is_readable(media):
    people = people_in(media, 12)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, ["5300"] * 12)
    in_a_process(do="close", at=vote.closes_at.isoformat())
    assert scrub(vote.closes_at) == 1
    traces = [*pseudonyms(vote, people), bytes(vote.key_share)]
    tables = ["voting_trackernote", "voting_vote", "voting_ballot"]
    assert any(trace in stored_bytes(*tables) for trace in traces)
    assert end_check_windows(at=vote.closes_at + 7 * DAY) == 1
    assert scrub(vote.closes_at + 7 * DAY) == 1
    left = {table: [t in stored_bytes(table) for t in traces] for table in tables}
    assert not any(any(found) for found in left.values()), left
    assert not TrackerNote.objects.exists()
