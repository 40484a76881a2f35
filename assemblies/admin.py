"""People and assemblies on the General Secretary's desk."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assemblies.forms import WordsForm
from assemblies.models import Affiliation, Assembly, Membership, Person
from assemblies.services import admit_person, end_membership
from commons import clock
from commons.access import allowed
from commons.desk import DeskAdmin


class Standing(admin.SimpleListFilter):
    """Applicants, members, and former members."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("applying", _("waits to be admitted")),
            ("member", _("member")),
            ("former", _("former member")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        members = Person.objects.in_party_at(clock.now()).values("pk")
        match self.value():
            case "applying":
                return queryset.filter(number=None, is_active=True)
            case "member":
                return queryset.filter(pk__in=members)
            case "former":
                return queryset.exclude(number=None).exclude(pk__in=members)
        return queryset


@admin.register(Person)
class PersonAdmin(DeskAdmin):
    purpose = _("Everybody with an account. Admit who applies, end a membership.")
    list_display = ["name", "email", "shown_number", "standing", "signed_up_at"]
    list_filter = [Standing]
    search_fields = ["name", "email", "number"]
    ordering = ["-signed_up_at"]
    fields = ["name", "email", "shown_number", "standing", "signed_up_at", "last_login"]
    actions = ["admit"]
    change_form_template = "admin/person.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        in_party = Membership.objects.current_at(clock.now()).filter(
            person=OuterRef("pk"), assembly__kind="party"
        )
        return super().get_queryset(request).annotate(in_party=Exists(in_party))

    @admin.display(description=_("membership number"))
    def shown_number(self, person: Person) -> str:
        return person.shown_number

    @admin.display(description=_("standing"))
    def standing(self, person: Any) -> str:
        if person.in_party:
            return gettext("member")
        return gettext("former member") if person.number else gettext("waits to be admitted")

    def has_admit_permission(self, request: HttpRequest) -> bool:
        return allowed(request, "assemblies.admit_person")

    @admin.action(description=_("Admit to the Party"), permissions=["admit"])
    def admit(self, request: HttpRequest, people: Iterable[Person]) -> None:
        for person in people:
            try:
                admit_person(person=person, by=request.user)  # type: ignore[arg-type]
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
            else:
                done = gettext("%(person)s is a member of the Party.") % {"person": person}
                self.log_change(request, person, done)
                messages.success(request, done)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/admit/", view(self.admit_view), name="admit_person"),
            path("<uuid:pk>/lapse/", view(self.lapse_view), name="end_membership"),
            *super().get_urls(),
        ]

    def admit_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        person = get_object_or_404(Person, pk=pk)

        def admit() -> Person:
            admit_person(person=person, by=request.user)  # type: ignore[arg-type]
            return person

        return self.do(
            request,
            forms.Form(request.POST if request.method == "POST" else None),
            admit,
            permission="assemblies.admit_person",
            done=gettext("%(person)s is a member of the Party.") % {"person": person},
            title=gettext("Admit %(person)s to the Party") % {"person": person},
            explanation=gettext(
                "They get a membership number, and from this moment can speak, propose and vote."
            ),
            button=gettext("Admit"),
        )

    def lapse_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        person = get_object_or_404(Person, pk=pk)

        def lapse(words: str) -> Person:
            end_membership(person=person, by=request.user)  # type: ignore[arg-type]
            return person

        return self.do(
            request,
            WordsForm(request.POST if request.method == "POST" else None),
            lapse,
            permission="assemblies.end_membership",
            done=gettext("The membership of %(person)s has ended.") % {"person": person},
            title=gettext("End the membership of %(person)s") % {"person": person},
            explanation=gettext(
                "They leave every assembly, and any office they hold ends. Ballots they hold in "
                "open votes stay theirs. Your words are kept in the admin’s log, not in public."
            ),
            button=gettext("End the membership"),
        )


@admin.register(Assembly)
class AssemblyAdmin(DeskAdmin):
    purpose = _("What each is for, since when it stands.")
    list_display = ["name", "kind", "is_core", "founded_at", "wound_up_at"]
    list_filter = ["kind", "is_core"]
    search_fields = ["name", "aliases", "remit"]


@admin.register(Membership)
class MembershipAdmin(DeskAdmin):
    purpose = _("Who belongs where, from when to when.")
    list_display = ["person", "assembly", "basis", "since", "until"]
    list_filter = ["basis"]
    list_select_related = ["person", "assembly"]
    search_fields = ["person__name", "person__number", "assembly__name"]
    ordering = ["-since"]


@admin.register(Affiliation)
class AffiliationAdmin(DeskAdmin):
    """Groups belong to committees by decisions (B2, B5): nobody changes that on a desk."""

    purpose = _("Which groups make up which committees.")
    list_display = ["group", "committee", "since", "until"]
    list_select_related = ["group", "committee"]
    search_fields = ["group__name", "committee__name"]
