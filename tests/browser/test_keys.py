"""Passkeys, an authenticator app and recovery codes, in a browser with a key of its own."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from assemblies.models import Person
from tests.browser.visitor import OpenBrowser, Visitor
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ben_there(ben: Person, visit: OpenBrowser) -> Visitor:
    """Ben, whose address is confirmed, signed in at a browser of his own."""
    EmailAddress.objects.create(user=ben, email=ben.email, verified=True, primary=True)
    return visit(ben)


def give_key(visitor: Visitor) -> tuple[Any, str]:
    """Plug a key that knows its owner into the browser; return its session and its id."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, key["authenticatorId"]


def sign_out(visitor: Visitor) -> None:
    visitor.go(reverse("account_logout"))
    visitor.page.locator("main").get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url(f"{visitor.base}/")
    visitor.go(reverse("account_login"))


def type_password(visitor: Visitor, person: Person) -> None:
    visitor.field("E-mail address").fill(person.email)
    visitor.field("Password").fill(PASSWORD)
    visitor.press("Sign in")
    visitor.page.wait_for_url("**" + reverse("mfa_authenticate"))


def test_a_passkey_signs_in_by_itself(ben_there: Visitor, settings: Any) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # as on every developer's machine
    give_key(ben_there)
    ben_there.go(reverse("mfa_add_webauthn"))
    ben_there.field("What you call it").fill("Ben’s phone")
    ben_there.press("Add it")
    ben_there.page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))
    ben_there.go(reverse("mfa_list_webauthn"))
    assert "Ben’s phone" in ben_there.page.inner_text("table")
    sign_out(ben_there)
    ben_there.press("Sign in with a passkey")
    ben_there.page.wait_for_url(f"{ben_there.base}/")
    assert "You are signed in as Ben." in ben_there.page.inner_text("#messages")


def test_a_key_that_does_not_answer_is_told_of(ben_there: Visitor, settings: Any) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    session, key = give_key(ben_there)
    refused = {"authenticatorId": key, "isUserVerified": False}
    session.send("WebAuthn.setUserVerified", refused)
    ben_there.go(reverse("mfa_add_webauthn"))
    ben_there.press("Add it")
    trouble = ben_there.page.get_by_role("alert")
    trouble.wait_for()
    assert "nothing was changed" in trouble.inner_text()


def test_an_app_and_then_a_recovery_code_sign_in(ben_there: Visitor, ben: Person) -> None:
    page = ben_there.page
    ben_there.go(reverse("mfa_activate_totp"))
    assert page.locator("img.qr").evaluate("picture => picture.naturalWidth") > 0
    secret = page.locator(".secret").inner_text()
    ben_there.field("Code").fill(code_of(secret))
    ben_there.press("Use this app")
    page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))
    codes = re.findall(r"\S+", page.inner_text(".codes"))
    assert len(codes) == 10
    for _again in range(2):
        sign_out(ben_there)
        type_password(ben_there, ben)
        ben_there.field("Code").fill(codes[0])
        ben_there.press("Sign in")
        if _again:
            page.get_by_role("alert").wait_for()
        else:
            page.wait_for_url(f"{ben_there.base}/")
    assert "This code does not fit" in page.inner_text("main")
    assert page.title().startswith("Error: ")


def code_of(secret: str) -> str:
    """Return what an authenticator app shows now (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
