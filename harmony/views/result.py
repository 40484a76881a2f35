"""The page of a result, open to the world (A5), which leads on to what was decided."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commons import clock
from commons.access import allowed
from consensus.models import Decision
from voting import telling
from voting.models import Vote
from voting.views import closed_when_due, votes


@login_not_required
@require_safe
def result(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the result; before the close only when it appears."""
    at = clock.now()
    vote = closed_when_due(get_object_or_404(votes(), pk=pk), at)
    context = {"vote": vote, "may_see": allowed(request, "voting.see_vote", vote)}
    if not allowed(request, "voting.see_result", vote):
        context |= {"is_over": vote.closes_at <= at}
        return render(request, "voting/result_awaited.html", context)
    context |= {"decision": Decision.objects.filter(vote=vote).first()}
    return render(request, "voting/result.html", context | _told(vote))


def _told(vote: Vote) -> dict[str, Any]:
    """Tell the result in words and tables."""
    kept = vote.result or {}
    last = {option.label for option in vote.options.all() if option.stands_last}
    return {
        "result": kept,
        "outcome": telling.outcome(kept),
        "options": telling.options(kept),
        "runoff": telling.runoff(kept),
        "head_to_head": telling.head_to_head(kept, last=last),
        "ties": telling.ties(kept),
        "turnout_percent": round(100 * kept["ballots"] / kept["roll"]) if kept["roll"] else 0,
    }
