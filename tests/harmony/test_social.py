"""What others show of a page: a card of its own for what is open, nothing for what is not (A5)."""

import re
import struct

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from consensus import services
from consensus.models import Decision
from tests.moments import DAY, NOON
from voting.services import cast_ballot, close_due_votes

pytestmark = pytest.mark.django_db


def shown(answer):
    """Return the properties of the card."""
    page = answer.content.decode()
    return dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', page))


@pytest.fixture
def matter(media, ben):
    matter = services.raise_matter(
        assembly=media, by=ben, trigger="It broke.", question="Which desk?", at=NOON
    )
    services.put_forward(matter=matter, by=ben, title="Buy “one”", text="Now.", at=NOON)
    return matter


@pytest.fixture
def decision(matter, ada, ben, cleo):
    services.declare_division(matter=matter, by=ben, reason="x", at=NOON)
    matter = services.call_debate(matter=matter, by=ada, at=NOON + DAY)
    services.open_due_votes(at=matter.vote_opens_at)
    matter.refresh_from_db()
    for person in (ada, ben, cleo):
        cast_ballot(vote=matter.vote, person=person, scores="50", at=matter.vote_opens_at)
    close_due_votes(at=matter.vote_closes_at)
    services.write_due_decisions(at=matter.vote_closes_at)
    return Decision.objects.get()


def test_a_decision_shows_its_outcome_and_its_own_address(client, decision):
    card = shown(client.get(decision.get_absolute_url(), {"utm_source": "x"}))
    assert card["og:title"] == "Buy “one”"
    where, standing, told = card["description"].split(". ", 2)
    assert where == "Media Working Group, 11 March 2026"
    assert standing == "In force"
    assert told.startswith("Buy “one” is carried")
    assert card["og:description"] == card["description"]
    assert card["og:url"] == f"http://testserver{decision.get_absolute_url()}"
    assert card["og:image"] == "http://testserver/static/img/card.png"
    assert card["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("name", ["home", "assemblies", "decisions"])
def test_open_pages_say_what_they_are(client, decision, name):
    card = shown(client.get(reverse(name)))
    assert len(card["description"]) > 50
    assert card["og:url"] == f"http://testserver{reverse(name)}"


def test_the_card_of_a_result_holds_its_outcome(client, decision):
    card = shown(client.get(reverse("result", args=[decision.vote_id])))
    assert card["og:title"] == "Which desk?"


def test_what_is_for_members_shows_nothing(client, signed_in, ben, matter):
    for answer in (
        client.get(matter.get_absolute_url(), follow=True),
        signed_in(ben).get(matter.get_absolute_url()),
        signed_in(ben).get(reverse("home")),
        client.get("/nowhere/"),
    ):
        assert shown(answer)["robots"] == "noindex"
        assert not any(name.startswith("og:") for name in shown(answer))


@pytest.mark.parametrize(
    "name", ["robots.txt", "favicon.ico", "apple-touch-icon.png", "site.webmanifest"]
)
def test_what_is_looked_for_at_the_root_is_there(client, name):
    assert client.get(f"/{name}").status_code == 200


def test_the_picture_has_the_size_that_is_said():
    with open(finders.find("img/card.png"), "rb") as picture:
        header = picture.read(24)
    assert struct.unpack(">II", header[16:24]) == (1200, 630)
