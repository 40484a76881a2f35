"""Chromium, a server, and people at their browsers.

The clock is held by `commons.clock.frozen`, which holds for the server's threads too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import time
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from assemblies.models import Person
from tests.browser.world import Page, World, make_world
from tests.needs import chromium_path, require

HARMLESS = "Failed to load resource: the server responded with a status of"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Visitor:
    """One person, or a stranger, at a browser of their own; `complaints` must stay empty."""

    page: Any
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Any:
        """Open a path of the site and return Playwright's response."""
        return self.page.goto(self.base + path)

    def open(self, page: Page) -> int:
        """Open one of the party's pages, send its form if it says so; return the status."""
        answer = self.go(page.path)
        for where, words in page.fill:
            self.field(where).fill(words)
        if page.press:
            with self.page.expect_navigation() as navigation:
                self.press(page.press)
            answer = navigation.value
        return answer.status

    def field(self, where: str) -> Any:
        """Return the field of that label, or selector where it begins with "#"."""
        return self.page.locator(where) if where[0] == "#" else self.page.get_by_label(where)

    def press(self, name: str, role: str = "button") -> None:
        """Press the one button or link called that."""
        self.page.get_by_role(role, name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.press(name, role="link")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def listen(self) -> None:
        """Gather what the browser complains of: scripts, the security policy, other hosts."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._watch)
        self.page.on("response", self._check)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(HARMLESS):
            self.complaints.append(f"{self.path}: {message.text}")

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.complaints.append(f"{self.path}: asks another host for {request.url}")

    def _check(self, response: Any) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.url} answers {response.status}")
        elif response.status == 404 and "/static/" in response.url:
            self.complaints.append(f"{response.url} is not there")


OpenBrowser = Callable[..., Visitor]


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

    def __enter__(self) -> OpenBrowser:
        return self.open

    def __exit__(self, *_: object) -> None:
        for context in self.contexts:
            context.close()

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
        return visitor

    def _session_of(self, person: Person) -> dict[str, str]:
        client = Client()
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        # As if the password had been given just now: some account pages ask for that.
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time()}]
        session.save()
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.base}


@pytest.fixture(scope="module")
def world(server: LiveServer, django_db_blocker: DjangoDbBlocker, chromium: Any) -> Iterator[World]:
    """A small party with something on every page, shared by a module whose tests only look."""
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
        with make_world() as made:
            yield made
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def look(world: World, chromium: Any, server: LiveServer) -> Iterator[OpenBrowser]:
    """Like `visit`, kept open for the whole module."""
    with _visits(chromium, server) as visit:
        yield visit
