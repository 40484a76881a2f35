"""A server without Docker: what docker-compose.yml says, run as processes of this machine.

The image is a folder made as the Dockerfile and .dockerignore say; each service is a process with
the command, the settings and the healthcheck of the file, and a folder of its own for /tmp.
Only addresses are exchanged: of PostgreSQL, Redis, the port, and where keys and files lie.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

from tests.deployment import compose
from tests.harmony.processes import free_port, wait_for

NAME = "harmony.example"
OPERATOR = "operator@harmony.example"
REDIS_DATABASE = 5
_BIN = Path(sys.executable).parent
_SECONDS = {"s": 1, "m": 60}


def _ignored(folder: str, names: list[str]) -> set[str]:
    """The names in a folder that .dockerignore keeps out."""
    inside = Path(folder).relative_to(compose.ROOT)
    return {name for name in names if compose.ignored((inside / name).as_posix())}


class Stage:
    """One party's server."""

    def __init__(self, place: Path) -> None:
        self.place, self.app, self.keys = place, place / "app", place / "keys"
        self.mail, self.logs = place / "mail", place / "logs"
        self.port = free_port()
        self.database = f"harmony_rehearsal_{os.getpid()}"
        self._server = urlsplit(os.environ["DATABASE_URL"])._replace(scheme="postgresql")
        self.values = {
            "HARMONY_DOMAIN": NAME,
            "SECRET_KEY": secrets.token_hex(32),
            "POSTGRES_PASSWORD": secrets.token_hex(32),
            "EMAIL_URL": f"filemail:///{self.mail}",
            "HARMONY_ERROR_MAIL": OPERATOR,
        }
        self.services = compose.load(**self.values)["services"]
        for folder in (self.keys, self.mail, self.logs):
            folder.mkdir(mode=0o700)

    # --- The image ---------------------------------------------------------------------------
    def build(self) -> None:
        """Copy what .dockerignore lets in, and run the Dockerfile's step that collects."""
        shutil.copytree(compose.ROOT, self.app, ignore=_ignored)
        step = self._here(compose.Dockerfile().run_with("collectstatic"))
        subprocess.run(["sh", "-ec", step], cwd=self.app, env=self._bare(), check=True)

    def _here(self, text: str) -> str:
        """Exchange the image's places for this machine's."""
        for inside, outside in (("/venv/bin", _BIN), ("/app/", f"{self.app}/")):
            text = text.replace(inside, str(outside))
        return text

    def _bare(self) -> dict[str, str]:
        return {"PATH": f"{_BIN}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

    # --- Processes ---------------------------------------------------------------------------
    def environment(self, service: str) -> dict[str, str]:
        """Return what the service's process finds set: the image's, then .env, then compose's."""
        given = compose.Dockerfile().environment | self.values
        given |= self.services[service]["environment"]
        folder = self.place / "tmp" / service
        folder.mkdir(parents=True, exist_ok=True)
        exchanged = {
            "DATABASE_URL": self._server._replace(
                path=f"/{self.database}", scheme="postgres"
            ).geturl(),
            "REDIS_URL": urlsplit(settings.REDIS_URL)._replace(path=f"/{REDIS_DATABASE}").geturl(),
            "HARMONY_BIND": given["HARMONY_BIND"].replace("0.0.0.0:8000", f"127.0.0.1:{self.port}"),
            "KEY_DIR": str(self.keys),
            "STATIC_ROOT": self._here(given["STATIC_ROOT"]),
            "TMPDIR": str(folder),
            "HARMONY_CLOCK_SECONDS": "1",
        }
        return given | exchanged | self._bare()

    def run(self, *command: str, service: str = "release") -> str:
        """Run a command to its end in a container of `service`, and return what it printed."""
        done = subprocess.run(
            command,
            cwd=self.app,
            env=self.environment(service),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def release(self) -> str:
        return self.run(*self.services["release"]["command"])

    @contextmanager
    def up(self, *services: str) -> Iterator[dict[str, subprocess.Popen]]:
        """Run services until the block ends, when each is killed by its id if it still runs."""
        running = {service: self._start(service) for service in services}
        try:
            yield running
        finally:
            for process in running.values():
                if process.poll() is None:
                    process.kill()
                    process.wait()

    def _start(self, service: str) -> subprocess.Popen:
        log = (self.logs / f"{service}.log").open("a")
        return subprocess.Popen(
            self.services[service]["command"],
            cwd=self.app,
            env=self.environment(service),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )

    def is_healthy(self, service: str) -> bool:
        command = compose.check_of(self.services[service])
        environment = self.environment(service)
        try:
            asked = subprocess.run(
                command, cwd=self.app, env=environment, capture_output=True, timeout=10
            )
        except subprocess.TimeoutExpired:
            return False
        return asked.returncode == 0

    def wait_until_healthy(self, *services: str) -> None:
        for service in services:
            wait_for(lambda service=service: self.is_healthy(service), 60)

    def stop(self, running: dict[str, subprocess.Popen]) -> dict[str, tuple[int, bool]]:
        """Stop all as compose does; return each one's exit code, and whether it was in time."""
        began = time.monotonic()
        for process in running.values():
            process.terminate()
        ended = {}
        for service, process in running.items():
            number, unit = re.fullmatch(
                r"(\d+)([sm])", self.services[service]["stop_grace_period"]
            ).groups()
            code = process.wait(timeout=60)
            grace = int(number) * _SECONDS[unit]
            ended[service] = (code, time.monotonic() - began < grace)
        return ended

    def logged(self) -> str:
        return "".join(path.read_text() for path in sorted(self.logs.iterdir()))

    def mailed(self) -> str:
        """Return all mail, its folded lines unfolded."""
        return " ".join(" ".join(path.read_text() for path in self.mail.iterdir()).split())

    # --- PostgreSQL --------------------------------------------------------------------------
    def create_database(self) -> None:
        self._maintain(f"CREATE DATABASE {self.database}")

    def drop_database(self) -> None:
        self._maintain(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")

    def _maintain(self, statement: str) -> None:
        with psycopg.connect(
            self._server._replace(path="/postgres").geturl(), autocommit=True
        ) as db:
            db.execute(statement)

    def sql(self, query: str, *values: object) -> list[tuple]:
        address = self._server._replace(path=f"/{self.database}").geturl()
        with psycopg.connect(address, autocommit=True) as db:
            done = db.execute(query, values)
            return done.fetchall() if done.description else []

    # --- What docs/operating.md has an operator type -------------------------------------------
    def type(self, script: str) -> str:
        """Run a block of the page in a shell, in which `docker compose` reaches this stage.

        `exec … db` runs here with the variables of that container, `exec … web` in the
        image; `up` and `stop` are only noted, for the test to do.
        """
        shell = f"""
            docker() {{
                shift
                case "$1" in
                    exec)
                        shift; while [ "${{1#-}}" != "$1" ]; do shift; done
                        local where="$1"; shift
                        if [ "$where" = db ]; then "$@"; else (cd {self.app} && "$@"); fi ;;
                    up|stop) echo "docker compose $*" ;;
                    *) echo "Cannot do this here: $*" >&2; return 1 ;;
                esac
            }}
            {script}
        """
        address = self._server
        in_db = {
            "PGHOST": address.hostname or "",
            "PGPORT": str(address.port or 5432),
            "PGUSER": address.username or "",
            "PGPASSWORD": address.password or "",
            "PGDATABASE": self.database,
        }
        done = subprocess.run(
            ["bash", "-euc", shell],
            cwd=self.place,
            env=self.environment("web") | in_db,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        return done.stdout
