"""Offices and terms on the General Secretary's desk."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assemblies.forms import WordsForm
from commons import clock
from commons.access import allowed
from commons.desk import DeskAdmin
from secretaries.forms import TermForm
from secretaries.models import Office, Term
from secretaries.services import begin_term, end_term


class Current(admin.SimpleListFilter):
    title = _("term")
    parameter_name = "term"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("current", _("current")), ("past", _("past"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        current = Term.objects.current_at(clock.now()).values("pk")
        match self.value():
            case "current":
                return queryset.filter(pk__in=current)
            case "past":
                return queryset.exclude(pk__in=current)
        return queryset


@admin.register(Office)
class OfficeAdmin(DeskAdmin):
    purpose = _("Every post there is, and how many seats it has.")
    list_display = ["title", "assembly", "post", "seats", "is_of_party", "is_elected"]
    list_filter = ["post", "is_of_party"]
    list_select_related = ["assembly"]
    search_fields = ["title", "assembly__name"]
    ordering = ["title"]


@admin.register(Term)
class TermAdmin(DeskAdmin):
    purpose = _("Who holds which office. Begin a term, end one.")
    list_display = ["person", "office", "since", "until", "began_by", "ended_by"]
    list_filter = [Current]
    list_select_related = ["person", "office"]
    search_fields = ["person__name", "office__title"]
    ordering = ["-since"]
    change_form_template = "admin/term.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return allowed(request, "secretaries.begin_term")

    def get_urls(self) -> list[URLPattern]:
        end = self.admin_site.admin_view(self.end_view)
        return [path("<int:pk>/end/", end, name="end_term"), *super().get_urls()]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        def begin(**fields: Any) -> Term:
            return begin_term(by=request.user, **fields)  # type: ignore[arg-type]

        return self.do(
            request,
            TermForm(request.POST if request.method == "POST" else None),
            begin,
            permission="secretaries.begin_term",
            done=gettext("The term has begun."),
            title=gettext("Begin a term of office"),
            explanation=gettext(
                "The powers of the office follow at once. Your words stand on the public record."
            ),
            button=gettext("Begin the term"),
        )

    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        term = get_object_or_404(Term.objects.select_related("person", "office"), pk=pk)

        def end(words: str) -> Term:
            end_term(term=term, by=request.user, words=words)  # type: ignore[arg-type]
            return term

        return self.do(
            request,
            WordsForm(request.POST if request.method == "POST" else None),
            end,
            permission="secretaries.end_term",
            done=gettext("The term has ended."),
            title=gettext("End the term of %(term)s") % {"term": term},
            explanation=gettext(
                "The powers of the office end at once. Your words stand on the public record."
            ),
            button=gettext("End the term"),
        )
