"""One walk over every page, which is looked at in every format; the tests ask what was found.

A page is opened once, then resized and recoloured: opening it is what costs. Each format is asked
only what it can change: a width everything, the other scheme colours, larger text what fits.
"""

import gzip
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.browser.visitor import OpenBrowser, Visitor
from tests.browser.world import Page, World, pages

CHECKS = (Path(__file__).parent / "checks.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "preload": False,
}
COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "preload": False,
}
# By the object model, which the security policy lets through.
TEXT_SIZE = "size => { document.documentElement.style.fontSize = size }"
# WCAG 1.4.12
TEXT_SPACING = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }
"""


class Survey:
    """What is wrong, by subject; and what each page is called, weighs and asks for."""

    def __init__(self, world: World, look: OpenBrowser, axe: str) -> None:
        self.found = defaultdict[str, list[str]](list)
        self.titles: dict[Page, str] = {}
        self.weights: dict[Page, dict[str, int]] = {}
        self.requests: dict[Page, int] = {}
        self._visitors: dict[str, Visitor] = {}
        self._compressed: dict[str, int] = {}
        self._axe = axe
        for page in pages(world):
            if page.who not in self._visitors:
                self._visitors[page.who] = look(world.person(page.who))
            self._go_round(page, self._visitors[page.who])

    def __getitem__(self, subject: str) -> str:
        """Return what was found about a subject as lines, empty when all is well."""
        return "\n".join(self.found[subject])

    def _go_round(self, page: Page, visitor: Visitor) -> None:
        """Look at a page in every format, each a small step from the one before."""
        tab = visitor.page
        tab.emulate_media(color_scheme="light")
        tab.set_viewport_size({"width": 1280, "height": 800})
        status = visitor.open(page)
        if status != page.status:
            self.found["status"].append(f"{page.name} answers {status}, not {page.status}")
        self._weigh(page, visitor)
        tab.evaluate(self._axe)
        tab.evaluate(CHECKS)
        ask = _Ask(self.found, page, tab)
        ask("structure", "structure")
        ask("motion", "moves")
        ask("focus", "focus")
        ask("fit", "fits")
        ask("axe", "axe", EVERYTHING)
        tab.evaluate(TEXT_SIZE, "200%")
        ask("large text", "fits")
        tab.set_viewport_size({"width": 640, "height": 800})
        ask("large text", "fits")
        tab.evaluate(TEXT_SIZE, "")
        tab.set_viewport_size({"width": 768, "height": 800})
        ask("fit", "fits")
        tab.set_viewport_size({"width": 320, "height": 800})
        ask("fit", "fits")
        ask("axe", "axe", EVERYTHING)
        tab.evaluate(TEXT_SPACING, SPACED)
        ask("spaced text", "fits")
        tab.evaluate(TEXT_SPACING, "")
        tab.emulate_media(color_scheme="dark")
        ask("axe", "axe", COLOURS)
        tab.set_viewport_size({"width": 1280, "height": 800})
        ask("axe", "axe", COLOURS)

    def _weigh(self, page: Page, visitor: Visitor) -> None:
        """Note the title, the bytes by kind of resource, compressed, and the requests."""
        tab = visitor.page
        asked = tab.evaluate("performance.getEntriesByType('resource').map(r => r.name)")
        weights = {"document": len(gzip.compress(tab.content().encode()))}
        for url in asked:
            path = url.partition("?")[0]
            kind = path.rpartition(".")[2] if "/static/" in path else "other"
            weights[kind] = weights.get(kind, 0) + self._weight(visitor, url)
        self.titles[page] = tab.title()
        self.weights[page] = weights
        self.requests[page] = 1 + len(asked)

    def _weight(self, visitor: Visitor, url: str) -> int:
        if url not in self._compressed:
            body = visitor.page.context.request.get(url).body()
            self._compressed[url] = min(len(body), len(gzip.compress(body)))
        return self._compressed[url]


class _Ask:
    """Puts a check of `checks.js` to a page as it now looks, and notes the answers."""

    def __init__(self, found: dict[str, list[str]], page: Page, tab: Any) -> None:
        self.found, self.page, self.tab = found, page, tab

    def __call__(self, subject: str, check: str, options: dict[str, Any] | None = None) -> None:
        lines = self.tab.evaluate(
            "([check, options]) => harmonyChecks[check](options)", [check, options]
        )
        scheme = "dark" if options is COLOURS else "light"
        where = f"{self.page.name} ({self.page.path}), {self.tab.viewport_size['width']} {scheme}"
        self.found[subject] += [f"{where}: {line}" for line in lines]
