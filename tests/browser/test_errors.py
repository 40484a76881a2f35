"""The pages of trouble that no visitor can be led to: they fit, and axe finds nothing on them.

That they are what is answered is tested in `tests/harmony/test_errors.py` and `test_admin.py`.
"""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from assemblies.models import Assembly, Person
from tests.browser.survey import CHECKS, COLOURS, EVERYTHING
from tests.browser.visitor import OpenBrowser, Visitor
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRITING = [("text", "We hire a desk for each stall, because nobody has a shed. " * 9, True)]
TROUBLE = ["400", "403_csrf", "413", "429", "signed_out", "admin/second_factor"]
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


def test_words_that_outlived_their_session_are_sent_with_one_press(
    ben: Person, media: Assembly, visit: OpenBrowser, settings: Any
) -> None:
    EmailAddress.objects.create(user=ben, email=ben.email, verified=True, primary=True)
    visitor = visit(ben)
    visitor.go(reverse("raise_matter", args=[media.slug]))
    visitor.field("What happened?").fill(WRITING[0][1])
    visitor.field("What is the question?").fill("What now?")
    visitor.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    visitor.press("Check your answers")
    visitor.page.get_by_role("heading", name="You were signed out meanwhile").wait_for()
    with visitor.page.expect_popup() as beside:
        visitor.follow("Sign in, in a new tab")
    tab = Visitor(beside.value, visitor.base)
    tab.field("E-mail address").fill(ben.email)
    tab.field("Password").fill(PASSWORD)
    tab.press("Sign in")
    tab.page.get_by_role("status").get_by_text("You are signed in").wait_for()
    visitor.press("Send it")
    visitor.page.get_by_role("heading", name="Check your answers").wait_for()
    assert "nobody has a shed" in visitor.page.inner_text("main")
