"""The people of the demo party: everybody in `people.csv`, by what stories call them.

Its days count from the day the demo is made. `groups` are short names of `harmony.demo.groups`:
"media" for somebody who joined soon after being admitted, "media@-60" for sixty days ago,
"media@-60..-20" for somebody who left again.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOMAIN = "harmony.example"
PASSWORD = "harmony-demo-party"  # noqa: S105 - printed, and shown on the page that says who is who

GENERAL_SECRETARY = "gwen"
MEDIA_SECRETARY = "adaeze"
MEDIA_DEPUTY = "callum"
LATE_TO_MEDIA = "farah"
"""Joined the Media Working Group after its vote had opened, so has no ballot in it (B7)."""

_GROUP = re.compile(r"(?P<name>\w+)(@(?P<since>-\d+)(\.\.(?P<until>-\d+))?)?")


@dataclass(frozen=True)
class Joining:
    """A group somebody joined; `since` and `until` are days, None for soon, and for never."""

    group: str
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True)
class Somebody:
    """One person of the demo: the first part of the address is how stories call them."""

    key: str
    name: str
    admitted: int | None = None
    left: int | None = None
    lives: str = ""
    groups: tuple[Joining, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


def _everybody() -> Iterator[Somebody]:
    with Path(__file__).with_name("people.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Somebody(
                key=row["key"],
                name=row["name"],
                admitted=_day(row["admitted"]),
                left=_day(row["left"]),
                lives=row["lives"],
                groups=tuple(_joinings(row["groups"])),
            )


def _joinings(words: str) -> Iterator[Joining]:
    for found in _GROUP.finditer(words):
        yield Joining(found["name"], _day(found["since"]), _day(found["until"]))


def _day(typed: str | None) -> int | None:
    return int(typed) if typed else None


EVERYBODY = tuple(_everybody())
MEMBERS = tuple(somebody for somebody in EVERYBODY if somebody.admitted is not None)
APPLICANTS = tuple(somebody for somebody in EVERYBODY if somebody.admitted is None)
