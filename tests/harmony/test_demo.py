"""The demo party: made once, whole, quickly; signed into with one click, in the demo only."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from assemblies.models import Person
from commons import clock
from consensus.models import LEAVE, Decision, Matter, Phase
from harmony.demo import passing, people
from harmony.demo.making import make_party
from harmony.due import run_due_actions
from secretaries.organisers import organisers_at
from tests.moments import DAY
from voting.models import Vote
from voting.services import has_voted

URL = reverse("demo")


def person(key: str) -> Person:
    return Person.objects.get(email=f"{key}@{people.DOMAIN}")


def row_counts() -> dict[str, int]:
    rooms = (*passing.ROOMS, "account")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_making_it_again_changes_nothing(demo):
    before = row_counts()
    assert before["assemblies.Person"] == len(people.EVERYBODY)
    assert 110 <= len(people.MEMBERS) <= 130
    assert make_party() is False
    assert row_counts() == before


def test_a_matter_stands_in_each_phase(demo):
    at = clock.now()
    found = {phase: [m for m in Matter.objects.all() if m.phase_at(at) == phase] for phase in Phase}
    assert all(found.values())
    discussed = found[Phase.DISCUSSION]
    assert any(not matter.proposals.exists() for matter in discussed)
    assert any(matter.proposals.count() == 2 and not matter.divided_at for matter in discussed)
    (owed,) = Matter.objects.owing_debate()
    assert owed.call_due_at > at
    stances = found[Phase.DEBATE][0].contributions.values_list("stance", flat=True)
    assert set(stances) == {"for", "against", "neutral", ""}


def test_nothing_is_due_when_it_is_made(demo):
    done = run_due_actions()
    assert not any(done[name] for name in ("close_due_votes", "open_due_votes", "number_entries"))
    assert done["open_due_debates"] == 0


def test_the_open_vote_leaves_ballots_to_cast(demo):
    (vote,) = Vote.objects.open_at(clock.now())
    assert DAY < vote.closes_at - clock.now() < 3 * DAY
    cast = [key.key for key in people.MEMBERS if has_voted(vote=vote, person=person(key.key))]
    assert len(cast) == 9
    assert not {people.MEDIA_SECRETARY, people.MEDIA_DEPUTY, "siobhan"} & set(cast)
    assert vote.has_elector(person("siobhan").pk)
    assert not vote.has_elector(person(people.LATE_TO_MEDIA).pk)


def test_decisions_tell_four_different_stories(demo):
    by_title = {decision.title: decision for decision in Decision.objects.all()}
    warm = by_title["A weekend rota of four"]
    assert warm.warmth["mean"] > 4
    narrow = by_title["The empty chair"]
    totals = {option["label"]: option["total"] for option in narrow.enthusiasm}
    assert max(totals, key=totals.get) == "A day in an assembly"
    (kept,) = [decision for decision in by_title.values() if decision.proposal is None]
    assert kept.vote.result["winners"] == [str(LEAVE)]
    assert [decision.assembly.is_party for decision in by_title.values()].count(True) == 1


def test_offices_are_held_as_the_page_says(demo):
    media = Matter.objects.owing_debate().get().assembly
    organisers = [organiser.person for organiser in organisers_at(media, clock.now())]
    assert organisers == [person("adaeze"), person("callum")]


def test_the_page_begins_with_a_few_and_what_each_finds_to_do(client, demo):
    first = {each.person.name: each.words for each in client.get(URL).context["first"]}
    assert first["Gwen Pritchard"].startswith("General Secretary. Admits people")
    assert "Can call debate and vote on" in first["Adaeze Nwosu"]
    assert "to cast" in first["Siobhán Doherty"]
    assert "Joined the Media Working Group after the vote" in first["Farah Aziz"]
    assert "until the General Secretary admits them" in first["Molly Sanders"]


def test_the_page_shows_everybody_once(client, demo):
    shown = {each.person: each.words for each in client.get(URL).context["everybody"]}
    assert len(shown) == len(people.EVERYBODY)
    assert shown[person("adaeze")] == "Secretary of the Media Working Group"
    assert shown[person("abdi")] == "has signed up, not admitted yet"
    assert shown[person("niamh")] == "has left the Party"


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"name": "siob"}, ["Siobhán Doherty"]),
        ({"name": "a", "assembly": "constituency-society-for-truro-and-falmouth"}, None),
        ({"name": "nobody at all"}, []),
    ],
)
def test_the_page_finds_people_by_name_and_assembly(client, demo, chosen, names):
    found = [each.person.name for each in client.get(URL, chosen).context["everybody"]]
    if names is None:
        assert "Tamsin Pascoe" in found
        assert len(found) < 10
    else:
        assert found == names


def test_one_click_signs_in(client, demo):
    response = client.post(URL, {"email": "siobhan@harmony.example"})
    assert (response.status_code, response["Location"]) == (303, "/")
    assert client.get(reverse("me")).context["user"] == person("siobhan")


def test_the_password_signs_in_as_well(client, demo):
    form = {"login": "siobhan@harmony.example", "password": people.PASSWORD}
    assert client.post(reverse("account_login"), form).status_code == 302
    assert client.get(reverse("me")).status_code == 200


@pytest.mark.parametrize("email", ["nobody@harmony.example", "", "a\0b"])
def test_nobody_else_can_be_signed_in(client, demo, email):
    assert client.post(URL, {"email": email}).status_code == 404


def test_needs_the_forms_token(demo):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(URL, {"email": "siobhan@harmony.example"}).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_is_not_there_outside_the_demo(client, demo, settings, method):
    settings.DEMO = False
    answer = getattr(client, method)(URL, {"email": "gwen@harmony.example"})
    assert answer.status_code == 404
    assert client.get(reverse("me")).status_code == 302


def test_time_passes_by_itself_outside_the_demo(demo, settings):
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        passing.let_pass(DAY)
