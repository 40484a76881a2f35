"""The page that first needs a due action does it (DESIGN: time)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from harmony.due import run_if_due

# Pages whose content a due action changes.
_PAGES = {"home", "assembly", "matter", "matter_history", "decisions", "decision", "result"}


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
