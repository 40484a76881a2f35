"""Larger and wider-spaced text: nothing is cut off, written over, or past its container."""

import pytest

from tests.browser.survey import Survey

pytestmark = pytest.mark.browser


def test_every_page_bears_text_of_twice_the_size_on_a_desk_and_half_of_one(survey: Survey) -> None:
    assert not survey["large text"], survey["large text"]


def test_every_page_bears_wider_spaced_text_on_a_phone(survey: Survey) -> None:
    assert not survey["spaced text"], survey["spaced text"]
