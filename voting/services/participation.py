"""Who took part: found from the key at the close, for all at once, and checked with the roll."""

import logging
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db import connection

from voting import keys
from voting.models import Ballot, Elector, Vote
from voting.refusals import CloseRefusedError, KeyUnavailableError

logger = logging.getLogger("voting")

Pseudonym = Callable[[uuid.UUID], bytes]

CHUNK = 10_000  # electors at a time, in the order of their uuids

# LIMIT and BETWEEN hold the planner to the two keys: a chunk reads its own rows and no others.
_POSTGRESQL = """
UPDATE voting_elector AS elector
   SET participated = ballot.found IS NOT NULL
  FROM unnest(%(people)s::uuid[], %(pseudonyms)s::bytea[]) AS mine (person, pseudonym)
  LEFT JOIN LATERAL (
       SELECT true AS found FROM voting_ballot
        WHERE vote_id = %(vote)s AND pseudonym = mine.pseudonym LIMIT 1) AS ballot ON true
 WHERE elector.vote_id = %(vote)s AND elector.person BETWEEN %(first)s AND %(last)s
   AND elector.person = mine.person
"""
_SQLITE = """
UPDATE voting_elector
   SET participated = EXISTS (
       SELECT 1 FROM voting_ballot AS ballot
        WHERE ballot.vote_id = voting_elector.vote_id
          AND ballot.pseudonym = harmony_pseudonym(voting_elector.person))
 WHERE vote_id = %s
"""


def settle(vote: Vote) -> int:
    """Fill `participated` for the whole roll, and return the number of ballots.

    CloseRefusedError where there are more ballots than electors or a ballot nobody on the roll
    can have cast. Without the key counting goes on, who took part stays empty, and the alarm is
    raised.
    """
    ballots = Ballot.objects.filter(vote=vote).count()
    electors = Elector.objects.filter(vote=vote).count()
    if ballots > electors:
        raise CloseRefusedError(f"Vote {vote.pk}: {ballots} ballots for {electors} electors.")
    try:
        key = keys.key_of(vote)
    except KeyUnavailableError as error:
        logger.critical("ALARM: vote %s is counted without its key. %s", vote.pk, error)
        return ballots
    mark = _mark_postgresql if connection.vendor == "postgresql" else _mark_sqlite
    mark(vote, partial(keys.pseudonym, key, vote.pk))
    voters = Elector.objects.filter(vote=vote, participated=True).count()
    if voters != ballots:
        raise CloseRefusedError(f"Vote {vote.pk}: {ballots} ballots of {voters} electors.")
    return ballots


def _roll(vote: Vote) -> Iterator[list[uuid.UUID]]:
    people = Elector.objects.filter(vote=vote).order_by("person").values_list("person", flat=True)
    chunk = list(people[:CHUNK])
    while chunk:
        yield chunk
        chunk = list(people.filter(person__gt=chunk[-1])[:CHUNK])


def _mark_postgresql(vote: Vote, pseudonym: Pseudonym) -> None:
    """Pseudonyms pass through in chunks and are written nowhere beside their people."""
    with connection.cursor() as cursor:
        for people in _roll(vote):
            # Arrays as PostgreSQL reads them: a million parameters would take longer to adapt.
            pseudonyms = ",".join(rf'"\\x{pseudonym(person).hex()}"' for person in people)
            values: dict[str, Any] = {
                "people": "{" + ",".join(person.hex for person in people) + "}",
                "pseudonyms": "{" + pseudonyms + "}",
                "first": people[0],
                "last": people[-1],
                "vote": vote.pk,
            }
            cursor.execute(_POSTGRESQL, values)


def _mark_sqlite(vote: Vote, pseudonym: Pseudonym) -> None:
    connection.ensure_connection()
    connection.connection.create_function(
        "harmony_pseudonym", 1, lambda person: pseudonym(uuid.UUID(person))
    )
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE, [vote.pk.hex])
