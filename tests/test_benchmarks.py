"""The benchmarks run, at a size that says nothing, so that they cannot rot."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.voting.beside import database_url


def run(*arguments, **surroundings):
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def databases():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'harmony_bench_%'")
        return {name for (name,) in cursor.fetchall()}


def test_without_postgresql_they_say_what_they_need(tmp_path):
    done = run("all", DATABASE_URL=f"sqlite:///{tmp_path / 'none.sqlite3'}")
    assert done.returncode == 2
    assert "need PostgreSQL" in done.stderr
    assert not (tmp_path / "none.sqlite3").exists()


@pytest.mark.postgres
@pytest.mark.django_db
def test_they_run_and_leave_nothing_behind():
    before = databases()
    tiny = ("--size", "60", "--rounds", "2", "--seconds", "0.5")
    done = run("all", "--json", *tiny, DATABASE_URL=database_url())
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)["figures"]
    assert len(figures) == 7
    assert all(figure["ratio"] > 0 for figure in figures if figure["measure"] != "memory, most")
    assert databases() <= before


@pytest.mark.postgres
@pytest.mark.django_db
def test_one_that_fails_leaves_nothing_behind_either():
    before = databases()
    done = run("close", "--size", "9", "--rounds", "0", DATABASE_URL=database_url())
    assert done.returncode != 0
    assert databases() <= before
