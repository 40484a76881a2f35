"""The register of decisions, open to the world (A5)."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from assemblies.models import Assembly
from consensus.models import Decision

PAGE = 20


class RegisterForm(forms.Form):
    """What the register can be narrowed to; anything else typed is ignored."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    assembly = forms.ModelChoiceField(
        Assembly.objects.order_by("name"),
        to_field_name="slug",
        label=_("Assembly"),
        required=False,
        empty_label=_("All assemblies"),
    )


@login_not_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = Decision.objects.in_register_order()
    if chosen.get("q"):
        found = found.found_by(chosen["q"])
    if chosen.get("assembly"):
        found = found.filter(assembly=chosen["assembly"])
    page = list(found.before(request.GET.get("before", ""))[: PAGE + 1])
    context = {
        "form": form,
        "decisions": page[:PAGE],
        "older": page[PAGE - 1].pk if len(page) > PAGE else None,
    }
    return render(request, "consensus/decisions.html", context)
