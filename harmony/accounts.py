"""How accounts meet allauth: a name at sign-up, addresses in lower case, names on display."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assemblies.models import Person
from commons.markdown import check_text


class SignupForm(forms.Form):
    """What sign-up asks for besides an address and a password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As other members will see it beside what you say."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        validators=[check_text],
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, person: Person) -> None:
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])


class AccountAdapter(DefaultAccountAdapter):
    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()


def display_name(person: Any) -> str:
    """Return what a person is called on account pages."""
    return str(person)
