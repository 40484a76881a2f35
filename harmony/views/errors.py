"""Pages for what went wrong: what happened, that nothing was lost, what to do."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from commons.http import writing

RETRY_SECONDS = "120"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    context = {"reason": str(exception), "writing": writing(request)}
    return render(request, "403.html", context, status=403)


@never_cache
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"writing": writing(request)}, status=403)


@never_cache
def signed_out(request: HttpRequest, login_url: str) -> HttpResponse:
    """Keep on the page what was written, while its author signs in again beside it."""
    context = {"writing": writing(request), "login_url": login_url}
    return render(request, "signed_out.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"writing": writing(request)}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the database is away, else 500; with nothing that could break again."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return away()
    return HttpResponse(render_to_string("500.html"), status=500)


def away() -> HttpResponse:
    """Answer 503: a server that Harmony stands on does not answer."""
    headers = {"Retry-After": RETRY_SECONDS}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
