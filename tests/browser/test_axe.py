"""axe-core, and what it does not ask: light and dark, on phones and desks (WCAG 2.2 AA)."""

import pytest

from tests.browser.survey import Survey

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_on_any_page(survey: Survey) -> None:
    assert not survey["axe"], survey["axe"]


def test_headings_landmarks_pictures_and_errors_are_in_order_on_every_page(survey: Survey) -> None:
    assert not survey["structure"], survey["structure"]


def test_no_two_pages_have_the_same_title(survey: Survey) -> None:
    paths: dict[str, set[str]] = {}
    for page, title in survey.titles.items():
        # Once a vote is closed its ballot shows the result too.
        if page.status == 200 and not page.press and page.name != "ballot after its close":
            paths.setdefault(title, set()).add(page.path.partition("?")[0])
    assert {title: found for title, found in paths.items() if len(found) > 1} == {}


def test_every_title_says_more_than_the_name_of_the_site(survey: Survey) -> None:
    short = [p.name for p, t in survey.titles.items() if len(t.removesuffix(" · Harmony")) < 2]
    assert short == []


def test_nothing_moves_for_those_who_ask_for_less_motion(survey: Survey) -> None:
    assert not survey["motion"], survey["motion"]
