"""Signing up, signing in and the account's pages."""

import re
from http import HTTPStatus
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from assemblies.models import Person
from tests.browser.keys import add_passkey
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

EMMA = {
    "name": "Emma Marsh",
    "email": "Emma@Example.org",
    "password1": "lantern-and-kite-7",
    "declaration": "on",
}
CODE = re.compile(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)$", re.MULTILINE)


def code_sent():
    return CODE.search(mail.outbox[-1].body).group(1)


@pytest.fixture
def with_address(ben):
    EmailAddress.objects.create(user=ben, email=ben.email, verified=True, primary=True)
    return ben


def sign_in(client, person):
    data = {"login": person.email, "password": PASSWORD}
    return client.post(reverse("account_login"), data)


def test_signing_up_makes_an_account_that_waits(client, party):
    answer = client.post(reverse("account_signup"), EMMA, follow=True)
    assert "waits for the General Secretary" in answer.content.decode()
    answer = client.post(answer.request["PATH_INFO"], {"code": code_sent()}, follow=True)
    emma = Person.objects.get()
    assert (emma.name, emma.email, emma.number) == ("Emma Marsh", "emma@example.org", None)
    assert list(Person.objects.applying()) == [emma]
    assert answer.context["user"] == emma
    assert "application is with the General Secretary" in answer.content.decode()


@pytest.mark.parametrize("missing", EMMA)
def test_sign_up_refuses_a_gap(client, party, missing):
    data = {name: value for name, value in EMMA.items() if name != missing}
    answer = client.post(reverse("account_signup"), data)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert missing in answer.context["form"].errors
    assert "<title>Error:" in answer.content.decode()
    assert not Person.objects.exists()


def test_sign_up_does_not_tell_who_has_an_account(client, ben):
    answer = client.post(reverse("account_signup"), EMMA | {"email": ben.email.upper()})
    assert answer.status_code == HTTPStatus.FOUND
    assert Person.objects.count() == 1


def test_signs_in_by_password(client, with_address):
    assert sign_in(client, with_address).url == reverse("home")


def test_refuses_a_wrong_password_with_the_page(client, with_address):
    data = {"login": with_address.email, "password": "wrong"}
    answer = client.post(reverse("account_login"), data)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'role="alert"' in answer.content.decode()


def test_signs_in_by_code(client, with_address):
    client.post(reverse("account_request_login_code"), {"email": with_address.email})
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_sent()})
    assert answer.status_code == HTTPStatus.FOUND
    assert client.session["_auth_user_id"] == str(with_address.pk)


def test_signing_in_with_an_app_asks_for_its_code(client, with_address):
    secret = TOTP.activate(with_address, "JBSWY3DPEHPK3PXP").instance.data["secret"]
    assert secret
    answer = sign_in(client, with_address)
    assert answer.url == reverse("mfa_authenticate")
    counter = next(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", counter))
    answer = client.post(answer.url, {"code": code})
    assert client.session["_auth_user_id"] == str(with_address.pk)


def test_changing_the_address_waits_for_its_confirmation(client, with_address):
    sign_in(client, with_address)
    client.post(reverse("account_email"), {"email": "NEW@example.org", "action_add": ""})
    with_address.refresh_from_db()
    assert with_address.email == "ben@example.org"
    answer = client.post(reverse("account_email_verification_sent"), {"code": code_sent()})
    assert answer.status_code == HTTPStatus.FOUND
    with_address.refresh_from_db()
    assert with_address.email == "new@example.org"


def test_sign_in_limits_hold_with_the_database_cache(client, with_address, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "harmony_cache",
        }
    }
    call_command("createcachetable")
    data = {"login": with_address.email, "password": "wrong"}
    answers = [client.post(reverse("account_login"), data) for _ in range(12)]
    assert "Too many" in answers[-1].content.decode()
    assert "Too many" not in answers[0].content.decode()
    refused = sign_in(client, with_address)
    assert refused.status_code != HTTPStatus.FOUND


OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_request_login_code",
    "account_inactive",
]
OWN_PAGES = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_deactivate_totp",
]


def looks_like_ours(answer):
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK, answer
    assert page.count("<h1") == 1
    assert 'class="masthead"' in page
    assert "css/harmony.css" in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert re.search(r"<title>\s*\S.* · Harmony</title>", page, re.DOTALL)
    return page


# What is reached from a mail, in the middle of signing in or with a key.
OTHER_PAGES = [
    "account_email_verification_sent",
    "account_set_password",
    "account_confirm_login_code",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
    "mfa_download_recovery_codes",
]


def test_no_page_of_accounts_is_there_that_was_not_looked_at():
    def names(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from names(pattern.url_patterns)
            else:
                yield pattern.name

    found = set(names(import_module("allauth.urls").urlpatterns))
    assert found == {*OPEN_PAGES, *OWN_PAGES, *OTHER_PAGES}


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_open_pages_look_like_ours(client, party, name):
    looks_like_ours(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_look_like_ours(client, with_address, name):
    sign_in(client, with_address)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    if name in (
        "mfa_reauthenticate",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    ):
        TOTP.activate(with_address, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(with_address)
    page = looks_like_ours(client.get(reverse(name)))
    assert 'class="button' in page


def test_keys_are_listed(client, with_address):
    sign_in(client, with_address)
    Authenticator.objects.create(
        user=with_address,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Ben's phone", "credential": {}, "passwordless": True},
    )
    assert "Ben&#x27;s phone" in looks_like_ours(client.get(reverse("mfa_list_webauthn")))


def test_a_reset_link_leads_to_a_new_password(client, with_address):
    answer = client.post(reverse("account_reset_password"), {"email": with_address.email})
    looks_like_ours(client.get(answer.url))
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)
    answer = client.get(link, follow=True)
    looks_like_ours(answer)
    new = {"password1": "another-lantern-9", "password2": "another-lantern-9"}
    client.post(answer.request["PATH_INFO"], new)
    with_address.refresh_from_db()
    assert with_address.check_password("another-lantern-9")


def test_who_mistyped_their_address_has_the_code_sent_to_another(client, party):
    page = client.post(reverse("account_signup"), EMMA).url
    client.post(page, {"action": "change", "email": "emma.marsh@example.org"})
    assert mail.outbox[-1].to == ["emma.marsh@example.org"]
    client.post(page, {"code": code_sent()})
    assert Person.objects.get().email == "emma.marsh@example.org"


@pytest.mark.parametrize("wanted", ["account_signup", "account_request_login_code"])
def test_a_code_that_does_not_come_is_sent_again(client, with_address, wanted):
    data = EMMA if wanted == "account_signup" else {"email": with_address.email}
    page = client.post(reverse(wanted), data).url
    first = code_sent()
    assert "Send me another code" in client.get(page).content.decode()
    client.post(page, {"action": "resend"})
    assert code_sent() != first


def test_who_is_asked_again_may_use_any_key_code_or_password(signed_in, with_address):
    TOTP.activate(with_address, "JBSWY3DPEHPK3PXP")
    add_passkey(with_address, "Phone")
    page = signed_in(with_address).get(reverse("account_reauthenticate")).content.decode()
    assert "Use a passkey or security key" in page
    assert "Use a code from your app" in page
    assert "Use your password" not in page  # that is the page itself
