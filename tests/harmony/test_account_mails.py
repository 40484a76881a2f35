"""Mails of the account: short, in the Party's words, each saying what to do if it was not you."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.urls import reverse

from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

NOTHING_TO_DO = "there is nothing to do"
NOT_YOU = "If it was not you"
NEW = "another-lantern-9"


@pytest.fixture
def at_home(ben, client):
    """Ben's browser, in which he has just given his password once more."""
    EmailAddress.objects.create(user=ben, email=ben.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": ben.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    mail.outbox.clear()
    return client


def only_mail():
    (sent,) = mail.outbox
    assert sent.subject.startswith("Harmony: ")
    assert "http://testserver/" in sent.body
    assert "&" not in sent.body
    assert "Thank you" not in sent.body
    assert not sent.alternatives
    return sent


SENT = {
    "account_request_login_code": ({"email": "ben@example.org"}, "your code to sign in"),
    "account_reset_password": ({"email": "ben@example.org"}, "choose a new password"),
    "account_signup": (
        {"name": "O’Neil", "email": "ben@example.org", "password1": NEW, "declaration": "on"},
        "you have an account already",
    ),
}


@pytest.mark.parametrize("name", SENT)
def test_what_is_asked_for_from_outside_is_answered_by_mail(client, ben, name):
    EmailAddress.objects.create(user=ben, email=ben.email, verified=True, primary=True)
    data, subject = SENT[name]
    client.post(reverse(name), data)
    sent = only_mail()
    assert sent.subject == f"Harmony: {subject}"
    assert NOTHING_TO_DO in sent.body


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_an_address_without_account_is_told_so_by_mail_alone(client, party, name):
    client.post(reverse(name), {"email": "nobody@example.org"})
    sent = only_mail()
    assert sent.subject == "Harmony: no account has this address"
    assert reverse("account_signup") in sent.body
    assert NOTHING_TO_DO in sent.body


def test_signing_up_sends_a_code(client, party):
    data = {"name": "Zoë", "email": "zoe@example.org", "password1": NEW, "declaration": "on"}
    client.post(reverse("account_signup"), data)
    assert only_mail().subject == "Harmony: confirm your e-mail address"


CHANGES = {
    "account_change_password": (
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
        "your password was changed",
    ),
    "mfa_deactivate_totp": ({}, "the authenticator app was removed"),
    "mfa_generate_recovery_codes": ({}, "new recovery codes"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_with_what_to_do(at_home, ben, name):
    TOTP.activate(ben, "JBSWY3DPEHPK3PXP")
    data, subject = CHANGES[name]
    at_home.post(reverse(name), data)
    sent = only_mail()
    assert sent.subject == f"Harmony: {subject}"
    assert sent.to == [ben.email]
    assert NOT_YOU in sent.body
    assert f"http://testserver{reverse('account_reset_password')}" in sent.body
