"""Letting somebody back in who lost their address, their second factor, or both."""

import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from assemblies.models import Membership
from harmony.recovery import recover_account
from record.models import Entry
from tests.factories import PASSWORD
from tests.moments import NOON

pytestmark = pytest.mark.django_db

REASON = "Seen in person with a passport by two members."


@pytest.fixture
def gwen_with_all(gwen):
    """The General Secretary with a confirmed address, an authenticator app and its codes."""
    EmailAddress.objects.create(user=gwen, email=gwen.email, verified=True, primary=True)
    TOTP.activate(gwen, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(gwen)
    return gwen


def recover(who, **options):
    out = StringIO()
    call_command("recover", who, stdout=out, **{"reason": REASON} | options)
    return out.getvalue()


def sign_in_by_code(client, address):
    client.post(reverse("account_request_login_code"), {"email": address})
    code = re.search(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)$", mail.outbox[-1].body, re.M).group(1)
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def test_a_code_to_the_new_address_lets_the_person_in(
    client, gwen_with_all, django_capture_on_commit_callbacks
):
    before = gwen_with_all.email
    with django_capture_on_commit_callbacks(execute=True):
        said = recover(before.upper(), new_address="Gwen@New.example")
    assert "gwen@new.example" in said
    assert gwen_with_all.shown_number in said
    assert {tuple(sent.to) for sent in mail.outbox} == {(before,), ("gwen@new.example",)}
    assert sign_in_by_code(client, "gwen@new.example").url == reverse("home")
    assert client.session["_auth_user_id"] == str(gwen_with_all.pk)


def test_neither_the_old_address_nor_a_second_factor_nor_the_password_holds(client, gwen_with_all):
    before = gwen_with_all.email
    recover(before, new_address="gwen@new.example")
    assert not Authenticator.objects.exists()
    assert [found.email for found in EmailAddress.objects.all()] == ["gwen@new.example"]
    for address in (before, "gwen@new.example"):
        client.post(reverse("account_login"), {"login": address, "password": PASSWORD})
        assert "_auth_user_id" not in client.session


def test_everybody_signed_in_to_the_account_is_signed_out(signed_in, gwen_with_all, ada):
    thief, neighbour = signed_in(gwen_with_all), signed_in(ada)
    assert thief.get(reverse("me")).status_code == 200
    recover(gwen_with_all.number)
    assert thief.get(reverse("me")).status_code == 302
    assert neighbour.get(reverse("me")).status_code == 200


def test_a_member_is_found_by_number_as_it_is_printed(gwen_with_all):
    assert gwen_with_all.email in recover(gwen_with_all.shown_number)


def test_the_record_says_why_and_names_nobody(gwen_with_all):
    recover(gwen_with_all.email, new_address="gwen@new.example")
    entry = Entry.objects.get(act="account.recover")
    membership = Membership.objects.get(person=gwen_with_all)
    assert (entry.subject, entry.actor) == (f"membership:{membership.pk}", None)
    assert entry.facts == {"words": REASON}


def test_an_applicant_is_let_in_too(eve):
    recover(eve.email)
    assert Entry.objects.get(act="account.recover").subject == "account"


@pytest.mark.parametrize("words", ["", "  ", "\u202egnorw"])
def test_refuses_to_go_without_a_reason(gwen_with_all, words):
    with pytest.raises(ValidationError):
        recover_account(person=gwen_with_all, words=words, at=NOON)
    assert Authenticator.objects.exists()
    assert not Entry.objects.filter(act="account.recover").exists()


@pytest.mark.parametrize(
    ("who", "options", "words"),
    [
        ("nobody@example.org", {}, "no account"),
        ("1234-5678", {}, "no account"),
        ("{gwen}", {"new_address": "{ada}"}, "account with this address already"),
        ("{gwen}", {"new_address": "gwen"}, "email"),
        ("{gwen}", {"reason": " "}, "Say in words why"),
    ],
)
def test_refuses_in_words_and_changes_nothing(gwen_with_all, ada, who, options, words):
    filled = {name: text.format(ada=ada.email.upper()) for name, text in options.items()}
    with pytest.raises(CommandError, match=words):
        recover(who.format(gwen=gwen_with_all.email), **filled)
    assert Authenticator.objects.exists()
    assert EmailAddress.objects.get().email == gwen_with_all.email
