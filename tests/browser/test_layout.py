"""Layout and weight: nothing sticks out at 320 px, nothing complains, every page is light."""

import gzip
from typing import Any

import pytest
from django.urls import reverse

from tests.browser.conftest import OpenBrowser, Visitor
from tests.browser.world import Page, World, pages

pytestmark = pytest.mark.browser

KB = 1024
# UX.md: compressed, and what one page may ask for in all.
BUDGET = {"document": 30 * KB, "stylesheet": 15 * KB, "script": 20 * KB, "font": 75 * KB}
REQUESTS = 12

# Boxes that reach past the window or past the box they stand in, and words past their own box,
# where nothing scrolls. A negative margin is meant; an inline box has the width of its line.
STICKING_OUT = """() => {
  const found = [];
  const root = document.documentElement;
  const words = document.createRange();
  const name = (el) => el.outerHTML.slice(0, 120).replace(/\\s+/g, " ");
  if (root.scrollWidth > root.clientWidth)
    found.push(`the page scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
  const unseen = ".visually-hidden, .skip, [hidden], svg, option, select";
  const clips = (el) => {
    for (let at = el; at; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== "visible" || at.clientWidth === 1) return true;
    return false;
  };
  for (const el of document.body.querySelectorAll("*")) {
    const box = el.getBoundingClientRect();
    const style = getComputedStyle(el);
    if (!box.width || !box.height || el.closest(unseen) || clips(el.parentElement)) continue;
    const inline = style.display.startsWith("inline") || style.display === "contents";
    const outer = el.parentElement.getBoundingClientRect();
    const meant = parseFloat(style.marginRight) < 0 || style.position === "absolute";
    if (box.right > root.clientWidth + 1 || box.left < -1)
      found.push(`past the window: ${name(el)}`);
    else if (!inline && !meant && outer.width && box.right > outer.right + 1)
      found.push(`past its container (${box.right} > ${outer.right}): ${name(el)}`);
    for (const node of inline || clips(el) ? [] : el.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      words.selectNodeContents(node);
      const right = words.getBoundingClientRect().right;
      if (right > box.right + 1) found.push(`words past it (${right} > ${box.right}): ${name(el)}`);
    }
  }
  return found;
}"""


def _visitors(world: World, look: OpenBrowser, width: int) -> dict[str, Visitor]:
    return {who: look(world.person(who), width=width) for who in {p.who for p in pages(world)}}


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_page_fits_answers_and_stays_quiet(
    world: World, look: OpenBrowser, width: int
) -> None:
    visitors = _visitors(world, look, width)
    found = []
    for page in pages(world):
        visitor = visitors[page.who]
        status = visitor.open(page)
        if status != page.status:
            found.append(f"{page.name} answers {status}, not {page.status}")
        if visitor.page.locator("h1").count() != 1 and not page.name.startswith("admin"):
            found.append(f"{page.name} has not one first heading")
        out = visitor.page.evaluate(STICKING_OUT)
        found += [f"{page.name} ({page.path}): {line}" for line in out]
    found += [line for visitor in visitors.values() for line in visitor.complaints]
    assert not found, "\n" + "\n".join(found)


def test_every_page_keeps_to_its_budget(world: World, look: OpenBrowser) -> None:
    found = []
    visitors = _visitors(world, look, 1280)
    for page in pages(world):
        # The admin is Django's own, with its scripts and styles.
        if not page.name.startswith("admin"):
            weights, requests = _weigh(visitors[page.who], page)
            found += [
                f"{page.name}: {kind} weighs {weight / KB:.1f} KB"
                for kind, weight in weights.items()
                if weight > BUDGET.get(kind, REQUESTS * KB)
            ]
            if requests > REQUESTS:
                found.append(f"{page.name}: {requests} requests")
    assert not found, "\n" + "\n".join(found)


def _weigh(visitor: Visitor, page: Page) -> tuple[dict[str, int], int]:
    """Return compressed bytes by kind of resource, and the number of requests, uncached."""
    answers: list[Any] = []

    def gather(answer: Any) -> None:
        answers.append(answer)

    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    visitor.page.on("response", gather)
    visitor.page.goto(visitor.base + page.path, wait_until="load")
    visitor.page.remove_listener("response", gather)
    session.detach()
    weights: dict[str, int] = {}
    for answer in answers:
        if 300 <= answer.status < 400:
            continue
        kind = answer.request.resource_type
        # Asked for again: Chromium may have dropped a body it has shown already.
        body = visitor.page.context.request.get(answer.url).body()
        weight = len(body) if kind == "font" else len(gzip.compress(body))
        weights[kind] = weights.get(kind, 0) + weight
    return weights, len(answers)


def _ballot(world: World) -> str:
    return reverse("ballot", args=[world.voting.vote_id])


@pytest.mark.parametrize("width", [320, 1280])
def test_every_tile_is_large_enough_for_a_thumb(
    world: World, look: OpenBrowser, width: int
) -> None:
    visitor = look(world.person("cleo"), width=width)
    visitor.go(_ballot(world))
    tiles = visitor.page.locator("label.tile")
    sizes = tiles.evaluate_all(
        "all => all.map(t => t.getBoundingClientRect()).map(b => [b.width, b.height])"
    )
    assert len(sizes) == 6 * 4
    assert min(side for size in sizes for side in size) >= 44


def test_a_ballot_can_be_scored_and_checked_with_the_keyboard_alone(
    world: World, look: OpenBrowser
) -> None:
    visitor = look(world.person("cleo"))
    visitor.go(_ballot(world))
    keys = visitor.page.keyboard
    chosen = "() => [...document.querySelectorAll('input[type=radio]:checked')].map(r => r.value)"
    _tab_to(visitor, "input[type=radio]")
    keys.press("Space")
    assert visitor.page.evaluate(chosen) == ["0"]
    for _step in range(5):
        keys.press("ArrowRight")
    assert visitor.page.evaluate(chosen) == ["5"]
    _tab_to(visitor, ".clear-score")
    _tab_to(visitor, "input[type=radio]")
    keys.press("Space")
    keys.press("ArrowRight")
    assert visitor.page.evaluate(chosen) == ["5", "1"]
    with visitor.page.expect_navigation():
        keys.press("Enter")
    assert visitor.heading == "Check your ballot"


def _tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until something that fits `selector` has focus, and see that focus shows."""
    for _step in range(40):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_focus_goes_to_the_summary_of_what_is_wrong(world: World, look: OpenBrowser) -> None:
    visitor = look(world.person("ben"))
    visitor.open(next(page for page in pages(world) if page.name == "422 raise"))
    assert visitor.page.title().startswith("Error: ")
    focused = visitor.page.evaluate("document.activeElement.className")
    assert focused == "error-summary"
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "id_trigger"
