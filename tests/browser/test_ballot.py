"""The ballot's tiles are for thumbs."""

import pytest
from django.urls import reverse

from tests.browser.visitor import OpenBrowser
from tests.browser.world import World

pytestmark = pytest.mark.browser


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
