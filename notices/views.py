"""Putting away what one has read."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from assemblies.requests import PersonRequest
from commons import clock
from commons.http import see_other
from notices.services import mark_read


@require_POST
def notices_read(request: PersonRequest) -> HttpResponse:
    mark_read(request.user, at=clock.now())
    return see_other(reverse("home"))
