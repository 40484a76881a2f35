"""Celery carries the clock: a real worker and beat, on PostgreSQL and Redis."""

import os
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from harmony import celery_app, due, tasks
from tests.harmony.processes import environment, run, running, wait_for


def test_beat_is_told_to_run_the_task_that_exists():
    (entry,) = celery_app.conf.beat_schedule.values()
    assert entry["task"] == tasks.run_due_actions.name
    assert entry["schedule"] == settings.CLOCK_SECONDS


def test_the_task_does_what_is_due(db):
    assert set(tasks.run_due_actions()) == set(due.DECIDING | due.UPKEEP)


@pytest.fixture
def database_url():
    """A database of its own, since other processes do not see the tests' transactions."""
    url = os.environ["DATABASE_URL"].replace("postgresql://", "postgres://")
    name = f"harmony_celery_{os.getpid()}"
    maintenance = urlsplit(url)._replace(scheme="postgresql", path="/postgres").geturl()
    with psycopg.connect(maintenance, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
@pytest.mark.redis
def test_a_real_worker_and_beat_close_a_vote(database_url, tmp_path):
    redis = urlsplit(settings.REDIS_URL)._replace(path="/15").geturl()
    env = environment(database_url, tmp_path / "keys", REDIS_URL=redis, HARMONY_CLOCK_SECONDS="1")
    run("manage.py", "migrate", "--verbosity", "0", env=env)
    honouring = env | {"HARMONY_HONOUR_GIVEN_MOMENTS": "1"}
    run("-m", "tests.harmony.scene", "8", env=honouring)
    readable = database_url.replace("postgres://", "postgresql://")

    def decided():
        with psycopg.connect(readable) as connection:
            query = """SELECT decision.title, vote.closed_at >= vote.closes_at
                         FROM consensus_decision AS decision
                         JOIN voting_vote AS vote ON vote.id = decision.vote_id"""
            return connection.execute(query).fetchall()

    celery = ["-m", "celery", "-A", "harmony", "--quiet"]
    worker = [*celery, "worker", "--pool", "solo", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "-s", str(tmp_path / "schedule"), "--pidfile", ""]
    assert not decided()
    with running(worker, env), running(beat, env):
        assert wait_for(decided, 60) == [("A brighter one", True)]
        health = (
            "import django; django.setup(); from django.core.cache import cache; "
            "from harmony.tasks import BEAT_KEY; print(cache.get(BEAT_KEY) or '')"
        )
        assert run("-c", health, env=env).strip()
