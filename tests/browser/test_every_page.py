"""What holds on every page: one walk looks at all, in four formats and more (WCAG 2.2 AA).

One file, since each process of a run that has several would walk for itself.
"""

import pytest

from tests.browser.survey import Survey

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


def test_focus_shows_wherever_it_can_go_on_every_page(survey: Survey) -> None:
    assert not survey["focus"], survey["focus"]


def test_every_page_bears_text_of_twice_the_size_on_a_desk_and_half_of_one(survey: Survey) -> None:
    assert not survey["large text"], survey["large text"]


def test_every_page_bears_wider_spaced_text_on_a_phone(survey: Survey) -> None:
    assert not survey["spaced text"], survey["spaced text"]
