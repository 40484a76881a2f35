"""Writing the decision that a closed vote has reached (A3, D8)."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from commons import clock
from commons.each import count_done
from consensus.models import Decision, Matter, Proposal
from consensus.steps import enter_step
from notices.services import tell
from voting.models import Option, Vote
from voting.spirit import Spirit


def write_due_decisions(*, at: datetime | None = None) -> int:
    """Write the outcome of every matter whose vote is closed; return how many were written.

    Idempotent: whoever comes second finds the matter ended.
    """
    at = clock.settle(at)
    counted = Matter.objects.counted().select_related("assembly", "vote")
    return count_done(partial(_end, at=at), list(counted))


@transaction.atomic
def _end(matter: Matter, *, at: datetime) -> bool:
    vote = matter.vote
    if vote is None or vote.result is None:
        return False
    # The decision holds from the moment the vote closed, however late this is written.
    ended = Matter.objects.filter(pk=matter.pk, ended_at=None).update(ended_at=vote.closes_at)
    if ended != 1:
        return False
    if vote.result["winners"]:
        _decide(matter, vote, at)
    else:  # nobody voted: nothing is decided out of nothing
        enter_step("matter.end_without_decision", matter, at=at, vote=str(vote.pk))
    return True


def _decide(matter: Matter, vote: Vote, at: datetime) -> None:
    winner = _winner(vote)
    proposal = Proposal.objects.filter(matter=matter, title=winner.label).first()
    if winner.stands_last:
        proposal = None
    decision = Decision.objects.create(
        matter=matter,
        assembly=matter.assembly,
        vote=vote,
        proposal=proposal,
        title=proposal.title if proposal else matter.question,
        text=proposal.text if proposal else "",
        text_html=proposal.text_html if proposal else "",
        decided_at=vote.closes_at,
        means=Decision.Means.VOTE,
        enthusiasm=_enthusiasm(vote),
    )
    enter_step("decision.reach", matter, at=at, decision=decision.pk, title=decision.title)
    _tell_everybody(decision, vote, at)


def _winner(vote: Vote) -> Option:
    """Return the option carried; the vote's result names it by its label."""
    label = (vote.result or {})["winners"][0]
    return vote.options.get(label=label)


def _enthusiasm(vote: Vote) -> list[dict[str, Any]]:
    """Return how warmly each option was met, in ballot order.

    Under three ballots the outcome is all that is told of a vote, so nothing is kept either.
    """
    result = vote.result or {}
    if not result.get("totals"):
        return []
    winner = result["winners"][0]
    columns = zip(result["options"], result["totals"], result["histograms"], strict=True)
    return [
        {"label": label, "total": total, "histogram": histogram, "carried": label == winner}
        | _spirit(histogram, carried=label == winner)
        for label, total, histogram in columns
    ]


def _spirit(histogram: list[int], *, carried: bool) -> dict[str, Any]:
    spirit = Spirit.of(histogram, carried=carried)
    return {
        "mean": spirit.mean,
        "keen": spirit.keen,
        "cold": spirit.cold,
        "agreement": spirit.agreement,
        "words": spirit.words,
    }


def _tell_everybody(decision: Decision, vote: Vote, at: datetime) -> None:
    tell(
        "decided",
        vote.electors.values_list("person", flat=True),
        url=decision.get_absolute_url(),
        at=at,
        title=decision.title,
        carried=decision.proposal is not None,
    )
