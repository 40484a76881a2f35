"""Make the demo party and serve it."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from harmony.demo import people, server
from harmony.demo.making import is_made, make_party, refuse_others
from voting.services import scrub_closed_votes

WELCOME = """
Harmony's demo party is at

    http://{address}/

Sign in as anybody with one click at http://{address}/demo/
or with an address and the password {password}

    {general}   General Secretary
    {secretary}   Secretary of the Media Working Group
    {deputy}   Deputy there
    {member}   a member of the Media Working Group
    {applicant}   has signed up, not admitted yet

Stop it with Ctrl+C. To begin again, delete {where}.
"""


class Command(BaseCommand):
    help = "Make a small party to try Harmony with, and serve it. Again: serve the same party."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("addrport", nargs="?", default="127.0.0.1:8000", help="ADDRESS:PORT")
        parser.add_argument("--prepare", action="store_true", help="only make it, do not serve")

    def handle(self, *args: Any, addrport: str, prepare: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is made with HARMONY_DEMO=1, which manage.py sets.")
        try:
            host, port = _address(addrport)
            if not prepare:
                server.refuse_port_in_use(host, port)
            self._prepare()
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        if not prepare:
            self.stdout.write(_welcome(addrport if ":" in addrport else f"{host}:{port}"))
            self.stdout.flush()
            server.serve(host, port)

    def _prepare(self) -> None:
        """Make the party, if need be, in a process of its own.

        Only that process honours given moments; the one that serves never does.
        """
        if settings.HONOUR_GIVEN_MOMENTS:
            _make_here()
            return
        file = _file()
        if file and not file.exists():
            self._announce_making()
            _make_file(file)
        call_command("migrate", verbosity=0, interactive=False)
        if not is_made():
            self._announce_making()
            _make_in_child(os.environ)

    def _announce_making(self) -> None:
        self.stdout.write("Making the demo party, once. It takes some ten seconds.")
        self.stdout.flush()


def _make_here() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    refuse_others()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # a demo cut short is made anew: no need to sync
            cursor.execute("PRAGMA synchronous=OFF")
    make_party()
    scrub_closed_votes()


def _make_file(file: Path) -> None:
    """Make the party in a file beside, so that the demo's own file is whole or not there."""
    draft = file.with_name(f"{file.stem}-in-making{file.suffix}")
    for leftover in file.parent.glob(f"{draft.name}*"):
        leftover.unlink()
    _make_in_child(os.environ | {"DATABASE_URL": f"sqlite:///{draft}"})
    draft.replace(file)


def _make_in_child(environment: Any) -> None:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo", "--prepare"]
    honouring = {**environment, "HARMONY_HONOUR_GIVEN_MOMENTS": "1", "HARMONY_DEMO": "1"}
    made = subprocess.run(command, env=honouring, check=False)  # noqa: S603 - this very command
    if made.returncode:
        raise CommandError("The demo party could not be made: see above.")


def _file() -> Path | None:
    """Return the demo's database file, or None where it lives on a server."""
    return Path(settings.DATABASES["default"]["NAME"]) if connection.vendor == "sqlite" else None


def _address(addrport: str) -> tuple[str, int]:
    """Return host and port of "8000", "host:8000" or "[::1]:8000"."""
    host, _colon, port = addrport.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port[:6]) < 2**16):
        raise CommandError(f"{addrport} is no ADDRESS:PORT. Try 127.0.0.1:8000.")
    return host.strip("[]") or "127.0.0.1", int(port)


def _welcome(address: str) -> str:
    who = {
        "general": people.GENERAL_SECRETARY,
        "secretary": people.MEDIA_SECRETARY,
        "deputy": people.MEDIA_DEPUTY,
        "member": "siobhan",
        "applicant": people.APPLICANTS[0].key,
    }
    width = max(map(len, who.values())) + len(people.DOMAIN) + 1
    return WELCOME.format(
        address=address,
        password=people.PASSWORD,
        where=_file() or "the database's content",
        **{role: f"{key}@{people.DOMAIN}".ljust(width) for role, key in who.items()},
    )
