"""Text as attackers write it: refused in words, or rendered inert and in time."""

import re
import time

import pytest
from django.core.exceptions import ValidationError

from commons.markdown import check_text, render


@pytest.mark.parametrize(
    "text",
    [
        "a\0",
        "a\ud800",
        "a\x1b[2J",
        "a\x85",
        "\u200b\u200b",
        "a\u202eb",
        "a" + "\u0301" * 10_000,
        "a" + "\u0489" * 100,
        "a" + ("\u0301" * 8 + "\u034f") * 100,
        "a" + ("\u0301" * 8 + "\u200d") * 100,
    ],
    ids=ascii,
)
def test_refuses_what_nobody_can_have_meant(text):
    with pytest.raises(ValidationError):
        check_text(text)


@pytest.mark.parametrize("text", ["Zażółć, ναί, ﷺ", "हिन्दी", "👩🏽‍🚒 and 🏳️‍🌈", "a\r\n\tb", "Việt"])
def test_takes_what_people_write(text):
    assert check_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "[x](//evil.example)",
        "[x](/\\evil.example)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,1)",
        "![x](https://evil.example/y.png)",
        "<img src=x onerror=alert(1)>",
        "<a href='/' hx-get='/'>x</a>",
    ],
)
def test_renders_nothing_that_acts(text):
    tags = re.findall(r"<[^>]*>", render(text))
    assert tags
    assert not [tag for tag in tags if "href" in tag or "hx-" in tag or "img" in tag]


@pytest.mark.parametrize("char", ["[", "*", "`", ">", "<", "![", "[a](", "**a "])
def test_renders_the_longest_heap_in_time(char):
    """As long as the longest text a form takes; reckoned in the process's own time."""
    begun = time.process_time()
    render((char * 10_000)[:10_000])
    assert time.process_time() - begun < 1
