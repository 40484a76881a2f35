"""Let somebody back in who lost their address or their second factor."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from assemblies import numbers
from assemblies.models import Person
from harmony.recovery import recover_account


class Command(BaseCommand):
    help = (
        "Take every second factor and the password off an account and end its sessions, so that "
        "its holder can sign in with a code sent by e-mail, to a new address where one is given. "
        "Make sure first that whoever asks is that person. The record says that it was done and "
        "why, for everybody to read for ever: name nobody in the reason."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", help="the account's e-mail address, or a membership number")
        parser.add_argument("--new-address", default="", help="the address they read now")
        parser.add_argument("--reason", required=True, help="how you made sure who asks")

    def handle(self, *args: Any, who: str, new_address: str, reason: str, **options: Any) -> None:
        person = _account(who)
        try:
            recover_account(person=person, words=reason, address=new_address)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(
            f"{person.name} ({person.shown_number or 'no member yet'}) can sign in with a code "
            f"sent to {person.email}. Mail has gone there to say so, and to the address before."
        )


def _account(who: str) -> Person:
    """Return the account meant; CommandError where there is none."""
    try:
        lookup = {"email__iexact": who} if "@" in who else {"number": numbers.clean(who)}
        return Person.objects.get(**lookup)
    except (ValueError, Person.DoesNotExist) as error:
        raise CommandError(f"There is no account {who}.") from error
