"""The clock of an embedded installation."""

import sqlite3
import sys
import urllib.request

import pytest

from harmony import clock_thread
from tests.harmony.processes import environment, free_port, run, running, wait_for


@pytest.mark.django_db(transaction=True)
def test_a_round_does_what_is_due_and_keeps_the_heartbeat(monkeypatch):
    monkeypatch.setattr(clock_thread, "_beat", None)
    assert not clock_thread.is_fresh()
    done = clock_thread.come_round()
    assert done["close_due_votes"] == 0
    assert clock_thread.is_fresh()


def test_the_thread_is_a_daemon_and_starts_once(tmp_path):
    script = (
        "import django, threading; django.setup(); from harmony import clock_thread as c; "
        "print([c.start(), c.start()], [t.daemon for t in threading.enumerate() if "
        "t.name == 'harmony-clock'])"
    )
    printed = run("-c", script, env=environment(f"sqlite:///{tmp_path}/db", tmp_path))
    assert printed.strip() == "[True, False] [True]"


def is_well(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run on Windows")
def test_gunicorns_clock_closes_a_vote_that_nobody_looks_at(tmp_path):
    port, file = free_port(), tmp_path / "db.sqlite3"
    env = environment(
        f"sqlite:///{file}",
        tmp_path / "keys",
        HARMONY_CLOCK_SECONDS="1",
        HARMONY_BIND=f"127.0.0.1:{port}",
    )
    honouring = env | {"HARMONY_HONOUR_GIVEN_MOMENTS": "1"}
    run("manage.py", "migrate", "--verbosity", "0", env=env)
    run("-m", "tests.harmony.scene", "5", env=honouring)

    def decided():
        with sqlite3.connect(file) as database:
            query = "SELECT title, decided_at FROM consensus_decision"
            return database.execute(query).fetchall()

    assert not decided()
    with running(["-m", "gunicorn", "-c", "python:harmony.gunicorn"], env):
        assert wait_for(decided, 40)[0][0] == "A brighter one"
        assert wait_for(lambda: is_well(port), 40)  # once its first round has ended
    assert len(decided()) == 1
