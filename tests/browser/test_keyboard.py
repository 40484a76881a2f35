"""From Home to a recorded ballot, and back to change it, with the keyboard alone."""

import pytest

from tests.browser.visitor import OpenBrowser, Visitor
from tests.browser.world import World, pages

pytestmark = pytest.mark.browser

# What a reader with no mouse must know of where focus is: that an outline of two pixels or more
# is drawn, on something inside the window that nothing covers.
FOCUS = """() => {
  const el = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(el);
  const box = el.getBoundingClientRect();
  const down = Math.min(box.height / 2, 20);
  const on = document.elementFromPoint(box.left + box.width / 2, box.top + down);
  return {
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    uncovered: on && (el.contains(on) || on.contains(el) || el.labels?.[0]?.contains(on)),
    at: el.outerHTML.slice(0, 120),
  };
}"""
CHOSEN = "() => [...document.querySelectorAll('input[type=radio]:checked')].map(r => r.value)"
QUESTION = "Which desk do we use at stalls?"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_member_votes_and_changes_the_ballot_without_a_mouse(
    own_world: World, visit: OpenBrowser, width: int, scripts: bool
) -> None:
    cleo = visit(own_world.person("cleo"), width=width, java_script_enabled=scripts)
    cleo.go("/")
    _skip_to_main(cleo)
    _enter(cleo, QUESTION)
    assert cleo.heading.endswith(QUESTION)
    _score(cleo, ["5", "1", "3"])
    _enter(cleo, "Check your ballot")
    assert cleo.heading == "Check your ballot"
    _enter(cleo, "Record my ballot")
    assert cleo.heading == "Your ballot is recorded"
    _enter(cleo, "Change my ballot")
    assert cleo.page.evaluate(CHOSEN) == ["5", "1", "3"]
    _tab_to(cleo, "Clear score")
    cleo.page.keyboard.press("Enter")
    cleo.page.wait_for_function("document.querySelectorAll('input:checked').length === 2")
    _enter(cleo, "Check your ballot")
    assert "left blank: counts as 0" in cleo.page.locator("main").inner_text()
    _enter(cleo, "Record my ballot")
    assert cleo.heading == "Your ballot is recorded"
    _enter(cleo, "Change my ballot")
    assert cleo.page.evaluate(CHOSEN) == ["1", "3"]


def _skip_to_main(visitor: Visitor) -> None:
    _tab(visitor)
    assert _focused_words(visitor) == "Skip to the page"
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("document.activeElement.id === 'main'")


def _score(visitor: Visitor, scores: list[str]) -> None:
    """Give the first options these scores: Tab to a row, Space, then arrows."""
    for done, score in enumerate(scores):
        while visitor.page.evaluate("document.activeElement.type") != "radio":
            _tab(visitor)
        visitor.page.keyboard.press("Space")
        for _step in range(int(score)):
            visitor.page.keyboard.press("ArrowRight")
            _see_focus(visitor)
        assert visitor.page.evaluate(CHOSEN) == scores[: done + 1]
        _tab(visitor)


def _enter(visitor: Visitor, words: str) -> None:
    """Tab to what is called that, see that focus shows on the way, and press Enter."""
    _tab_to(visitor, words)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def _tab_to(visitor: Visitor, words: str) -> None:
    for _step in range(60):
        _tab(visitor)
        if _focused_words(visitor).startswith(words):
            return
    raise AssertionError(f"Tab never reaches {words}")


def _tab(visitor: Visitor) -> None:
    visitor.page.keyboard.press("Tab")
    _see_focus(visitor)


def _see_focus(visitor: Visitor) -> None:
    focus = visitor.page.evaluate(FOCUS)
    assert focus["outlined"], f"no outline on {focus['at']}"
    assert focus["uncovered"], f"not to be seen: {focus['at']}"


def _focused_words(visitor: Visitor) -> str:
    return visitor.page.evaluate("document.activeElement.innerText ?? ''").strip()


def test_focus_goes_to_the_summary_of_what_is_wrong(world: World, look: OpenBrowser) -> None:
    visitor = look(world.person("ben"))
    visitor.open(next(page for page in pages(world) if page.name == "422 raise"))
    assert visitor.page.title().startswith("Error: ")
    focused = visitor.page.evaluate("document.activeElement.className")
    assert focused == "error-summary"
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "id_trigger"
