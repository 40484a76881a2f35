"""A web process stays small (SPEED.md)."""

import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.harmony.processes import environment, free_port, run, running, wait_for

MEGABYTES_OF_WEB = 150
PAGES = ["/", "/assemblies/", "/assemblies/party/", "/decisions/", "/accounts/login/", "/healthz"]


def megabytes_of_children(pid: int) -> float:
    """Return what the largest process that `pid` has started holds in memory."""
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=True)
    statuses = [Path(f"/proc/{child}/status").read_text() for child in listed.stdout.split()]
    sizes = [line for text in statuses for line in text.splitlines() if line.startswith("VmRSS")]
    return max(int(line.split()[1]) / 1024 for line in sizes)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_web_process_with_its_clock_thread_stays_small(tmp_path):
    port = free_port()
    env = environment(
        f"sqlite:///{tmp_path}/db.sqlite3",
        tmp_path / "keys",
        HARMONY_BIND=f"127.0.0.1:{port}",
        HARMONY_CLOCK_SECONDS="1",
        ALLOWED_HOSTS="127.0.0.1",
    )
    run("manage.py", "migrate", "--verbosity", "0", env=env)
    run("manage.py", "seed_party", env=env)

    def all_answer():
        try:
            return all(ask(page) == 200 for page in PAGES)
        except OSError:  # not there yet, or the clock has not come round
            return False

    def ask(page):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=20) as answer:
            return answer.status

    with running(["-m", "gunicorn", "-c", "python:harmony.gunicorn"], env) as server:
        wait_for(all_answer, 60)
        for page in PAGES * 5:
            ask(page)
        assert 30 < megabytes_of_children(server.pid) <= MEGABYTES_OF_WEB
