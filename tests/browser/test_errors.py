"""The pages of trouble that no visitor can be led to: they fit, and axe finds nothing on them.

That they are what is answered is tested in `tests/harmony/test_errors.py`.
"""

from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string

from tests.browser.survey import CHECKS, COLOURS, EVERYTHING
from tests.browser.visitor import OpenBrowser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRITING = [("text", "We hire a desk for each stall, because nobody has a shed. " * 9, True)]
TROUBLE = ["400", "403_csrf", "413", "429", "signed_out"]
ALONE = ["500", "503"]


def _in_context(name: str) -> str:
    context = {"writing": WRITING, "login_url": "/accounts/login/?next=/"}
    request = HttpRequest()
    request.path = "/matters/1/say/"
    return render_to_string(f"{name}.html", context, request)


@pytest.mark.parametrize("name", [*TROUBLE, *ALONE])
def test_pages_of_trouble_fit_and_axe_finds_nothing(
    name: str, party: Any, visit: OpenBrowser
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    body = render_to_string(f"{name}.html") if name in ALONE else _in_context(name)
    visitor = visit(width=320)
    tab = visitor.page
    tab.route("**/trouble/", lambda route: route.fulfill(body=body))
    visitor.go("/trouble/")
    tab.evaluate(axe)
    tab.evaluate(CHECKS)
    ask = "([check, options]) => harmonyChecks[check](options)"
    assert tab.evaluate(ask, ["fits", None]) == []
    assert tab.evaluate(ask, ["axe", EVERYTHING]) == []
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate(ask, ["axe", COLOURS]) == []
