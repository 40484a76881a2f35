"""Speaking and proposing."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.requests import PersonRequest
from commons import clock
from commons.access import allowed, get_or_deny
from commons.answers import add_refusal, conflict, render_form
from commons.http import see_other, sent
from consensus import services
from consensus.forms import ProposalForm
from consensus.models import Contribution, Matter, Proposal
from consensus.views.context import PAGE, talk_form


def _matter(request: PersonRequest, permission: str, pk: int) -> Matter:
    source = Matter.objects.select_related("assembly", "raised_by")
    return get_or_deny(request, permission, source, see="consensus.see_matter", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: PersonRequest, pk: int) -> HttpResponse:
    """Speak; with `reply_to`, on a page of its own that shows what is answered."""
    matter = _matter(request, "consensus.speak", pk)
    answered = _answered(request, matter)
    form = talk_form(matter, clock.now(), sent(request), is_reply=answered is not None)
    if form is None:
        words = _("Talk on this matter has ended: its vote has opened. Nothing you wrote was sent.")
        return conflict(request, words, back=matter.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            said = services.speak(
                matter=matter, by=request.user, reply_to=answered, **form.cleaned_data
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return see_other(said.get_absolute_url())
    context = {"matter": matter, "answered": answered}
    return render_form(request, "consensus/say.html", context, form)


def _answered(request: PersonRequest, matter: Matter) -> Contribution | None:
    """Return the contribution that is being answered, None for a speech of its own."""
    typed = request.POST.get("reply_to") or request.GET.get("reply_to") or ""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        raise Http404
    said = matter.contributions.select_related("author", "reply_to")
    return get_object_or_404(said, pk=int(typed))


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: PersonRequest, pk: int) -> HttpResponse:
    matter = _matter(request, "consensus.put_forward", pk)
    if not matter.is_open_for_proposals_at(clock.now()):
        words = _("The vote on this matter has opened, so its options can no longer change.")
        return conflict(request, words, back=matter.get_absolute_url())
    form = ProposalForm(sent(request), matter=matter)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.put_forward(matter=matter, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return see_other(made.get_absolute_url())
    return render_form(request, "consensus/propose.html", {"matter": matter}, form)


@require_safe
def proposal(request: PersonRequest, matter_pk: int, pk: int) -> HttpResponse:
    matter = _matter(request, "consensus.see_matter", matter_pk)
    found = get_object_or_404(Proposal.objects.select_related("author"), matter=matter, pk=pk)
    speeches = found.contributions.speeches().select_related("author").order_by("-said_at", "-pk")
    context = {
        "matter": matter,
        "proposal": found,
        "speeches": speeches[:PAGE],
        "others": matter.proposals.exclude(pk=pk),
        "belongs": allowed(request, "consensus.speak", matter),
        "phase": matter.phase_at(clock.now()),
    }
    return render(request, "consensus/proposal.html", context)
