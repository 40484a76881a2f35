"""Threads and processes that act at once on the database of the tests."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.db import connection, connections


def at_once(jobs: Iterable[Callable[[], Any]], threads: int) -> list[Any]:
    """Do the jobs in so many threads, each with a connection of its own.

    Return what each gave, or the exception it ended with, in the jobs' order.
    """
    queue = list(enumerate(jobs))
    answers: list[Any] = [None] * len(queue)

    def work() -> None:
        try:
            while queue:
                number, job = queue.pop()
                try:
                    answers[number] = job()
                except Exception as error:
                    answers[number] = error
        except IndexError:  # another thread took the last one
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work) for _ in range(threads)]:
            done.result()
    return answers


def database_url() -> str:
    """The tests' own database, as another process is told of it."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    login = f"{told['USER']}:{told['PASSWORD']}" if told["PASSWORD"] else told["USER"]
    return f"postgres://{login}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"


def in_a_process(*, path: str = "", **asked: Any) -> subprocess.CompletedProcess[str]:
    """Run `tests.voting.worker`; `path` is put before the modules it finds."""
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "harmony.settings",
        "DATABASE_URL": database_url(),
        "KEY_DIR": str(settings.KEY_DIR),
        "HARMONY_HONOUR_GIVEN_MOMENTS": "true",
        "PYTHONPATH": path,
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.voting.worker", json.dumps(asked)],
        cwd=settings.BASE_DIR,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
