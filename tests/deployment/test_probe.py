"""What a container's healthcheck asks."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings

from harmony import heartbeat, probe
from tests.harmony.processes import free_port

BORNE = 3 * settings.CLOCK_SECONDS + 30


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_a_process_that_never_did_its_part_is_unwell(name):
    assert f"The {name} last did its part inf seconds ago." == probe.what_is_wrong(name)


@pytest.mark.parametrize(("late", "is_well"), [(-5, True), (5, False)])
def test_three_rounds_missed_are_too_many(folder, late, is_well):
    heartbeat.keep("worker")
    (file,) = folder.iterdir()
    moment = time.time() - BORNE - late
    os.utime(file, (moment, moment))
    assert (probe.what_is_wrong("worker") == "") is is_well
    heartbeat.keep("worker")
    assert probe.what_is_wrong("worker") == ""
    assert probe.what_is_wrong("beat")


def test_a_heartbeat_that_cannot_be_kept_stops_nothing(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(Path(os.devnull) / "nowhere"))
    heartbeat.keep("beat")


def test_the_exit_code_answers(monkeypatch):
    environment = os.environ | {"HARMONY_BIND": f"0.0.0.0:{free_port()}"}
    asked = subprocess.run(
        [sys.executable, "-m", "harmony.probe", "web"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 1
    assert "refused" in asked.stderr
