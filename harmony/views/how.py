"""How it works, for everybody: the way of a matter, the counting of a vote, the words."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assemblies.models import Limit
from commons import clock
from consensus.models import Phase
from harmony.how import example, spirits, ties, words
from voting.forms import ScoreForm


@login_not_required
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    limits = {name.value: Limit.objects.value_at(name, at) for name in Limit.Name}
    return render(request, "harmony/how/how.html", {"limits": limits, "steps": _steps()})


def _steps() -> list[dict[str, Any]]:
    """A matter in the middle of its debate, as its stepper would show it."""
    notes = (_("Talk and proposals"), _("For and against"), _("A STAR vote"), "")
    states = ("done", "now", "next", "next")
    return [
        {"name": phase.label, "state": state, "note": note, "part": 0.5}
        for phase, state, note in zip(Phase, states, notes, strict=True)
    ]


@login_not_required
@require_safe
def how_star(request: HttpRequest) -> HttpResponse:
    """The counting of a vote, with one to try: what is scored stands in the query alone."""
    form = example.form_of(request.GET)
    is_wrong = form.is_bound and not form.is_valid()
    context = {
        "form": form,
        "question": example.QUESTION,
        "ballots": example.ballots(),
        "tries": example.tries(),
        "spirits": spirits.told(),
        **({} if is_wrong or "clear" in request.GET else _counted(form)),
    }
    return render(request, "harmony/how/star.html", context, status=422 if is_wrong else 200)


def _counted(form: ScoreForm) -> dict[str, Any]:
    """The nine ballots counted with the reader's; nothing before one is sent."""
    if not form.is_bound:
        return {}
    row = example.row_of(form)
    without, together = example.counted(example.ROWS), example.counted([*example.ROWS, row])
    return {"result": together, "mine": row, "own": example.own_part(row, without, together)}


@login_not_required
@require_safe
def how_ties(request: HttpRequest) -> HttpResponse:
    context = {
        "scoring": ties.told(ties.SCORING),
        "runoff": ties.told(ties.RUNOFF),
        "draw": ties.draw(),
    }
    return render(request, "harmony/how/ties.html", context)


@login_not_required
@require_safe
def how_words(request: HttpRequest) -> HttpResponse:
    return render(request, "harmony/how/words.html", {"words": words.in_order()})
