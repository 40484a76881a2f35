"""What comes in and goes out of views."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

# Characters from which an answer is worth keeping when its form is refused.
LONG = 40
# Where what is typed is a secret, and is never said back: sign-in, and the ballot.
_SECRET = ("account_", "mfa_", "ballot", "check_ballot")


def see_other(url: str) -> HttpResponseRedirect:
    """Return 303: what was posted is done, and the page to read next is elsewhere."""
    return HttpResponseRedirect(url, status=303)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, be it nothing at all; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def came_from(request: HttpRequest) -> str:
    """Return the address of this site's page that led here; empty where another site's did."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return ""
    return urlsplit(page)._replace(scheme="", netloc="").geturl()


def writing(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return (field, words, whether long) of a refused form in which something long was written.

    Only for forms that stood on this site's own pages, as the browser says: another site's
    must not put words on ours.
    """
    match = request.resolver_match
    if request.method != "POST" or match is None or not _is_from_here(request):
        return []
    if (match.url_name or "").startswith(_SECRET):
        return []
    sent = {name: str(words) for name, words in request.POST.items()}
    sent.pop("csrfmiddlewaretoken", None)
    is_worth_it = any(len(words) >= LONG for words in sent.values())
    return [(name, words, len(words) >= LONG) for name, words in sent.items() if is_worth_it]


def _is_from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
