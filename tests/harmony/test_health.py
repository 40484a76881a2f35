"""/healthz: 200 when this process can serve."""

import time

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from harmony import clock_thread, tasks

URL = reverse("healthz")


@pytest.fixture(autouse=True)
def _no_clock_yet(monkeypatch):
    monkeypatch.setattr(clock_thread, "_beat", None)


def test_answers_200_when_the_database_does(client, db):
    response = client.get(URL)
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": True, "clock_age_seconds": None}
    assert "no-store" in response["Cache-Control"]


def test_answers_503_without_the_database(client, db):
    def gone(*_):
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        response = client.get(URL)
    assert response.status_code == 503
    assert response.json()["database"] is False


def test_answers_503_while_the_clock_thread_has_not_come_round(client, db, settings):
    settings.CLOCK_THREAD = True
    assert client.get(URL).status_code == 503


def test_answers_200_with_the_clock_threads_heartbeat(client, db, settings, monkeypatch):
    settings.CLOCK_THREAD = True
    monkeypatch.setattr(clock_thread, "_beat", time.monotonic() - 2)
    response = client.get(URL)
    assert response.status_code == 200
    assert 2 <= response.json()["clock_age_seconds"] < 10


@pytest.mark.parametrize(("late", "status"), [(-5, 200), (5, 503)])
def test_a_clock_that_missed_three_rounds_is_unwell(
    client, db, settings, monkeypatch, late, status
):
    settings.CLOCK_THREAD = True
    borne = 3 * settings.CLOCK_SECONDS + 30
    monkeypatch.setattr(clock_thread, "_beat", time.monotonic() - borne - late)
    assert client.get(URL).status_code == status


def test_tells_the_age_of_the_round_a_worker_made(client, db):
    tasks.run_due_actions()
    response = client.get(URL)
    assert response.status_code == 200
    assert 0 <= response.json()["clock_age_seconds"] < 5


def test_is_only_read(client, db):
    assert client.post(URL).status_code == 405
    assert client.head(URL).status_code == 200
