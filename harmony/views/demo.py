"""Whom to sign in as: a page that exists in the demo only."""

from datetime import datetime, timedelta
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

from assemblies.models import Person
from commons import clock
from commons.http import see_other
from harmony.demo import passing, people
from secretaries.models import Office, Term
from secretaries.organisers import terms_in_post
from voting.models import Vote

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = timedelta(days=1)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Show the people of the demo by what they can do; sign in as one of them with a POST.

    A POST of `go_on` lets time pass for the whole demo party instead.
    """
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return render(request, "harmony/demo.html", _context(clock.now()))
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
    """Let a day pass, or whatever is left until the next thing happens by itself."""
    now = clock.now()
    deadline = passing.next_deadline(now)
    to_deadline = request.POST["go_on"] == "deadline" and deadline is not None
    passing.let_pass(deadline.at - now if to_deadline and deadline else DAY)
    messages.success(request, _("Time has passed. Everything here is that much longer ago."))
    return see_other(reverse("demo"))


def _context(at: datetime) -> dict[str, Any]:
    return {
        "at": at,
        "groups": _groups(at),
        "password": people.PASSWORD,
        "deadline": passing.next_deadline(at),
    }


def _groups(at: datetime) -> list[tuple[str, str, list[Person]]]:
    """Return (heading, what they can try, people), everybody once, in the order of powers."""
    vote = Vote.objects.open_at(at).order_by("closes_at").first()
    roll = set(vote.electors.values_list("person", flat=True)) if vote else set()
    everybody = {person.pk: person for person in Person.objects.filter(is_active=True)}
    groups = _in_post(at, everybody)
    members = set(Person.objects.in_party_at(at).values_list("pk", flat=True))
    rest = sorted(everybody.values(), key=lambda person: person.name)
    on_roll = _("Vote on “%(question)s”, speak, propose, declare a division.") % {
        "question": vote or ""
    }
    return [
        *groups,
        (_("Members who can vote now"), on_roll, [p for p in rest if p.pk in roll & members]),
        (
            _("Members who are not on that roll"),
            _("Try to vote and see why not; speak and propose in their own assemblies."),
            [p for p in rest if p.pk in members - roll],
        ),
        (
            _("Signed up, not admitted yet"),
            _("See what a visitor sees until the General Secretary admits them."),
            [p for p in rest if p.pk not in members],
        ),
    ]


def _in_post(at: datetime, everybody: dict[Any, Person]) -> list[tuple[str, str, list[Person]]]:
    """Take whoever holds an office out of `everybody`, and return them by office."""
    terms = list(terms_in_post(at).select_related("office__assembly"))
    kinds = (
        (_("General Secretary"), _("Admit people, and act where a post is vacant."), _is_general),
        (_("Secretaries"), _("Call debate and vote, besides all that members do."), _is_secretary),
        (_("Deputies"), _("Call debate and vote, as the Secretary can."), _is_other),
    )
    return [
        (
            heading,
            words,
            [found for term in terms if has(term) and (found := _take(term, everybody))],
        )
        for heading, words, has in kinds
    ]


def _take(term: Term, everybody: dict[Any, Person]) -> Person | None:
    return everybody.pop(term.person_id, None)


def _is_general(term: Term) -> bool:
    return term.office.assembly.is_party and term.office.post == Office.Post.SECRETARY


def _is_secretary(term: Term) -> bool:
    return not term.office.assembly.is_party and term.office.post == Office.Post.SECRETARY


def _is_other(term: Term) -> bool:
    return term.office.post != Office.Post.SECRETARY
