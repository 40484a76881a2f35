"""A matter, its history, and raising one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.models import Assembly
from assemblies.requests import PersonRequest
from commons import clock
from commons.access import get_or_deny
from commons.answers import add_refusal, render_form
from commons.http import see_other, sent
from consensus import history, services
from consensus.forms import RaiseForm
from consensus.models import Matter
from consensus.views.context import matter_page


@require_http_methods(["GET", "HEAD", "POST"])
def raise_matter(request: PersonRequest, slug: str) -> HttpResponse:
    assembly = get_or_deny(request, "consensus.raise_matter", Assembly, slug=slug)
    form = RaiseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if "check" in request.POST:
            return render(
                request,
                "consensus/raise_check.html",
                {"assembly": assembly, "form": form, "answers": form.cleaned_data},
            )
        if "change" not in request.POST:
            try:
                raised = services.raise_matter(
                    assembly=assembly, by=request.user, **form.cleaned_data
                )
            except ValidationError as refusal:
                add_refusal(form, refusal)
            else:
                return see_other(raised.get_absolute_url())
    return render_form(request, "consensus/raise.html", {"assembly": assembly}, form)


def _matter(request: PersonRequest, pk: int, permission: str = "consensus.see_matter") -> Matter:
    source = Matter.objects.select_related("assembly", "raised_by", "divided_by", "called_by")
    return get_or_deny(request, permission, source, see="consensus.see_matter", pk=pk)


@require_safe
def matter(request: PersonRequest, pk: int) -> HttpResponse:
    found = _matter(request, pk)
    at = clock.now()
    if request.htmx and "since" in request.GET:
        return _news(request, found)
    context: dict[str, Any] = matter_page(request, found, at)
    return render(request, "consensus/matter.html", context)


def _news(request: PersonRequest, found: Matter) -> HttpResponse:
    """Answer the page's poll: 204 while nothing is new, else a line that says how much is."""
    since = request.GET["since"]
    newest = int(since) if since.isascii() and since.isdigit() and len(since) < 18 else 0
    new = found.contributions.filter(pk__gt=newest).count()
    if not new:
        return HttpResponse(status=204)
    return render(request, "consensus/matter.html#news", {"matter": found, "new": new})


@require_safe
def matter_history(request: PersonRequest, pk: int) -> HttpResponse:
    found = _matter(request, pk)
    context = {"matter": found, "steps": history.steps_of(found, at=clock.now())}
    return render(request, "consensus/history.html", context)
