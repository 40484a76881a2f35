"""Closing a vote: count, publish, forget who cast what. All of it or nothing (D6, D8)."""

import hashlib
import logging
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from commons import clock
from commons.moments import in_words
from record.services import enter
from voting import lots, publication, star
from voting.models import Ballot, Vote
from voting.publication import FEWEST_FOR_COUNTS, Extent
from voting.refusals import CloseRefusedError, VoteBusyError
from voting.services import participation, trackers
from voting.services.texts import BALLOTS, PUBLISHED, texts_of
from voting.signals import vote_closed
from voting.spirit import Spirit
from voting.tally import Tally

logger = logging.getLogger("voting")


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
    head = publication.canonical_lines(str(vote.pk), result)
    published = texts_of(PUBLISHED, vote) if extent is Extent.BALLOTS else ()
    vote.ballots_digest = publication.digest_of(chain(head, published))
    vote.result, vote.closed_at = result, at
    _enter(vote, at)
    Ballot.objects.filter(vote=vote).delete()
    _finish(vote)


def _count(vote: Vote, extent: Extent) -> dict[str, Any]:
    """Return the result: the count, the lot, the nonce now told, and the spirit."""
    options = [option.label for option in vote.options.order_by("place")]
    nonce, rows = bytes(vote.nonce), hashlib.sha256()
    tally = Tally.of_texts(_digested(texts_of(BALLOTS, vote), rows), options)
    if extent is not Extent.BALLOTS:  # nobody could draw again a lot from rows nobody may see
        rows = hashlib.sha256()
    lot = lots.draw_from_digest(nonce, rows.digest(), options)
    counted = _counted(vote, tally, lot)
    told = {
        "extent": extent.value,
        "roll": vote.roll_size,
        "nonce": nonce.hex(),
        "rows_digest": rows.hexdigest(),
        "spirit": _spirit(counted),
    }
    return publication.publishable(counted.to_dict() | told)


def _counted(vote: Vote, tally: Tally, lot: Sequence[str]) -> star.Count:
    if vote.method != "proportional":
        return star.count_tally(tally, seats=vote.seats, method=vote.method, lot=lot)
    piles = Counter(row for text in texts_of(BALLOTS, vote) for row in text.split())
    return star.count_piles(piles, tally.options, seats=vote.seats, method=vote.method, lot=lot)


def _digested(texts: Iterable[str], digest: "hashlib._Hash") -> Iterator[str]:
    """Hand the texts on, and to the digest."""
    for text in texts:
        digest.update(text.encode("ascii"))
        yield text


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
