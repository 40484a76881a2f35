"""People, votes and ballots to measure with; rows are drawn from a seed, the same in every run."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection

from assemblies.models import Assembly, Kind, Membership, Person
from commons import clock
from voting import keys
from voting.models import Vote
from voting.services import NewOption, open_vote

OPTIONS = 10
LOT = 10_000
DAY = timedelta(days=1)
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def found_party() -> Assembly:
    """The Party: the one there is, or founded now."""
    founded = {"name": "The Party", "slug": "party", "founded_at": clock.now() - 9 * DAY}
    return Assembly.objects.get_or_create(kind=Kind.PARTY, defaults=founded)[0]


def admit(party: Assembly, number: int) -> list[Person]:
    """So many members of the Party."""
    people = [Person(name=f"Voter {n}", email=f"voter{n}@example.org") for n in range(number)]
    Person.objects.bulk_create(people)
    since = party.founded_at
    Membership.objects.bulk_create(
        Membership(person=person, assembly=party, since=since) for person in people
    )
    return people


def sign_in(people: list[Person]) -> list[str]:
    """A session for each, as signing in makes it; return their keys."""
    store, sessions = SessionStore(), []
    for person in people:
        held = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: _BACKEND,
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        key = store._get_new_session_key()
        until = clock.now() + DAY
        sessions.append(
            Session(session_key=key, session_data=store.encode(held), expire_date=until)
        )
    Session.objects.bulk_create(sessions)
    return [session.session_key for session in sessions]


def open_a_vote(party: Assembly, *, is_over: bool = False) -> Vote:
    """A vote of the Party on ten options, that began two days ago and lasts a day or three."""
    opens_at = clock.now() - 2 * DAY
    return open_vote(
        assembly=party,
        question="Where should we be based?",
        options=[NewOption(label=f"Place {n}") for n in range(OPTIONS)],
        opens_at=opens_at,
        closes_at=opens_at + (DAY if is_over else 3 * DAY),
    )


def random_rows() -> Iterator[str]:
    """Rows of scores without end, one in seven of them a blank."""
    drawn = random.Random(1)
    while True:
        yield "".join(drawn.choices("012345-", k=OPTIONS))


def fill(vote: Vote, number: int) -> None:
    """Put so many more electors on the roll, each with a ballot cast.

    In lots, so that what this process holds afterwards is not what a close is measured by.
    """
    key, rows = keys.key_of(vote), random_rows()
    for done in range(0, number, LOT):
        _fill_lot(vote, min(LOT, number - done), key, rows)
    vote.roll_size += number
    vote.save(update_fields=["roll_size"])


def _fill_lot(vote: Vote, number: int, key: bytes, rows: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO voting_elector (vote_id, person)"
            " SELECT %s, gen_random_uuid() FROM generate_series(1, %s) RETURNING person",
            [vote.pk, number],
        )
        people = [person for (person,) in cursor.fetchall()]
        with cursor.copy("COPY voting_ballot (vote_id, pseudonym, scores) FROM STDIN") as copy:
            for person in people:
                copy.write_row((vote.pk, keys.pseudonym(key, vote.pk, person), next(rows)))
