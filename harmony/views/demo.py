"""Whom to sign in as: a page that exists in the demo only."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assemblies.models import Assembly, Person
from commons import clock
from commons.http import see_other
from harmony.demo import passing, people, tries
from harmony.demo.making import is_made

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = timedelta(days=1)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Show the people of the demo by what they can do; sign in as one of them with a POST.

    A POST of `go_on` lets time pass for the whole demo party instead. Where the database holds
    anybody but the demo's people there is no such page: nobody can be one of them.
    """
    if not (settings.DEMO and is_made()):
        raise Http404
    if request.method != "POST":
        return render(request, "harmony/demo.html", _context(request))
    if "go_on" in request.POST:
        return _let_time_pass(request)
    return _sign_in(request)


def _sign_in(request: HttpRequest) -> HttpResponse:
    email = request.POST.get("email", "")
    if "\0" in email:
        raise Http404
    person = get_object_or_404(Person, email=email, is_active=True)
    login(request, person, backend=BACKEND)
    words = _("You are signed in as %(name)s.") % {"name": person.name}
    messages.success(request, words)
    return see_other(reverse("home"))


def _let_time_pass(request: HttpRequest) -> HttpResponse:
    """Let a day pass, or whatever is left until the next thing happens, in one matter or in any."""
    passing.let_pass(_span_asked_for(request))
    messages.success(request, _("Time has passed. Everything here is that much longer ago."))
    return see_other(reverse("demo"))


def _span_asked_for(request: HttpRequest) -> timedelta:
    now = clock.now()
    if request.POST["go_on"] == "day":
        return DAY
    waiting = {str(coming.matter): coming for coming in passing.matters_waiting(now)}
    deadline = waiting.get(request.POST.get("matter", ""), passing.next_deadline(now))
    if request.POST["go_on"] != "deadline" or deadline is None:
        raise Http404
    return deadline.at - now


def _context(request: HttpRequest) -> dict[str, Any]:
    at = clock.now()
    name, assembly = (request.GET.get(key, "").replace("\0", "") for key in ("name", "assembly"))
    return {
        "at": at,
        "first": tries.first_tries(at),
        "everybody": tries.everybody(at, name.strip(), assembly),
        "name": name,
        "assembly": assembly,
        "assemblies": Assembly.objects.standing_at(at).order_by("name"),
        "password": people.PASSWORD,
        "deadline": passing.next_deadline(at),
        "waiting": passing.matters_waiting(at),
    }
