"""With JavaScript off: every page answers, nothing on it is dead, and every form can be sent."""

from typing import NamedTuple

import pytest

from tests.browser.survey import CHECKS
from tests.browser.visitor import OpenBrowser, Visitor
from tests.browser.world import Page, World, pages
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The last of a form's buttons is the one that goes on.
GOES_ON = """at => [...document.forms[at].elements]
  .filter(el => el.type === "submit" && el.checkVisibility()).at(-1)"""
# Which form on the page it is, where it leads, and what its button says.
FORMS = f"""() => [...document.forms].flatMap((form, at) => {{
  const last = ({GOES_ON})(at);
  const to = new URL(form.getAttribute("action") ?? "", location).pathname;
  return last ? [[at, to, (last.innerText || last.value).trim()]] : [];
}})"""
# Writes into every empty field something it would take; what stands there already stays.
FILL = """([at, words]) => {
  for (const el of document.forms[at].elements) {
    if (el.type === "checkbox") el.checked = true;
    else if (el.type === "radio") el.checked ||= !document.forms[at].elements[el.name].value;
    else if (el.type === "select-one") el.value ||= [...el.options].find(o => o.value)?.value;
    else if (/^(text|search|email|password|textarea)$/.test(el.type))
      el.value ||= words[el.name] ?? words[el.type] ?? words.text;
  }
}"""
WORDS = {
    "text": "Sound",
    "password": PASSWORD,
    "login": "ben@example.org",
}
# Where sending takes away what other forms need, so that it comes last.
LAST = (
    "admin person",
    "admin end membership",
    "assembly for a member",
    "account_change_password",
    "account_set_password",
    "mfa_deactivate_totp",
    "key removed",
)
# Where more is asked for than words: a code from a device, a person nobody has chosen yet.
REFUSED = (
    ("admin new term", "Begin the term"),
    ("code typed", "Go on"),
    ("mfa_activate_totp", "Use this app"),
    ("mfa_reauthenticate", "Go on"),
    ("second factor", "Sign in"),
)


class Sending(NamedTuple):
    """A form, by its place on a page, and what its button says."""

    page: Page
    at: int
    button: str


def test_every_page_answers_nothing_on_it_is_dead_and_every_form_reaches_its_next_page(
    own_world: World, visit: OpenBrowser
) -> None:
    found: list[str] = []
    sendings: dict[tuple[str, str], Sending] = {}
    visitors: dict[str, Visitor] = {}
    for page in pages(own_world):
        if page.who not in visitors:
            visitors[page.who] = visit(own_world.person(page.who), java_script_enabled=False)
        visitor = visitors[page.who]
        status = visitor.open(page)
        if status != page.status:
            found.append(f"{page.name} answers {status}, not {page.status}")
        visitor.page.evaluate(CHECKS)
        found += [f"{page.name}: {line}" for line in visitor.page.evaluate("harmonyChecks.dead()")]
        for at, to, button in visitor.page.evaluate(FORMS):
            sendings.setdefault((to, button), Sending(page, at, button))
    for sending in sorted(sendings.values(), key=lambda each: each.page.name in LAST):
        visitor = visit(own_world.person(sending.page.who), java_script_enabled=False)
        found += _send(visitor, sending)
        visitor.page.context.close()
    assert not found, "\n" + "\n".join(found)
    assert {"Filter", "Record my ballot", "Sign in", "Admit"} < {
        s.button for s in sendings.values()
    }


def _send(visitor: Visitor, sending: Sending) -> list[str]:
    """Fill a form and send it; return what is wrong with the answer, if anything."""
    visitor.open(sending.page)
    if visitor.page.evaluate("document.forms.length") <= sending.at:
        return [f"{sending.page.name}: the form is gone"]
    # A code is sent to one address only so often.
    words = WORDS | {"email": f"{sending.page.name}@example.org"}
    visitor.page.evaluate(FILL, [sending.at, words])
    with visitor.page.expect_navigation() as navigation:
        visitor.page.evaluate_handle(GOES_ON, sending.at).as_element().click()
    status = navigation.value.status
    if status == (422 if (sending.page.name, sending.button) in REFUSED else 200):
        return []
    return [f"{sending.page.name}: “{sending.button}” is answered with {status}"]
