"""Make the Party, its core assemblies and their offices."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from harmony.seed import seed_party


class Command(BaseCommand):
    help = (
        "Make the Party and its core assemblies, with their remits, member groups and offices, as "
        "the constitution gives them. Also makes the cache's table. Run it after `migrate`; "
        "running it again changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("createcachetable", verbosity=0)
        made = seed_party()
        words = f"Made {made} assemblies." if made else "Everything is there already."
        self.stdout.write(words)
