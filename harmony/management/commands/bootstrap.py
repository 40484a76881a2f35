"""Make the first General Secretary of a real party."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from harmony.bootstrap import make_first_general_secretary


class Command(BaseCommand):
    help = (
        "Make the first General Secretary of a party: an account with a verified address, a "
        "membership, and the term of office. Run `migrate` and `seed_party` first. It asks for a "
        "password where there is a terminal; left empty, or without one, the General Secretary "
        "signs in with a code sent by e-mail. Refused while a General Secretary is in post: from "
        "then on the Party elects its own."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="the address they sign in with")
        parser.add_argument("--name", required=True, help="their name, as members will see it")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        call_command("createcachetable", verbosity=0)
        password = self._ask_password() if sys.stdin.isatty() else None
        try:
            person = make_first_general_secretary(email=email, name=name, password=password)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(
            f"{person.name} is the General Secretary, membership number {person.shown_number}."
        )
        if not person.has_usable_password():
            self.stdout.write(
                f"There is no password yet: choose “Send me a code” on the sign-in page and type "
                f"{person.email}."
            )
        self.stdout.write("Then add a passkey or an authenticator app under Me: the admin asks.")

    def _ask_password(self) -> str | None:
        """Ask twice for a good password; an empty one means: by code."""
        while password := getpass.getpass("Password (empty: sign in by code): "):
            try:
                validate_password(password)
            except ValidationError as refusal:
                self.stderr.write("\n".join(refusal.messages))
                continue
            if getpass.getpass("The same again: ") == password:
                return password
            self.stderr.write("The two differ.")
        return None
