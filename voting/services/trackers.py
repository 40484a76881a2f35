"""Publishing ballots under trackers that exist nowhere before the close: 80 random bits each."""

import secrets

from django.db import connection

from voting.models import Vote

TRACKER_BYTES = 10

# gen_random_uuid() is drawn from the system's strong source; six bytes of one and four of another
# are free of a uuid's fixed bits.
_POSTGRESQL_TRACKER = """
upper(encode(substring(uuid_send(gen_random_uuid()) FROM 1 FOR 6)
          || substring(uuid_send(gen_random_uuid()) FROM 13 FOR 4), 'hex'))
"""
# Sorted by what is random, rows tell nothing of the order in which ballots were cast.
_NOTE = """
INSERT INTO voting_trackernote (vote_id, pseudonym, tracker)
SELECT vote_id, pseudonym, {tracker} AS drawn
  FROM voting_ballot WHERE vote_id = %s ORDER BY drawn
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
    tracker = _POSTGRESQL_TRACKER
    if connection.vendor != "postgresql":
        connection.ensure_connection()
        connection.connection.create_function("harmony_tracker", 0, _draw)
        tracker = "harmony_tracker()"
    stored = Vote._meta.pk.get_db_prep_value(vote.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(_NOTE.format(tracker=tracker), [stored])
        cursor.execute(_PUBLISH, [stored])


def _draw() -> str:
    return secrets.token_hex(TRACKER_BYTES).upper()
