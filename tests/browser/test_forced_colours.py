"""Forced colours: with every colour taken away, lines and shapes still tell things apart."""

from typing import Any

import pytest
from django.urls import reverse

from tests.browser.visitor import OpenBrowser, Visitor
from tests.browser.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def ben(request: pytest.FixtureRequest, world: World, look: OpenBrowser) -> Visitor:
    return look(world.person("ben"), forced_colors="active", color_scheme=request.param)


def _styles(visitor: Visitor, selector: str, *names: str) -> list[tuple[Any, ...]]:
    """Return these computed properties of every visible element that fits, at least one."""
    found = visitor.page.locator(selector).evaluate_all(
        "(all, names) => all.filter(el => el.checkVisibility())"
        ".map(el => names.map(name => getComputedStyle(el)[name]))",
        list(names),
    )
    assert found, f"nothing fits {selector}"
    return [tuple(each) for each in found]


def _lines(visitor: Visitor, selector: str) -> set[tuple[Any, ...]]:
    edges = ("borderTop", "borderRight", "borderBottom", "borderLeft")
    names = [f"{edge}{part}" for edge in edges for part in ("Width", "Style")]
    return set(_styles(visitor, selector, *names))


def test_the_chosen_score_stands_out_from_the_others(world: World, ben: Visitor) -> None:
    ben.go(reverse("ballot", args=[world.voting.vote_id]))
    chosen = set(_styles(ben, ".tile input:checked", "backgroundColor"))
    others = set(_styles(ben, ".tile input:not(:checked)", "backgroundColor"))
    assert len(chosen) == 1
    assert chosen.isdisjoint(others)
    words = _styles(ben, ".tile input:checked ~ span", "color")
    assert chosen.isdisjoint(words)


def test_focus_and_buttons_keep_a_line_around_them(world: World, ben: Visitor) -> None:
    ben.go(reverse("ballot", args=[world.voting.vote_id]))
    assert set(_styles(ben, ".button", "borderTopStyle", "borderTopWidth")) == {("solid", "2px")}
    ben.page.locator(".tile input").first.focus()
    assert _styles(ben, ".tile input:focus", "outlineStyle", "outlineWidth") == [("solid", "3px")]


def test_speeches_keep_their_three_kinds_of_line(world: World, ben: Visitor) -> None:
    ben.go(world.debated.get_absolute_url())
    rails = {
        style
        for stance in ("for", "against", "neutral")
        for (style,) in _styles(ben, f".speech-{stance}", "borderInlineStartStyle")
    }
    assert rails == {"solid", "double", "dotted"}


def test_a_step_done_the_present_one_and_the_next_are_drawn_apart(
    world: World, ben: Visitor
) -> None:
    ben.go(world.debated.get_absolute_url())
    drawn = [
        set(_styles(ben, f".stepper .{when} path", "strokeDasharray", "strokeWidth"))
        for when in ("done", "now", "next")
    ]
    assert drawn[0].isdisjoint(drawn[1] | drawn[2])
    assert drawn[1].isdisjoint(drawn[2])


def test_the_pieces_of_a_bar_differ_from_each_other_and_from_the_page(
    world: World, ben: Visitor
) -> None:
    ben.go(reverse("result", args=[world.decided.vote_id]))
    ground = _styles(ben, "body", "backgroundColor")[0]
    fills = {name: set(_styles(ben, f".score-bar .s{name}", "fill")) for name in "012345"}
    assert all(len(fill) == 1 for fill in fills.values())
    assert len({ground} | set.union(*fills.values())) == 7
    finalists = [_styles(ben, f".runoff-bar .{place}", "fill")[0] for place in ("first", "second")]
    assert len({ground, *finalists}) == 3


def test_a_decisions_standing_keeps_its_bar(world: World, ben: Visitor) -> None:
    ben.go(reverse("decisions"))
    assert _lines(ben, ".standing-in-force") == {
        ("0px", "solid", "0px", "solid", "4px", "solid", "0px", "solid")
    }
