"""Casting a ballot, and changing it: one statement, one row, no trace of whose (D6, D7)."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from assemblies.models import Person
from commons import clock
from commons.moments import in_words
from voting import keys
from voting.models import Vote
from voting.refusals import KeyUnavailableError, VoteNotOpenError
from voting.tally import BallotError, row_of

# The vote's row is held shared until commit: a close, which holds it alone, comes wholly before or
# wholly after. The clock is asked again once the row is held, since a cast may have waited behind
# a close that failed; asked before as well, latecomers hold nothing up.
_POSTGRESQL = """
WITH held AS MATERIALIZED (
    SELECT vote.id, vote.opens_at, vote.closes_at
      FROM voting_vote AS vote
      JOIN voting_elector AS elector ON elector.vote_id = vote.id
     WHERE vote.id = %(vote)s AND elector.person = %(person)s
       AND vote.closed_at IS NULL AND vote.voided_at IS NULL
       AND vote.closes_at > {now}
       FOR SHARE OF vote
)
INSERT INTO voting_ballot (vote_id, pseudonym, scores)
SELECT held.id, %(pseudonym)s, %(scores)s
  FROM held
 WHERE held.opens_at <= {now}
   AND held.closes_at > {now}
    ON CONFLICT (vote_id, pseudonym) DO UPDATE SET scores = EXCLUDED.scores
"""
# An immediate transaction holds the whole database alone from its first statement on. Moments are
# text there, with six decimals or none: text of the same form compares rightly with either.
_SQLITE = """
INSERT INTO voting_ballot (vote_id, pseudonym, scores)
SELECT vote.id, %(pseudonym)s, %(scores)s
  FROM voting_vote AS vote
  JOIN voting_elector AS elector ON elector.vote_id = vote.id
 WHERE vote.id = %(vote)s AND elector.person = %(person)s
   AND vote.closed_at IS NULL AND vote.voided_at IS NULL
   AND vote.opens_at <= {now}
   AND vote.closes_at > {now}
    ON CONFLICT (vote_id, pseudonym) DO UPDATE SET scores = EXCLUDED.scores
"""
_CLOCKS = {
    "postgresql": "clock_timestamp()",
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now') || '000'",
}


@sensitive_variables()
def cast_ballot(
    *,
    vote: Vote,
    person: Person,
    scores: Mapping[int, int | None] | str,
    at: datetime | None = None,
) -> None:
    """Record the person's ballot, or put it in the place of their earlier one.

    `scores` gives each option's place its score, 0 to 5 or None for blank; or it is the row itself
    ("50-142"). When this returns, the ballot is recorded for good. `vote` may be a paper
    (`papers.paper_of`): only what froze at the opening is read from it.

    ValidationError for a ballot that is none; VoteNotOpenError before the opening and from the
    closing moment on; PermissionDenied for somebody not on the roll; KeyUnavailableError where the
    ballot could not be kept secret and single.
    """
    row = _row_of(vote, scores)
    try:
        key = keys.key_of(vote)
    except KeyUnavailableError:
        _refuse_who_could_not_cast(vote.pk, person, at)
        raise
    if not _upsert(vote, person, keys.pseudonym(key, vote.pk, person.pk), row, at):
        raise _refusal(Vote.objects.get(pk=vote.pk), person, at)


@sensitive_variables()
def _row_of(vote: Vote, scores: Mapping[int, int | None] | str) -> str:
    options = [option.label for option in vote.options.all()]
    if not isinstance(scores, str):
        if set(scores) != set(range(len(options))):
            raise ValidationError(_("This ballot does not fit the options of this vote."))
        marks = [scores[place] for place in range(len(options))]
    try:
        return row_of(scores if isinstance(scores, str) else marks, options, 1)
    except BallotError as error:
        raise ValidationError(_("A score is a number from 0 to 5, or left blank.")) from error


@sensitive_variables()
def _upsert(vote: Vote, person: Person, pseudonym: bytes, row: str, at: datetime | None) -> bool:
    """Write the one row if the vote is open and the person on its roll; commit; say whether."""
    given = _moment(clock.given(at))
    now = _CLOCKS[connection.vendor] if given is None else "%(at)s"
    values: dict[str, Any] = {
        "vote": _as_stored(vote),
        "person": _as_stored(person),
        "at": given,
        "pseudonym": pseudonym,
        "scores": row,
    }
    if connection.vendor == "postgresql":  # one statement is a transaction of its own
        with connection.cursor() as cursor:
            cursor.execute(_POSTGRESQL.format(now=now), values)
            return cursor.rowcount == 1
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_SQLITE.format(now=now), values)
        return cursor.rowcount == 1


def _as_stored(thing: Vote | Person) -> Any:
    return thing._meta.pk.get_db_prep_value(thing.pk, connection)


def _moment(at: datetime | None) -> datetime | str | None:
    if at is None or connection.vendor == "postgresql":
        return at
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _refuse_who_could_not_cast(pk: uuid.UUID, person: Person, at: datetime | None) -> None:
    """Without a key: tell the late and the strangers what they would be told with it."""
    vote = Vote.objects.get(pk=pk)
    if not (vote.has_elector(person.pk) and vote.is_open_at(clock.settle(at))):
        raise _refusal(vote, person, at)


def _refusal(vote: Vote, person: Person, at: datetime | None) -> Exception:
    """Why no row was written: the roll, which never changes, tells which of the two it is."""
    if not vote.has_elector(person.pk):
        return PermissionDenied(_("You are not on the roll of this vote."))
    return not_open(vote, clock.settle(at))


def not_open(vote: Vote, at: datetime) -> VoteNotOpenError:
    """Say in words why the vote takes no ballots at that moment."""
    if vote.voided_at is not None:
        return VoteNotOpenError(_("This vote was declared void, and takes no ballots."))
    if at < vote.opens_at:
        words = _("This vote opens at %(moment)s. Nothing was recorded.")
        return VoteNotOpenError(words % {"moment": in_words(vote.opens_at)})
    words = _(
        "This vote closed at %(moment)s. Nothing was recorded now; "
        "a ballot you recorded before then is counted."
    )
    return VoteNotOpenError(words % {"moment": in_words(vote.closes_at)})
