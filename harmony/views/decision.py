"""The page of a decision, open to the world (A5)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commons.access import allowed
from consensus.models import Decision
from voting.telling import outcome


@login_not_required
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    source = Decision.objects.select_related("assembly", "matter", "vote", "proposal__author")
    found = get_object_or_404(source, pk=pk)
    result = found.vote.result if found.vote else None
    context = {
        "decision": found,
        "sees_matter": allowed(request, "consensus.see_matter", found.matter),
        "options": sorted(
            found.enthusiasm, key=lambda option: (not option["carried"], -option["total"])
        ),
        "outcome": outcome(result) if result else [],
    }
    return render(request, "harmony/decision.html", context)
