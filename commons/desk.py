"""The admin's pages: what they show is read-only, and what they do goes through services."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext

from commons.access import allowed
from commons.answers import add_refusal
from commons.http import see_other


class DeskAdmin(admin.ModelAdmin):
    """A model on the General Secretary's desk: to be read, and never saved or deleted here.

    `purpose` says on the desk's first page what its list is for.
    """

    purpose: str | Promise = ""
    change_list_template = "admin/list.html"
    change_form_template = "admin/one.html"
    object_history_template = "admin/history.html"
    show_facets = admin.ShowFacets.NEVER

    def has_module_permission(self, request: HttpRequest) -> bool:
        return allowed(request, "assemblies.use_admin")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return allowed(request, "assemblies.use_admin")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        # Its name follows as the subtitle.
        title = {"title": capfirst(self.opts.verbose_name)}
        return super().change_view(request, object_id, form_url, title | (extra_context or {}))

    def get_action_choices(
        self, request: HttpRequest, default_choices: Any = None
    ) -> list[tuple[str, str]]:
        return super().get_action_choices(request, [("", gettext("With those you tick …"))])

    def page_of(self, obj: Model) -> str:
        """Return the address of the object's page on the desk."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[quote(obj.pk)])

    def do(
        self,
        request: HttpRequest,
        form: Form,
        act: Callable[..., Model],
        *,
        permission: str,
        done: str,
        **page: Any,
    ) -> HttpResponse:
        """Show a form and, once it is filled in well, `act` with what it holds.

        `act` takes the form's fields by keyword and returns the object it was about, whose page
        comes next with the words `done`. Refusals stand on the form. The log keeps the words.
        """
        if not allowed(request, permission):
            raise PermissionDenied
        if request.method == "POST" and form.is_valid():
            try:
                obj = act(**form.cleaned_data)
            except ValidationError as refusal:
                add_refusal(form, refusal)
            else:
                self.log_change(request, obj, self._logged(done, form))
                messages.success(request, done)
                return see_other(self.page_of(obj))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form, **page}
        status = 422 if form.is_bound and form.errors else 200
        return render(request, "admin/act.html", context, status=status)

    @staticmethod
    def _logged(done: str, form: Form) -> str:
        words = form.cleaned_data.get("words", "")
        return f"{done} {words}".strip()
