"""axe-core finds nothing on any page: light and dark, on phones and desks (WCAG 2.2 AA)."""

from typing import Any

import pytest

from tests.browser.conftest import OpenBrowser
from tests.browser.world import World, pages

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
# What the other scheme can change.
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": ["cat.color"]}}


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_page(world: World, look: OpenBrowser, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    visitors = {who: look(world.person(who), width=width) for who in {p.who for p in pages(world)}}
    found: list[str] = []
    for page in pages(world):
        visitor = visitors[page.who]
        visitor.page.emulate_media(color_scheme="light")
        visitor.open(page)
        for scheme, options in (("light", EVERYTHING), ("dark", COLOURS)):
            visitor.page.emulate_media(color_scheme=scheme)
            violations = axe.run(visitor.page, options=options).response["violations"]
            found += [f"{page.name} ({page.path}), {scheme}: {_words(v)}" for v in violations]
    assert not found, "\n" + "\n".join(found)


def _words(violation: dict[str, Any]) -> str:
    """Return the rule and the first elements that break it."""
    nodes = violation["nodes"]
    where = "; ".join(f"{n['html'][:120]} [{n['failureSummary'][-160:]}]" for n in nodes[:3])
    return f"{violation['id']} × {len(nodes)}: {where}".replace("\n", " ")
