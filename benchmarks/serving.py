"""The web process under load: gunicorn as shipped, one worker, and the CPU it takes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks import database

_TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A running gunicorn on `port`."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.port = port

    def cpu(self) -> float:
        """Seconds of CPU taken so far by the web process and, where it is here, its database."""
        return sum(map(_cpu_of, [*_descendants(self.process.pid), *_backends()]))

    def memory(self) -> float:
        """The most memory the web process itself ever held, in MB (VmHWM)."""
        return max(_peak_of(pid) for pid in _descendants(self.process.pid))


@contextmanager
def serving() -> Iterator[Server]:
    """Serve the benchmarks' database until the end, and stop by the process's own id."""
    port = _free_port()
    ours = {
        "DATABASE_URL": database.url(),
        "HARMONY_BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "1",
        "CONN_MAX_AGE": "3600",  # a backend that ends takes what it has used with it
        "HARMONY_CLOCK_THREAD": "false",  # its round would fall into one measurement or the other
        "REDIS_URL": "",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:harmony.gunicorn"],
        env=os.environ | ours,
        cwd=settings.BASE_DIR,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port, process)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _await(port: int, process: subprocess.Popen) -> None:
    """Wait for a first answer, whatever it is: it comes long after the port is open."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("gunicorn did not start.")
        probe = HTTPConnection("127.0.0.1", port, timeout=60)
        with suppress(OSError), closing(probe):
            probe.request("GET", "/healthz")
            probe.getresponse()
            return
        time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer.")


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in _descendants(int(child)))]


def _backends() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def _cpu_of(pid: int) -> float:
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:  # the database is on another machine
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / _TICK


def _peak_of(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
