"""The page of an assembly, which draws on several rooms."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assemblies.map import map_of
from assemblies.models import Assembly
from assemblies.tree import SHOWN_GROUPS, tree_at
from commons import clock
from commons.access import allowed
from consensus.models import Decision, Matter, Phase
from secretaries.organisers import organisers_at

DECISIONS = 5


@login_not_required
@require_safe
def assembly(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Assembly, slug=slug)
    at = clock.now()
    is_member = allowed(request, "consensus.see_matter")
    decided = Decision.objects.in_register_order().filter(assembly=found)
    context: dict[str, Any] = {
        "assembly": found,
        "at": at,
        "people_count": found.people_at(at).count(),
        **_groups(found, at),
        "committees": found.committees_at(at),
        "organisers": organisers_at(found, at),
        "phases": _phases(found, at) if is_member else [],
        "sees_matters": is_member,
        "decisions": decided[:DECISIONS],
        "map": map_of(tree_at(at, with_people=False), here=found),
        "more_decisions": decided[DECISIONS : DECISIONS + 1].exists(),
        **_belonging(request, found, at),
    }
    return render(request, "harmony/assembly.html", context)


def _groups(found: Assembly, at: Any) -> dict[str, Any]:
    """The first groups of a committee, and how many it has in all."""
    groups = list(found.groups_at(at)) if found.is_committee else []
    return {"groups": groups[:SHOWN_GROUPS], "group_count": len(groups)}


def _phases(found: Assembly, at: Any) -> list[tuple[Phase, list[Matter]]]:
    """Matters under way, those nearest to a decision first."""
    matters = (
        Matter.objects.under_way()
        .filter(assembly=found)
        .annotate(proposal_count=Count("proposals", distinct=True))
        .select_related("raised_by")
        .order_by("-raised_at")
    )
    by_phase: dict[Phase, list[Matter]] = {}
    for matter in matters:
        by_phase.setdefault(matter.phase_at(at), []).append(matter)
    order = (Phase.RESOLUTION, Phase.DEBATE, Phase.DISCUSSION)
    return [(phase, by_phase[phase]) for phase in order if phase in by_phase]


def _belonging(request: HttpRequest, found: Assembly, at: Any) -> dict[str, Any]:
    """How this visitor belongs, and whether they can join, leave or raise a matter."""
    if not request.user.is_authenticated:
        return {"belongs": False}
    through = []
    if found.is_committee:
        groups = found.groups_at(at)
        through = list(groups.filter(memberships__in=request.user.memberships.current_at(at)))
    belongs = allowed(request, "consensus.raise_matter", found)
    return {
        "belongs": belongs,
        "through": through,
        "can_join": not belongs
        and found.can_be_joined
        and allowed(request, "assemblies.join_assembly", found),
        "can_leave": belongs and found.can_be_joined,
    }
