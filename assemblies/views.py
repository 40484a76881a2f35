"""The list of assemblies, joining and leaving. The assembly's own page draws on all rooms."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assemblies import services
from assemblies.counts import people_counts
from assemblies.forms import FilterForm
from assemblies.map import map_of
from assemblies.models import Assembly
from assemblies.tree import Node, tree_at
from commons import clock
from commons.access import get_or_deny
from commons.http import see_other

PAGE = 50
# So many groups of each committee have their names on the map.
ON_THE_MAP = 5


@login_not_required
@require_safe
def assemblies(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    form = FilterForm(request.GET)
    chosen = _chosen(form)
    if not chosen:
        tree = tree_at(at)
        is_map = request.GET.get("view") == "map" and tree.party is not None
        drawn = map_of(tree, shown=ON_THE_MAP) if is_map else None
        context = {"filter": form, "tree": tree, "map": drawn}
        return render(request, "assemblies/list.html", context)
    counts = people_counts(at)
    page = Paginator(_matching(chosen, at), PAGE).get_page(request.GET.get("page"))
    nodes = [Node(found, counts.get(found.pk, 0)) for found in page]
    return render(request, "assemblies/list.html", {"filter": form, "page": page, "nodes": nodes})


@require_http_methods(["GET", "HEAD", "POST"])
def join_assembly(request: HttpRequest, slug: str) -> HttpResponse:
    assembly = get_or_deny(request, "assemblies.join_assembly", Assembly, slug=slug)
    words = _("You are in the %(assembly)s. In its votes you have one ballot like everybody.")
    return _act(request, assembly, "assemblies/join.html", services.join_assembly, words)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_assembly(request: HttpRequest, slug: str) -> HttpResponse:
    assembly = get_or_deny(request, "assemblies.leave_assembly", Assembly, slug=slug)
    words = _("You have left the %(assembly)s. You can join it again at any time.")
    return _act(request, assembly, "assemblies/leave.html", services.leave_assembly, words)


def _act(
    request: HttpRequest,
    assembly: Assembly,
    template: str,
    service: Callable[..., object],
    words: str,
) -> HttpResponse:
    """Ask on GET; on POST do it and go to the assembly's page, or say why not (422)."""
    if request.method != "POST":
        return render(request, template, {"assembly": assembly})
    try:
        service(assembly=assembly, by=request.user)
    except ValidationError as refusal:
        context = {"assembly": assembly, "refusals": refusal.messages}
        return render(request, template, context, status=422)
    messages.success(request, words % {"assembly": assembly})
    return see_other(assembly.get_absolute_url())


def _chosen(form: FilterForm) -> dict[str, Any]:
    """Return what the visitor filters by; what does not parse filters nothing."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


def _matching(chosen: dict[str, Any], at: datetime) -> QuerySet[Assembly]:
    """Return the standing assemblies that fit everything chosen."""
    found = Assembly.objects.standing_at(at).order_by("name")
    if "words" in chosen:
        found = found.named(chosen["words"].strip())
    if "kind" in chosen:
        found = found.filter(kind=chosen["kind"])
    if "within" in chosen:
        found = found.filter(pk__in=chosen["within"].groups_at(at))
    return found
