"""On paper: no navigation, and nothing past the edge of an A4 sheet."""

import pytest
from django.urls import reverse

from tests.browser.survey import CHECKS
from tests.browser.visitor import OpenBrowser
from tests.browser.world import World

pytestmark = pytest.mark.browser

# 210 mm less two margins of 18 mm, at 96 pixels to the inch.
A4 = 658
ON_SCREEN_ONLY = ".nav, .menu, .pinned, .skip, .breadcrumb, .footer, .do-box, .actions, form"


@pytest.mark.parametrize("what", ["result", "decision", "matter", "debate"])
def test_a_page_prints_whole_and_without_navigation(
    world: World, look: OpenBrowser, what: str
) -> None:
    paths = {
        "result": reverse("result", args=[world.decided.vote_id]),
        "decision": world.decided.decision.get_absolute_url(),
        "matter": world.talked.get_absolute_url(),
        "debate": world.debated.get_absolute_url(),
    }
    ben = look(world.person("ben"), width=A4)
    ben.go(paths[what])
    ben.page.emulate_media(media="print")
    shown = ben.page.locator(ON_SCREEN_ONLY).filter(visible=True)
    assert shown.evaluate_all("all => all.map(el => el.outerHTML)") == []
    assert ben.page.locator("h1").is_visible()
    ben.page.evaluate(CHECKS)
    assert ben.page.evaluate("harmonyChecks.fits()") == []
