"""Around every page: due actions before it, and words where the cache is away."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.common import CommonMiddleware
from django.shortcuts import render
from redis import RedisError

from harmony.due import run_if_due

logger = logging.getLogger(__name__)

# Pages whose content a due action changes.
_PAGES = {"home", "assembly", "matter", "matter_history", "decisions", "decision", "result"}


class Common(CommonMiddleware):
    """Django's own, but that `/healthz` answers whatever name it is asked by.

    Probes ask from inside, by number; the answer holds no address made of that name.
    """

    def process_request(self, request: HttpRequest) -> Any:
        return None if request.path_info == "/healthz" else super().process_request(request)


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
        return render(request, "503.html", status=503)
