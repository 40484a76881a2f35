"""Around every page: sign-in and due actions before it, and words where something is refused."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.middleware.common import CommonMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _
from redis import RedisError

from commons.http import came_from, writing
from commons.reading import reading
from harmony.due import run_if_due
from harmony.views import errors

logger = logging.getLogger(__name__)

# Pages whose content a due action changes.
_PAGES = {"home", "assembly", "matter", "matter_history", "decisions", "decision", "result"}


class Common(CommonMiddleware):
    """Django's own, but that `/healthz` answers whatever name it is asked by.

    Probes ask from inside, by number; the answer holds no address made of that name.
    """

    def process_request(self, request: HttpRequest) -> Any:
        return None if request.path_info == "/healthz" else super().process_request(request)


class Reading:
    """Let a page that is only read ask each question once (`commons.reading`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with reading():
            return self.get_response(request)


class DueActions:
    """Before a page that shows phases, votes or decisions, do what has come due.

    So a vote closes and its decision stands for the first reader after its moment, whether or
    not the clock has come round.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        match = request.resolver_match
        if request.method == "GET" and match and match.url_name in _PAGES:
            run_if_due()


class SignInFirst(LoginRequiredMiddleware):
    """Send strangers to sign in, and lose nothing of what somebody wrote as their session ended."""

    def handle_no_permission(  # type: ignore[override]  # not always elsewhere: a page, too
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        # A form's own address may answer nothing but forms: its page is where one goes on,
        # unless that is the form's check, whose address lies below the form's.
        page = came_from(request)
        path = page.partition("?")[0]
        is_check = path.startswith(request.path) and path != request.path
        to_login = redirect_to_login(request.path if is_check or not page else page)
        if writing(request):
            return errors.signed_out(request, to_login.url)
        words = _("You are signed out, so nothing was recorded. Sign in, and send it again.")
        messages.warning(request, words)
        return to_login


class CacheAway:
    """Answer 503 in words where Redis is away: sign-in limits, kept there, fail closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, RedisError):
            return None
        logger.error("Redis is away: %s", error)
        return errors.away()


class InWords:
    """Answer 405 with a page, where Django answers with nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page
