"""What the environment makes of the settings, and what that means for who asks."""

import os
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse

from tests.deployment import compose
from tests.factories import PASSWORD, PersonFactory

SHOWN = """KEY_DIR STATIC_ROOT REDIS_URL ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS ADMINS EMAIL_BACKEND
DEFAULT_FROM_EMAIL EMAIL_TIMEOUT CLOCK_THREAD CLOCK_SECONDS SECRET_KEY SECURE COLLECTED_STATIC
LOG_LEVEL DEBUG DEMO HONOUR_GIVEN_MOMENTS ALLAUTH_TRUSTED_PROXY_COUNT"""
SHOW = f"""
import harmony.settings as settings
print(settings.DATABASES["default"]["NAME"])
print({{name: getattr(settings, name) for name in {SHOWN.split()}}})
"""


def settings_with(**environment):
    """Return the settings of a process that has nothing else set, as text."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        env=bare | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_a_setting_left_empty_is_one_not_set():
    names = ["DATABASE_URL", "KEY_DIR", "STATIC_ROOT", "REDIS_URL", "EMAIL_URL", "SECRET_KEY"]
    names += ["CSRF_TRUSTED_ORIGINS", "HARMONY_ERROR_MAIL", "HARMONY_CLOCK_THREAD"]
    assert settings_with(**dict.fromkeys(names, "")) == settings_with()


def test_the_example_shows_the_defaults():
    shown = {name: value.strip('"') for name, value in compose.example().items()}
    shown |= {"HARMONY_TRUSTED_PROXIES": "0"}  # it shows what holds behind a proxy
    assert settings_with(**shown) == settings_with()


def test_behind_a_proxy_one_is_trusted_unless_said_otherwise():
    count = "'ALLAUTH_TRUSTED_PROXY_COUNT': "
    assert f"{count}0" in settings_with()
    assert f"{count}1" in settings_with(HARMONY_BEHIND_PROXY="1")
    assert f"{count}2" in settings_with(HARMONY_BEHIND_PROXY="1", HARMONY_TRUSTED_PROXIES="2")


@pytest.fixture
def behind_one_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def sign_in(client, person, *, password=PASSWORD, address="203.0.113.7"):
    data = {"login": person.email, "password": password}
    # What came from outside stands before what the trusted proxy added.
    headers = {"x-forwarded-for": f"192.0.2.1, {address}"}
    return client.post(reverse("account_login"), data, headers=headers)


def member():
    person = PersonFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.mark.django_db
def test_forty_members_behind_one_address_all_sign_in_within_a_minute(client, behind_one_proxy):
    people = [member() for _ in range(40)]
    for person in people:
        assert sign_in(client, person, password="mistyped").status_code == 422
        assert sign_in(client, person).status_code == 302
        client.logout()


@pytest.mark.django_db
def test_guessing_one_members_password_is_stopped_whatever_address_is_claimed(
    client, behind_one_proxy
):
    person = member()
    for guess in range(5):
        sign_in(client, person, password=f"guess {guess}", address=f"198.51.100.{guess}")
    refused = sign_in(client, person)
    assert refused.status_code == 422
    assert "Too many" in refused.content.decode()


@pytest.mark.django_db
def test_a_flood_from_one_address_is_stopped_and_others_sign_in(client, behind_one_proxy):
    people = [member() for _ in range(62)]
    answers = [sign_in(client, person, password="guess") for person in people]
    assert "Too many" not in answers[0].content.decode()
    assert "Too many" in answers[-1].content.decode()
    assert sign_in(client, people[-1], address="203.0.113.8").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "web:8000", "harmony.example"])
def test_a_probe_may_ask_healthz_by_any_name(client, settings, host):
    settings.ALLOWED_HOSTS = ["harmony.example"]
    answer = client.get(reverse("healthz"), headers={"host": host})
    assert answer.json()["status"] == "ok"
    assert client.get(reverse("home"), headers={"host": host}).status_code == (
        200 if host == "harmony.example" else 400
    )
