"""Declaring a division, and calling debate and vote."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assemblies.requests import PersonRequest
from commons import clock
from commons.access import get_or_deny
from commons.answers import add_refusal, conflict, render_form
from commons.http import see_other, sent
from consensus import services
from consensus.forms import CallForm, DivisionForm
from consensus.models import Matter, Phase
from consensus.times import default_times


def _matter(request: PersonRequest, permission: str, pk: int) -> Matter:
    source = Matter.objects.select_related("assembly")
    return get_or_deny(request, permission, source, see="consensus.see_matter", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def declare_division(request: PersonRequest, pk: int) -> HttpResponse:
    matter = _matter(request, "consensus.declare_division", pk)
    if matter.divided_at is not None or matter.phase_at(clock.now()) != Phase.DISCUSSION:
        words = _("A division has been declared on this matter already. There is nothing to do.")
        return conflict(request, words, back=matter.get_absolute_url())
    form = DivisionForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.declare_division(matter=matter, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The division is declared. The Secretary has been told."))
            return see_other(matter.get_absolute_url())
    context = {"matter": matter, "has_proposals": matter.proposals.exists()}
    return render_form(request, "consensus/divide.html", context, form)


@require_http_methods(["GET", "HEAD", "POST"])
def call_debate(request: PersonRequest, pk: int) -> HttpResponse:
    matter = _matter(request, "consensus.call_debate", pk)
    if matter.divided_at is None or matter.debate_opens_at is not None:
        words = _(
            "Debate and vote are called once, after a division. The matter’s page says where it is."
        )
        return conflict(request, words, back=matter.get_absolute_url())
    times = default_times(matter, clock.now())
    form = CallForm(sent(request), initial=CallForm.proposed(times))
    if request.method == "POST" and form.is_valid():
        try:
            services.call_debate(matter=matter, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Debate and vote are called. Everybody has been told."))
            return see_other(matter.get_absolute_url())
    return render_form(request, "consensus/call.html", {"matter": matter}, form)
