"""Starting Harmony's real processes in tests, each test with its own database."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.conf import settings

ROOT = settings.BASE_DIR


def environment(database_url: str, keys: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process: this one's, with its own database and keys."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("REDIS_URL", "HARMONY_HONOUR_GIVEN_MOMENTS", "HARMONY_SECURE")
    }
    ours = {
        "DJANGO_SETTINGS_MODULE": "harmony.settings",
        "DATABASE_URL": database_url,
        "KEY_DIR": str(keys),
        "PYTHONPATH": str(ROOT),
    }
    return kept | ours | more


def run(*arguments: str, env: dict[str, str]) -> str:
    """Run Python with `arguments` to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], env=env, cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextlib.contextmanager
def running(arguments: Sequence[str], env: dict[str, str]) -> Iterator[subprocess.Popen]:
    """Run Python with `arguments` beside the test, and stop it afterwards by its id."""
    process = subprocess.Popen([sys.executable, *arguments], env=env, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(answer: Callable[[], object], seconds: float) -> object:
    """Ask until the answer is true; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := answer():
            return found
        time.sleep(0.2)
    raise AssertionError(f"Not within {seconds} s: {answer}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
