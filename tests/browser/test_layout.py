"""Layout and weight: nothing sticks out at 320 px, nothing complains, every page is light."""

import pytest
from django.urls import reverse

from tests.browser.survey import Survey
from tests.browser.visitor import OpenBrowser, Visitor
from tests.browser.world import World, pages

pytestmark = pytest.mark.browser

KB = 1024
# UX.md: compressed, and what one page may ask for in all.
BUDGET = {
    "document": 30 * KB,
    "css": 15 * KB,
    "js": 20 * KB,
    "woff2": 75 * KB,
    "svg": 10 * KB,
    "other": 0,
}
REQUESTS = 12


def test_every_page_answers_as_it_should(survey: Survey) -> None:
    assert not survey["status"], survey["status"]


def test_nothing_sticks_out_is_cut_off_or_written_over(survey: Survey) -> None:
    assert not survey["fit"], survey["fit"]


def test_every_page_keeps_to_its_budget(survey: Survey) -> None:
    heavy = [
        f"{page.name}: {kind} weighs {weight / KB:.1f} KB"
        for page, weights in survey.weights.items()
        for kind, weight in weights.items()
        if weight > BUDGET[kind] and not page.name.startswith("admin")
    ]
    assert heavy == []


def test_no_page_asks_for_too_much(survey: Survey) -> None:
    asked = {p.name: n for p, n in survey.requests.items() if not p.name.startswith("admin")}
    assert {name: n for name, n in asked.items() if n > REQUESTS} == {}


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
