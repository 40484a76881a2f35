"""How accounts meet allauth: what sign-up asks, what is said, what mails hold."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.utils import build_absolute_uri
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
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
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _(
            "No account has this e-mail address and password together. Check both, or let a code "
            "be sent to you."
        ),
        "email_taken": _("An account has this e-mail address already."),
        "enter_current_password": _("This is not your password."),
        "incorrect_code": _("This is not the code that was sent. Check it, or ask for another."),
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("That was quick. Wait a minute, then try again."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait five minutes, then try again, or ask for a new code."
        ),
    }

    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of the account's mails, each of which says what to do if it was not you."""
        links = {
            "home_url": build_absolute_uri(self.request, reverse("home")),
            "reset_url": build_absolute_uri(self.request, reverse("account_reset_password")),
        }
        super().send_mail(template_prefix, email, links | context)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code does not fit. Type the one your app shows now, or a recovery code that you "
            "have not used."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Key %(number)d") % {"number": number}


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
