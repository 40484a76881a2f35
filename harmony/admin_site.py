"""The admin in the Party's tokens, open to those whose office needs it (E11)."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from assemblies.models import Person
from commons.desk import DeskAdmin
from harmony.demo.making import is_made

# How many of those who wait, and of what was done here, stand on the first page.
SHOWN = 8
_SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class HarmonyAdminSite(AdminSite):
    site_header = _("Harmony: the General Secretary’s desk")
    site_title = _("The desk · Harmony")
    index_title = _("Your desk")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take the desk's own pages only: those that libraries bring would save by themselves."""
        if admin_class is not None and issubclass(admin_class, DeskAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return _holds_office(request) and has_second_factor(request)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show what waits for the General Secretary, every list with its purpose, the latest."""
        waiting = Person.objects.applying().order_by("signed_up_at")
        context = {
            "waiting": waiting[:SHOWN],
            "waiting_count": waiting.count(),
            "lists": [
                (model._meta.verbose_name_plural, _list_of(model), desk.purpose)
                for model, desk in sorted(self._registry.items(), key=_room)
                if isinstance(desk, DeskAdmin)
            ],
            "latest": LogEntry.objects.select_related("user", "content_type")[:SHOWN],
        }
        return super().index(request, context | (extra_context or {}))

    def app_index(  # type: ignore[override]  # elsewhere
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All lists stand on the first page."""
        return redirect("admin:index")

    def password_change(  # type: ignore[override]  # elsewhere
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def logout(  # type: ignore[override]  # elsewhere
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_logout")

    @method_decorator(login_not_required)
    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send strangers to sign in, refuse others, and ask for a second factor where it lacks."""
        if self.has_permission(request):
            return redirect("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", request.get_full_path()))
        if not _holds_office(request):
            raise PermissionDenied
        return render(request, "admin/second_factor.html", status=403)


def has_second_factor(request: HttpRequest) -> bool:
    """Whether the visitor's account has a passkey or an authenticator app.

    With one, nobody signs in to it without. The demo, whose people are invented, does not ask;
    a database of anybody else's does, whatever is set.
    """
    if settings.DEMO and is_made():
        return True
    return request.user.is_authenticated and is_mfa_enabled(request.user, _SECOND_FACTORS)


def _room(entry: tuple[type[Model], object]) -> str:
    return entry[0]._meta.app_label


def _list_of(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def _holds_office(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.has_perm("assemblies.use_admin")
