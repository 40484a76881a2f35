"""A person, or a stranger, at a browser."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.browser.world import Page

HARMLESS = "Failed to load resource: the server responded with a status of"


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
