"""The ballot and its check. The result, which leads on to its decision, draws on more rooms.

A cast writes one table and nothing else: no session, no message, no log line. Reports of errors
keep what was posted out.
"""

import logging
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assemblies.models import Person
from commons import clock
from commons.access import get_or_deny
from commons.answers import conflict
from commons.http import see_other
from voting.forms import SCORES, BallotForm, BallotRow, name_of, read_ballot
from voting.models import Vote
from voting.refusals import KeyUnavailableError, VoteNotOpenError
from voting.services import cast_ballot, close_if_due, current_scores, has_voted, turnout
from voting.services.casting import not_open
from voting.services.papers import paper_of

logger = logging.getLogger("voting")

View = Callable[..., HttpResponse]


class VoterRequest(HttpRequest):
    """A request of somebody signed in."""

    user: Person


def ballot_page(view: View) -> View:
    """A page of the ballot: never kept, never quoted in reports, refusals answered in words."""

    @wraps(view)
    def answer(request: VoterRequest, pk: uuid.UUID) -> HttpResponse:
        try:
            return view(request, pk)
        except PermissionDenied:
            return _not_on_roll(request, pk)
        except VoteNotOpenError as refusal:
            return conflict(request, refusal.messages[0], back=reverse("result", args=[pk]))
        except KeyUnavailableError as error:
            logger.critical("ALARM: ballots cannot be cast. %s", error)
            context = _frame(votes().get(pk=pk))
            return render(request, "voting/no_key.html", context, status=503)

    return never_cache(sensitive_post_parameters()(answer))


def _not_on_roll(request: VoterRequest, pk: uuid.UUID) -> HttpResponse:
    """Say why there is no ballot, to whoever may see the vote; to others there is no such page."""
    vote = get_or_deny(request, "voting.see_vote", votes(), see="voting.see_vote", pk=pk)
    context = _frame(vote) | {
        "belonged": vote.assembly.has_at(request.user, vote.opens_at),
        "belongs": vote.assembly.has_at(request.user, clock.now()),
    }
    return render(request, "voting/not_on_roll.html", context, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
@ballot_page
def ballot(request: VoterRequest, pk: uuid.UUID) -> HttpResponse:
    """The ballot to score; what is posted here is recorded."""
    if request.method == "POST":
        return _record(request, pk)
    vote = _vote_of_voter(request, pk)
    at = clock.now()
    vote = closed_when_due(vote, at)
    if not vote.is_open_at(at):
        return redirect("result", vote.pk)
    scores = current_scores(vote=vote, person=request.user)
    form = BallotForm(vote=vote, person=request.user.pk, scores=scores)
    return _ballot(request, vote, form, changing=scores is not None)


def _record(request: VoterRequest, pk: uuid.UUID) -> HttpResponse:
    """Record what was posted; the one statement that does so asks for itself who may, and when."""
    try:
        vote = paper_of(pk)
    except Vote.DoesNotExist as missing:
        raise Http404 from missing
    try:
        scores = read_ballot(request.POST, vote)
    except ValidationError:
        return _spoilt(request, pk)
    cast_ballot(vote=vote, person=request.user, scores=scores)
    return see_other(reverse("ballot_recorded", args=[pk]))


def _spoilt(request: VoterRequest, pk: uuid.UUID) -> HttpResponse:
    """The ballot again, with what is wrong; to whoever could not cast a good one, why not."""
    vote = _vote_of_voter(request, pk)
    _refuse_when_shut(vote)
    form = BallotForm(request.POST, vote=vote, person=request.user.pk)
    return _ballot(request, vote, form, status=422)


@require_POST
@ballot_page
def check_ballot(request: VoterRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what was scored before anything is recorded; or the ballot again, to change it."""
    vote = _vote_of_voter(request, pk)
    _refuse_when_shut(vote)
    if {"clear", "change"} & request.POST.keys():
        return _ballot(request, vote, _as_sent(request, vote))
    form = BallotForm(request.POST, vote=vote, person=request.user.pk)
    if not form.is_valid():
        return _ballot(request, vote, form, status=422)
    groups = _by_score(form.rows)
    context = _frame(vote) | {
        "form": form,
        "groups": groups,
        "is_all_equal": len(set(form.scores.values())) == 1,
        "replaces": current_scores(vote=vote, person=request.user) is not None,
    }
    return render(request, "voting/check.html", context)


@require_safe
@ballot_page
def ballot_recorded(request: VoterRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that the ballot is recorded: only where it is."""
    vote = _vote_of_voter(request, pk)
    at = clock.now()
    if not has_voted(vote=vote, person=request.user):
        return redirect("ballot", vote.pk)
    context = _frame(vote) | {"is_open": vote.is_open_at(at)}
    return render(request, "voting/recorded.html", context)


def votes() -> QuerySet[Vote]:
    return Vote.objects.select_related("assembly").prefetch_related("options")


def _vote_of_voter(request: VoterRequest, pk: uuid.UUID) -> Vote:
    return get_or_deny(request, "voting.cast_ballot", votes(), pk=pk)


def closed_when_due(vote: Vote, at: datetime) -> Vote:
    """Return the vote, closed by this very page if its moment has passed and nobody has yet."""
    if vote.closed_at is not None or vote.voided_at is not None or at < vote.closes_at:
        return vote
    close_if_due(vote=vote)
    return votes().get(pk=vote.pk)


def _refuse_when_shut(vote: Vote) -> None:
    at = clock.now()
    if not vote.is_open_at(at):
        raise not_open(vote, at)


def _frame(vote: Vote) -> dict[str, Any]:
    """What every page of a vote shows around its content."""
    return {"vote": vote, "back_url": vote.about_url, "back_label": _("Back to the matter")}


def _ballot(
    request: VoterRequest, vote: Vote, form: BallotForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = _frame(vote) | {"form": form, "turnout": turnout(vote), **more}
    return render(request, "voting/ballot.html", context, status=status)


def _as_sent(request: VoterRequest, vote: Vote) -> BallotForm:
    """The ballot with what was scored on the page before, less the option to clear."""
    cleared = request.POST.get("clear")
    marks = ["-"] * len(vote.options.all())
    for option in vote.options.all():
        sent = request.POST.getlist(name_of(option))
        if name_of(option) != cleared and len(sent) == 1 and sent[0] in SCORES:
            marks[option.place] = sent[0]
    return BallotForm(vote=vote, person=request.user.pk, scores="".join(marks))


def _by_score(rows: Sequence[BallotRow]) -> list[tuple[str, list[BallotRow]]]:
    """The rows in groups from 5 to 0, those left blank last; groups without rows left out."""
    groups = [(mark, [row for row in rows if row.chosen == mark]) for mark in [*SCORES][::-1]]
    groups.append(("", [row for row in rows if not row.chosen]))
    return [(mark, rows) for mark, rows in groups if rows]
