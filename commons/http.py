"""What comes in and goes out of views."""

from django.http import HttpRequest, HttpResponseRedirect, QueryDict


def see_other(url: str) -> HttpResponseRedirect:
    """Return 303: what was posted is done, and the page to read next is elsewhere."""
    return HttpResponseRedirect(url, status=303)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, be it nothing at all; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None
