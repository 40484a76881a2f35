"""Answers that views share."""

from django.http import HttpResponseRedirect


def see_other(url: str) -> HttpResponseRedirect:
    """Return 303: what was posted is done, and the page to read next is elsewhere."""
    return HttpResponseRedirect(url, status=303)
