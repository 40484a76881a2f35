"""Chromium, a server, and people at their browsers.

The clock is held by `commons.clock.frozen`, which holds for the server's threads too.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from assemblies.models import Person
from tests.browser.survey import Survey
from tests.browser.visitor import OpenBrowser, Visitor
from tests.browser.world import World, make_world
from tests.needs import chromium_path, require

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    require("chromium")
    require("playwright")
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
    yield browser
    browser.close()
    playwright.stop()


@pytest.fixture(scope="session")
def db(django_db_setup: None) -> None:
    """Have the database made; `world`, or a test's own mark, opens it.

    In place of pytest-django's fixture of this name, which would hold a transaction.
    """


@pytest.fixture(scope="session")
def server(db: None) -> Iterator[LiveServer]:
    """Serve the site for the whole run.

    pytest-django's own `live_server` empties the database after each test; here the tests that
    only look share one.
    """
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def visit(chromium: Any, server: LiveServer) -> Iterator[OpenBrowser]:
    """Return a function that opens a browser: signed in as a person, or as a stranger."""
    with _visits(chromium, server) as visit:
        yield visit


class _visits:  # noqa: N801 - a context manager, used as one
    def __init__(self, chromium: Any, server: LiveServer) -> None:
        self.chromium, self.base = chromium, server.url
        self.contexts: list[Any] = []
        self.visitors: list[Visitor] = []

    def __enter__(self) -> OpenBrowser:
        return self.open

    def __exit__(self, *_: object) -> None:
        for context in self.contexts:
            context.close()
        assert [line for visitor in self.visitors for line in visitor.complaints] == []

    def open(self, person: Person | None = None, *, width: int = 1280, **options: Any) -> Visitor:
        """Open a browser; `options` are Playwright's, such as `java_script_enabled=False`."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 800}, reduced_motion="reduce", **options
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if person is not None:
            context.add_cookies([self._session_of(person)])
        visitor = Visitor(context.new_page(), self.base)
        visitor.listen()
        self.visitors.append(visitor)
        return visitor

    def _session_of(self, person: Person) -> dict[str, str]:
        client = Client()
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        # As if the password had been given again just now, however long the tests take: some
        # account pages ask for that.
        record_authentication(
            SimpleNamespace(session=session), person, "password", reauthenticated=True
        )
        session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] += 3600
        session.save()
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.base}


@pytest.fixture(scope="module")
def world(server: LiveServer, django_db_blocker: DjangoDbBlocker, chromium: Any) -> Iterator[World]:
    """A small party with something on every page, shared by a file's tests that only look."""
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
        with make_world() as made:
            yield made
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _own_database(request: pytest.FixtureRequest) -> None:
    """Empty the database for a test that changes things: the shared world may still be there."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("transactional_db")
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def own_world(transactional_db: None) -> Iterator[World]:
    """Return the same party for one test alone, which may change it."""
    with make_world() as made:
        yield made


@pytest.fixture(scope="module")
def survey(world: World, look: OpenBrowser) -> Survey:
    """Return what one walk over all pages found."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    return Survey(world, look, axe)


@pytest.fixture(scope="module")
def look(world: World, chromium: Any, server: LiveServer) -> Iterator[OpenBrowser]:
    """Like `visit`, kept open for a file's tests that only look."""
    with _visits(chromium, server) as visit:
        yield visit
