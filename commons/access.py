"""One gate through which views fetch what they act on."""

from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from rules.permissions import perm_exists

M = TypeVar("M", bound=Model)


def get_or_deny(
    request: HttpRequest,
    permission: str,
    source: type[M] | QuerySet[M],
    *,
    see: str | None = None,
    **lookup: Any,
) -> M:
    """Return the one object of `source` matching `lookup` that the visitor may act on.

    `see` names the permission to know that the object exists at all: without it the answer is
    Http404, as for an object that is not there. Without `permission` it is PermissionDenied (403).
    An unknown permission is a mistake in the code and raises ImproperlyConfigured.
    """
    found = get_object_or_404(source, **lookup)
    for name, refusal in ((see, Http404), (permission, PermissionDenied)):
        if name is not None and not allowed(request, name, found):
            raise refusal
    return found


def allowed(request: HttpRequest, permission: str, subject: Model | None = None) -> bool:
    """Return whether the visitor has `permission` on `subject`."""
    if not perm_exists(permission):
        raise ImproperlyConfigured(f"There is no permission called {permission!r}.")
    return request.user.has_perm(permission, subject)
