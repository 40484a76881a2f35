"""Publishing ballots under trackers that exist nowhere before the close: 80 random bits each."""

import secrets

from django.db import connection

from voting.models import Vote

TRACKER_BYTES = 10

# gen_random_uuid() is drawn from the system's strong source; its first six bytes and its last four
# are free of a uuid's fixed bits. Drawn inside, so that it is drawn once a ballot.
_POSTGRESQL = (
    "uuid_send(gen_random_uuid())",
    "upper(encode(substring(drawn FROM 1 FOR 6) || substring(drawn FROM 13 FOR 4), 'hex'))",
)
_SQLITE = ("harmony_tracker()", "drawn")
# Sorted by what is random, rows tell nothing of the order in which ballots were cast.
_NOTE = """
INSERT INTO voting_trackernote (vote_id, pseudonym, tracker)
SELECT vote_id, pseudonym, {tracker} AS tracker
  FROM (SELECT vote_id, pseudonym, {drawn} AS drawn
          FROM voting_ballot WHERE vote_id = %s) AS ballot
 ORDER BY tracker
"""
_PUBLISH = """
INSERT INTO voting_publishedballot (vote_id, tracker, scores)
SELECT note.vote_id, note.tracker, ballot.scores
  FROM voting_trackernote AS note
  JOIN voting_ballot AS ballot
    ON ballot.vote_id = note.vote_id AND ballot.pseudonym = note.pseudonym
 WHERE note.vote_id = %s
 ORDER BY note.tracker
"""


def publish(vote: Vote) -> None:
    """Draw a tracker for each ballot, note whose it is, and publish the rows in tracker order."""
    drawn, tracker = _POSTGRESQL
    if connection.vendor != "postgresql":
        connection.ensure_connection()
        connection.connection.create_function("harmony_tracker", 0, _draw)
        drawn, tracker = _SQLITE
    stored = Vote._meta.pk.get_db_prep_value(vote.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(_NOTE.format(drawn=drawn, tracker=tracker), [stored])
        cursor.execute(_PUBLISH, [stored])


def _draw() -> str:
    return secrets.token_hex(TRACKER_BYTES).upper()
