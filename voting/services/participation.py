"""Who took part: found from the key at the close, for all at once, and checked with the roll."""

import json
import logging
import uuid

from django.db import connection

from voting import keys
from voting.models import Ballot, Elector, Vote
from voting.refusals import CloseRefusedError, KeyUnavailableError

logger = logging.getLogger("voting")

_POSTGRESQL = """
UPDATE voting_elector SET participated = (person = ANY(%s)) WHERE vote_id = %s
"""
_SQLITE = """
UPDATE voting_elector SET participated = (person IN (SELECT value FROM json_each(%s)))
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
        voters = _voters(vote, keys.key_of(vote))
    except KeyUnavailableError as error:
        logger.critical("ALARM: vote %s is counted without its key. %s", vote.pk, error)
        return ballots
    if len(voters) != ballots:
        raise CloseRefusedError(f"Vote {vote.pk}: {ballots} ballots of {len(voters)} electors.")
    _mark(vote, voters)
    return ballots


def _voters(vote: Vote, key: bytes) -> list[uuid.UUID]:
    """The electors whose pseudonym stands on a ballot."""
    rows = Ballot.objects.filter(vote=vote).values_list("pseudonym", flat=True)
    cast = {bytes(pseudonym) for pseudonym in rows.iterator(chunk_size=10_000)}
    people = Elector.objects.filter(vote=vote).values_list("person", flat=True)
    return [
        person
        for person in people.iterator(chunk_size=10_000)
        if keys.pseudonym(key, vote.pk, person) in cast
    ]


def _mark(vote: Vote, voters: list[uuid.UUID]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL, [voters, vote.pk])
        else:
            cursor.execute(_SQLITE, [json.dumps([voter.hex for voter in voters]), vote.pk.hex])
