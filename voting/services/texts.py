"""A vote's rows as a few long texts: a million ballots, and never many of them in memory."""

from collections.abc import Iterator

from django.db import connection

from voting.models import Vote

CHUNK = 10_000  # lines a text

BALLOTS = ("voting_ballot", "scores")
PUBLISHED = ("voting_publishedballot", "tracker || ',' || scores")

_POSTGRESQL = """
SELECT string_agg(line, E'\\n' ORDER BY place) || E'\\n'
  FROM (SELECT {line} AS line, row_number() OVER (ORDER BY {line} COLLATE "C") AS place
          FROM {table} WHERE vote_id = %s) AS sorted
 GROUP BY (place - 1) / {chunk}
 ORDER BY (place - 1) / {chunk}
"""
_SQLITE = "SELECT {line} FROM {table} WHERE vote_id = %s ORDER BY {line}"


def texts_of(lines: tuple[str, str], vote: Vote) -> Iterator[str]:
    """Give the vote's lines, sorted as bytes, each with its line feed, many in one text.

    `lines` are BALLOTS, a row of scores each, or PUBLISHED, as in the published file. To be used
    inside a transaction, which holds the database's cursor.
    """
    table, line = lines
    # A cursor that stays with the database: fetched at once, all texts together would be large.
    with connection.chunked_cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL.format(table=table, line=line, chunk=CHUNK), [vote.pk])
            yield from (text for (text,) in iter(cursor.fetchone, None))
            return
        cursor.execute(_SQLITE.format(table=table, line=line), [vote.pk.hex])
        while rows := cursor.fetchmany(CHUNK):
            yield "".join(f"{line}\n" for (line,) in rows)
