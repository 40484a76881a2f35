"""Layout and weight: nothing sticks out at 320 px, nothing complains, every page is light."""

import pytest
from django.urls import reverse

from tests.browser.survey import Survey
from tests.browser.visitor import OpenBrowser
from tests.browser.world import World

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
