"""How accounts meet allauth: what sign-up asks, addresses in lower case, names on display."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext_lazy as _

from assemblies.models import Person
from commons.markdown import validate_text


class SignupForm(forms.Form):
    """What sign-up asks for besides an address and a password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As other members will see it beside what you say."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        validators=[validate_text],
    )
    declaration = forms.BooleanField(
        label=_("I apply to be a member of the Party, for myself and in my own name."),
        error_messages={"required": _("Tick the box to apply: one person, one account.")},
    )
    field_order = ["name", "email", "password1", "declaration"]

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Keep the name. Membership begins when the General Secretary admits the person."""
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])


class AccountAdapter(DefaultAccountAdapter):
    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()


def display_name(person: Any) -> str:
    """Return what a person is called on account pages."""
    return str(person)


class BadInputAnswers:
    """Answer 422 to bad input on pages that are not ours: allauth's and the admin's.

    Their views answer 200 with the form again; ours say so themselves (`commons.answers`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        if request.method == "POST" and response.status_code == 200 and _has_errors(response):
            response.status_code = 422
        return response


def _has_errors(response: SimpleTemplateResponse) -> bool:
    context = response.context_data or {}
    forms_shown = (context.get(name) for name in ("form", "verify_form", "change_form"))
    return bool(context.get("errors")) or any(
        form.is_bound and form.errors for form in forms_shown if isinstance(form, forms.BaseForm)
    )
