"""Closing a vote: count, publish, forget who cast what. All of it or nothing (D6, D8)."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from commons import clock
from commons.moments import in_words
from record.services import enter
from voting import lots, publication, star
from voting.models import Ballot, PublishedBallot, Vote
from voting.publication import FEWEST_FOR_COUNTS, Extent
from voting.refusals import CloseRefusedError, VoteBusyError
from voting.services import participation, trackers
from voting.signals import vote_closed
from voting.spirit import Spirit

logger = logging.getLogger("voting")

CHUNK = 10_000


def close_due_votes(*, at: datetime | None = None) -> int:
    """Close every vote whose closing moment has passed; return how many this call closed.

    One that somebody else is closing is left to them, and one that cannot be closed raises the
    alarm and does not hold up the others.
    """
    moment = clock.settle(at)
    due = Vote.objects.due_to_close_at(moment).values_list("pk", flat=True)
    return sum(_close_due(pk, moment) for pk in list(due))


def close_if_due(*, vote: Vote, at: datetime | None = None) -> bool:
    """Close the vote if it is due, as `close_due_votes` would; return whether this call did."""
    moment = clock.settle(at)
    is_due = Vote.objects.due_to_close_at(moment).filter(pk=vote.pk).exists()
    return is_due and _close_due(vote.pk, moment)


def _close_due(pk: uuid.UUID, at: datetime) -> bool:
    try:
        return _close_once(pk, at, wait=False)[1]
    except (VoteBusyError, OperationalError) as error:
        logger.warning("Vote %s waits for another time to close: %r", pk, error)
    except Exception:  # whatever it is, the next vote must still be closed
        logger.critical("ALARM: vote %s cannot be closed.", pk, exc_info=True)
        _leave_in_peace(pk, at)
    return False


def _leave_in_peace(pk: uuid.UUID, at: datetime) -> None:
    """Remember that the close went wrong, so that not every page tries it, and cries, again."""
    with suppress(OperationalError):
        Vote.objects.filter(pk=pk, closed_at=None).update(close_failed_at=at)


def close_vote(*, vote: Vote, at: datetime | None = None, wait: bool = True) -> Vote:
    """Close the vote if nobody has yet, and return it with its result.

    The close commits by itself, so this may not be called inside another transaction; the news
    `vote_closed` follows. Without `wait`, VoteBusyError where somebody else holds the vote.
    ValidationError before the closing moment (D7) and for a voided vote; CloseRefusedError where
    ballots and roll do not agree.
    """
    return _close_once(vote.pk, at, wait=wait)[0]


def _close_once(pk: uuid.UUID, at: datetime | None, *, wait: bool) -> tuple[Vote, bool]:
    """Return the closed vote, and whether it was this call that closed it."""
    with transaction.atomic(durable=True):
        vote = _hold(pk, wait=wait)
        if vote.closed_at is not None:
            return vote, False
        moment = clock.settle(at)
        _refuse_early(vote, moment)
        _close(vote, moment)
    vote_closed.send_robust(sender=Vote, vote=vote, at=moment)
    return vote, True


def _hold(pk: uuid.UUID, *, wait: bool) -> Vote:
    """Hold the vote's row alone: casts that hold it shared have committed, new ones wait."""
    try:
        return Vote.objects.select_for_update(nowait=not wait).get(pk=pk)
    except OperationalError as error:
        if wait:
            raise
        raise VoteBusyError from error


def _refuse_early(vote: Vote, at: datetime) -> None:
    if vote.voided_at is not None:
        raise ValidationError(_("This vote was declared void, and is not counted."))
    if at < vote.closes_at:
        words = _("This vote is open until %(moment)s. Nobody can close it early.")
        raise ValidationError(words % {"moment": in_words(vote.closes_at)})


def _close(vote: Vote, at: datetime) -> None:
    ballots = participation.settle(vote)
    extent = publication.extent_of(ballots, counts_only=vote.publication == Vote.Publication.MATRIX)
    if extent is Extent.BALLOTS:
        trackers.publish(vote)
    result = _count(vote, extent)
    lines = publication.canonical_lines(str(vote.pk), result, _published(vote))
    vote.ballots_digest = publication.digest_of(lines)
    vote.result, vote.closed_at = result, at
    _enter(vote, at)
    Ballot.objects.filter(vote=vote).delete()
    _finish(vote)


def _count(vote: Vote, extent: Extent) -> dict[str, Any]:
    """Return the result: the count, the lot, the nonce now told, and the spirit."""
    options = [option.label for option in vote.options.order_by("place")]
    nonce = bytes(vote.nonce)
    rows = lots.rows_digest(_rows(vote) if extent is Extent.BALLOTS else ())
    counted = star.count(
        _rows(vote),
        options,
        seats=vote.seats,
        method=vote.method,
        lot=lots.draw_from_digest(nonce, rows, options),
    )
    told = {
        "extent": extent.value,
        "roll": vote.roll_size,
        "nonce": nonce.hex(),
        "rows_digest": rows.hex(),
        "spirit": _spirit(counted),
    }
    return publication.publishable(counted.to_dict() | told)


def _rows(vote: Vote) -> Iterator[str]:
    """All rows, sorted as bytes."""
    as_bytes = Collate("scores", "C" if connection.vendor == "postgresql" else "BINARY")
    rows = Ballot.objects.filter(vote=vote).order_by(as_bytes).values_list("scores", flat=True)
    return rows.iterator(chunk_size=CHUNK)


def _published(vote: Vote) -> Iterator[tuple[str, str]]:
    ballots = PublishedBallot.objects.filter(vote=vote).order_by("tracker")
    return ballots.values_list("tracker", "scores").iterator(chunk_size=CHUNK)


def _spirit(counted: star.Count) -> list[dict[str, Any]]:
    """How warmly each option was met, in the options' order (A3)."""
    pairs = zip(counted.options, counted.histograms, strict=True)
    spirits = [(name, Spirit.of(row, carried=name in counted.winners)) for name, row in pairs]
    return [
        {
            "label": name,
            "mean": spirit.mean,
            "keen": spirit.keen,
            "cold": spirit.cold,
            "agreement": spirit.agreement,
            "key": spirit.key,
            "carried": spirit.carried,
        }
        for name, spirit in spirits
    ]


def _enter(vote: Vote, at: datetime) -> None:
    result = vote.result or {}
    ballots = result["ballots"]
    enter(
        "vote.close",
        subject=f"vote:{vote.pk}",
        at=at,
        assembly=vote.assembly.slug,
        ballots=ballots if ballots >= FEWEST_FOR_COUNTS or not ballots else None,
        winners=result["winners"],
        extent=result["extent"],
        nonce=result["nonce"],
        ballots_digest=vote.ballots_digest,
        roll_digest=vote.roll_digest,
    )


def _finish(vote: Vote) -> None:
    closed = Vote.objects.filter(pk=vote.pk, closed_at=None).update(
        closed_at=vote.closed_at, result=vote.result, ballots_digest=vote.ballots_digest
    )
    if closed != 1:
        raise CloseRefusedError(f"Vote {vote.pk} was closed by somebody else meanwhile.")
