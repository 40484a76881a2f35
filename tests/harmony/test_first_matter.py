"""The README's walk: a stranger takes a matter from its trigger to a decision, in the demo."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from consensus.models import Decision, Matter

DEMO = reverse("demo")


class Inputs(HTMLParser):
    """What a browser would send back of a page's hidden and filled-in inputs."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        chosen = found.get("type") not in ("radio", "checkbox", "submit") or "checked" in found
        if tag == "input" and found.get("name") and chosen:
            self.values.setdefault(found["name"], []).append(found.get("value") or "")


def filled(page) -> dict[str, list[str]]:
    inputs = Inputs()
    inputs.feed(page.content.decode())
    return inputs.values


@pytest.fixture
def browser(lived_demo) -> Client:
    return Client()


def become(browser: Client, name: str) -> None:
    assert browser.post(DEMO, {"email": f"{name}@harmony.example"}).status_code == 303


def go_on_until(browser: Client, phase: str, matter: Matter) -> None:
    """Follow the matter with "Go on to its next moment" until its page says it is in that phase."""
    url = matter.get_absolute_url()
    for _press in range(2):
        if browser.get(url).context["phase"] == phase:
            return
        assert str(browser.get(DEMO).context["waiting"][0].matter) == str(matter.pk)
        sent = {"go_on": "deadline", "matter": str(matter.pk)}
        assert browser.post(DEMO, sent).status_code == 303
    raise AssertionError(f"{matter} never came to {phase}")


def send(browser: Client, url: str, **answers: str) -> None:
    page = browser.get(url)
    sent = filled(page) | answers
    response = browser.post(url, sent)
    assert response.status_code == 303, response.content.decode()


def raise_matter(browser: Client) -> Matter:
    become(browser, "siobhan")
    url = reverse("raise_matter", args=["media-working-group"])
    answers = {"trigger": "The kettle broke.", "question": "Which kettle do we buy?", "why": ""}
    checked = browser.post(url, answers | {"check": "1"})
    assert not Matter.objects.filter(question="Which kettle do we buy?").exists()
    assert browser.post(url, filled(checked)).status_code == 303
    return Matter.objects.get(question="Which kettle do we buy?")


def vote(browser: Client, matter: Matter, name: str, scores: dict[str, str]) -> None:
    become(browser, name)
    matter.refresh_from_db()
    page = browser.get(reverse("ballot", args=[matter.vote_id]))
    ballot = {field.name: scores[str(field.option)] for field in page.context["form"].rows}
    checked = browser.post(reverse("check_ballot", args=[matter.vote_id]), filled(page) | ballot)
    assert checked.status_code == 200
    recorded = browser.post(page.wsgi_request.path, filled(checked))
    assert recorded["Location"] == reverse("ballot_recorded", args=[matter.vote_id])


def test_a_stranger_takes_a_matter_from_its_trigger_to_a_decision(browser):
    matter = raise_matter(browser)
    at = [matter.pk]
    send(browser, reverse("propose", args=at), title="Buy a copper one", text="It lasts.")
    become(browser, "rhys")
    send(browser, reverse("say", args=at), text="Copper is dear.")
    send(browser, reverse("propose", args=at), title="Mend the old one", text="It is the plug.")
    send(browser, reverse("declare_division", args=at), reason="Two good answers.")
    become(browser, "adaeze")
    assert "Which kettle" in browser.get("/").content.decode()
    send(browser, reverse("call_debate", args=at))
    go_on_until(browser, "debate", matter)
    send(browser, reverse("say", args=at), text="Mending is free.", stance="for")
    go_on_until(browser, "resolution", matter)
    scores = {"Buy a copper one": "1", "Mend the old one": "5", "Leave things as they are": "0"}
    for name in ("siobhan", "rhys", "adaeze"):
        vote(browser, matter, name, scores)
    go_on_until(browser, "decision", matter)
    decision = Decision.objects.get(matter=matter)
    assert decision.title == "Mend the old one"
    assert "Mend the old one" in Client().get(reverse("decisions")).content.decode()
    page = Client().get(decision.get_absolute_url()).content.decode()
    assert "It is the plug." in page
