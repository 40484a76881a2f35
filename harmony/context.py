"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from assemblies.models import Person


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the main navigation and the footer's links: only pages that exist."""
    user = getattr(request, "user", None)
    places = [(_("Assemblies"), "assemblies"), (_("Decisions"), "decisions")]
    if isinstance(user, Person):
        places = [(_("Home"), "home"), *places, (_("Me"), "me")]
        if user.is_staff:
            places.append((_("Admin"), "admin:index"))
    else:
        how = (_("How it works"), "how")
        places = [*places, how, (_("Join"), "account_signup"), (_("Sign in"), "account_login")]
    footer = [(_("Try it as somebody else"), reverse("demo"))] if settings.DEMO else []
    return {
        "nav": [(label, reverse(name), _is_current(request, name), 0) for label, name in places],
        "footer_links": [
            (_("How it works"), reverse("how")),
            (_("Decisions"), reverse("decisions")),
            *footer,
        ],
        "is_demo": settings.DEMO,
    }


def _is_current(request: HttpRequest, name: str) -> bool:
    """Whether the visitor is in that part of the site."""
    url = reverse(name)
    return request.path == url if url == "/" else request.path.startswith(url)
