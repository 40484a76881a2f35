"""What every test starts from: the settings of tests, the Party, and a small cast of people.

ada  Secretary of the Media Working Group
ben  in the Media Working Group
cleo in the Media Working Group
dan  a member of the Party, in no group
eve  has signed up, and is no member
gwen the General Secretary
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from assemblies.models import Assembly, Person
from commons import clock
from secretaries.models import Term
from tests.factories import AssemblyFactory, PartyFactory, PersonFactory, TermFactory
from tests.moments import NOON
from tests.needs import require
from voting.services.papers import forget_all

NEEDS = {"browser": "chromium", "postgres": "postgres", "redis": "redis"}


def pytest_configure(config: pytest.Config) -> None:
    """Set the tests' settings for the whole process: live-server threads read them too."""
    keys = tempfile.mkdtemp(prefix="harmony-test-keys-")
    settings.HONOUR_GIVEN_MOMENTS = True
    settings.KEY_DIR = type(settings.KEY_DIR)(keys)
    settings.CLOCK_THREAD = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Sign-in limits count per address, and every test has the same one.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    # For processes that tests start, and for Playwright's loop beside the ORM.
    os.environ |= {
        "HARMONY_HONOUR_GIVEN_MOMENTS": "true",
        "KEY_DIR": keys,
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or fail, what this machine cannot run; see `tests/needs.py`."""
    for marker, need in NEEDS.items():
        if item.get_closest_marker(marker):
            require(need)


@pytest.fixture(autouse=True)
def _forgetful_caches() -> Iterator[None]:
    yield
    cache.clear()
    forget_all()


@pytest.fixture
def noon() -> Iterator[datetime]:
    """Hold the clock at noon on Tuesday 3 March 2026."""
    with clock.frozen(NOON):
        yield NOON


@pytest.fixture
def party(db: None) -> Assembly:
    return PartyFactory()


@pytest.fixture
def media(party: Assembly) -> Assembly:
    return AssemblyFactory(name="Media Working Group", slug="media", remit="Press relations.")


@pytest.fixture
def ada(media: Assembly) -> Person:
    person = PersonFactory(name="Ada", belongs_to=[media])
    TermFactory(assembly=media, person=person)
    return person


@pytest.fixture
def ben(media: Assembly) -> Person:
    return PersonFactory(name="Ben", belongs_to=[media])


@pytest.fixture
def cleo(media: Assembly) -> Person:
    return PersonFactory(name="Cleo", belongs_to=[media])


@pytest.fixture
def dan(party: Assembly) -> Person:
    return PersonFactory(name="Dan")


@pytest.fixture
def eve(party: Assembly) -> Person:
    return PersonFactory(name="Eve", applicant=True)


@pytest.fixture
def gwen(party: Assembly) -> Person:
    person = PersonFactory(name="Gwen")
    TermFactory(assembly=party, person=person, began_by=Term.Beginning.FOUNDING)
    return person


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """Return a function that gives a browser in which a person is signed in."""

    def open_browser(person: Person) -> Client:
        client = Client()
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_browser
