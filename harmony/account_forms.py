"""The forms of sign-in and account pages: allauth's, in Harmony's words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_DAYS = settings.SESSION_COOKIE_AGE // (24 * 60 * 60)
_LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your present password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "remember": format_lazy(_("Keep me signed in on this device for {days} days"), days=_DAYS),
    "code": _("Code"),
    "passwordless": _("Sign me in with this key alone, without a password"),
}


class InOurWords(forms.Form):
    """Label fields as members speak, and leave nothing in a field that vanishes on typing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = _LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.CharField):
                field.error_messages["required"] = _("Fill this in.")
        if "password1" in self.fields:
            self.fields["password1"].help_text = _(
                "Eight characters or more, not only digits, and nothing that others would guess."
            )


class LoginForm(InOurWords, account.LoginForm):
    pass


class RequestLoginCodeForm(InOurWords, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(InOurWords, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailForm(InOurWords, account.ConfirmEmailVerificationCodeForm):
    pass


class ChangeEmailForm(InOurWords, account.ChangeEmailForm):
    pass


class SignupForm(InOurWords, account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")
        self.fields["name"].label = _("Your name")


class AddEmailForm(InOurWords, account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    pass


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    pass


class AuthenticateForm(InOurWords, mfa.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(InOurWords, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(InOurWords, totp.ActivateTOTPForm):
    pass


class AddKeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """Adds a passkey unless its owner says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_key(self.fields["name"])
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "The device then asks for a fingerprint, face or PIN. An old security key that "
            "cannot do that still serves as a second factor: leave the box empty for it."
        )


class EditKeyForm(InOurWords, webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_key(self.fields["name"])


def _name_key(field: forms.Field) -> None:
    field.label, field.help_text = _("What you call it"), _("Such as “My phone”.")
