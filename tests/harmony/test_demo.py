"""The demo party: made once, whole, quickly; signed into with one click, in the demo only."""

import json
import sqlite3
from datetime import datetime

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from assemblies.models import Assembly, Person
from assemblies.services import admit_person
from commons import clock
from consensus.models import LEAVE, Decision, Matter, Phase
from harmony.demo import passing, people
from harmony.demo.making import make_party
from harmony.due import is_anything_due, run_due_actions
from secretaries.organisers import organisers_at, secretary_at
from tests.moments import DAY
from voting.models import Vote
from voting.publication import Extent
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


def test_matters_stand_in_each_phase_and_state(demo):
    at = clock.now()
    matters = Matter.objects.all()
    assert 40 <= matters.count() <= 50
    found = {phase: [m for m in matters if m.phase_at(at) == phase] for phase in Phase}
    assert {phase: len(found[phase]) >= 3 for phase in Phase} == dict.fromkeys(Phase, True)
    talking = [m for m in found[Phase.DISCUSSION] if not m.divided_at]
    assert {0, 1, 2, 3} <= {m.proposals.count() for m in talking}
    assert any(m.debate_opens_at for m in found[Phase.DISCUSSION])  # called, and not open yet
    assert any(m.called_by is None for m in found[Phase.DEBATE])  # nobody called in time
    said = {m.pk: set(m.contributions.values_list("stance", flat=True)) for m in matters}
    assert any(stances == {"for", "against", "neutral", ""} for stances in said.values())


def test_calls_are_owed_by_a_secretary_in_post(demo):
    at = clock.now()
    owed = Matter.objects.owing_debate()
    assert all(matter.call_due_at > at for matter in owed)
    first = organisers_at(owed.get(assembly__slug="media-working-group").assembly, at)
    assert [organiser.person for organiser in first] == [person("adaeze"), person("callum")]


def test_every_sort_of_assembly_deliberates(demo):
    sorts = Assembly.objects.values_list("kind", "belonging").distinct()
    with_matters = Assembly.objects.filter(pk__in=Matter.objects.values("assembly"))
    assert set(with_matters.values_list("kind", "belonging")) == set(sorts)
    at = clock.now()
    seated = {a: secretary_at(a, at).is_acting for a in Assembly.objects.all()}
    assert set(seated.values()) == {True, False}
    inherent = Assembly.objects.filter(belonging=Assembly.Belonging.INHERENT)
    assert inherent.count() == 12
    assert all(society.people_at(at).count() >= 5 for society in inherent)


def test_nothing_is_due_when_it_is_made(demo):
    assert not is_anything_due(clock.now())
    done = run_due_actions()
    assert not any(number for name, number in done.items() if name != "scrub_closed_votes")


def test_votes_are_open_in_several_assemblies_one_closing_soon(demo):
    at = clock.now()
    votes = Vote.objects.open_at(at).order_by("closes_at")
    assert len({vote.assembly for vote in votes}) >= 4
    assert votes[0].closes_at - at < 2 * DAY
    assert at - Decision.objects.latest("decided_at").decided_at < 2 * DAY


def test_the_votes_of_the_walk_leave_ballots_to_cast(demo):
    vote = Vote.objects.open_at(clock.now()).get(assembly__slug="media-working-group")
    cast = [s.key for s in people.MEMBERS if has_voted(vote=vote, person=person(s.key))]
    assert len(cast) == 9
    assert not {people.MEDIA_SECRETARY, people.MEDIA_DEPUTY, "siobhan"} & set(cast)
    assert vote.has_elector(person("siobhan").pk)
    assert not vote.has_elector(person(people.LATE_TO_MEDIA).pk)


def test_decisions_tell_every_kind_of_story(demo):
    decisions = list(Decision.objects.select_related("vote"))
    counted = [(decision, decision.vote.result) for decision in decisions]
    assert {result["extent"] for _decision, result in counted} == set(Extent)
    full = [(d, r["rounds"][0], r) for d, r in counted if r["extent"] == Extent.BALLOTS]
    assert any(d.warmth["mean"] > 4.5 for d, _round, _result in full)
    assert any(d.warmth["words"].startswith("split") for d, _round, _result in full)
    assert any("without much warmth" in d.warmth["words"] for d, _round, _result in full)
    assert any(d.proposal is None and r["winners"] == [str(LEAVE)] for d, _round, r in full)
    assert {tie["step"] for _d, counting, _r in full for tie in counting["ties"]} == {
        "score:head_to_head",
        "runoff:score",
    }
    lost = [d for d, counting, _r in full if counting["winner"] != counting["finalists"][0]]
    assert "The empty chair" in {decision.title for decision in lost}
    apart = [abs(float.__sub__(*map(float, c["runoff"]["for"].values()))) for _d, c, _r in full]
    assert min(apart) == 0
    assert sorted(apart)[1] <= 2


def test_the_case_of_the_source_is_told_in_its_order(demo):
    titles = (
        "All advertising money to “Ask your street”",
        "End Trident, with ten years for the towns",
        "Advertise the decision on Trident for two weeks",
    )
    told = [Decision.objects.get(title=title) for title in titles]
    assert [decision.assembly.slug for decision in told] == [
        "society-for-presentation-of-policy",
        "policy-society-for-defence",
        "media-working-group",
    ]
    assert sorted(told, key=lambda decision: decision.decided_at) == told


def test_the_same_day_makes_the_same_party(demo, prepared):
    first = Matter.objects.earliest("raised_at").raised_at
    here = {
        (m.question, m.raised_at - first, m.contributions.count()) for m in Matter.objects.all()
    }
    with sqlite3.connect(prepared / "demo.sqlite3") as database:
        rows = database.execute(
            "SELECT question, raised_at, (SELECT count(*) FROM consensus_contribution"
            " WHERE matter_id = matter.id) FROM consensus_matter AS matter ORDER BY raised_at"
        ).fetchall()
        decided = dict(database.execute("SELECT title, enthusiasm FROM consensus_decision"))
    moments = [datetime.fromisoformat(at) for _question, at, _said in rows]
    there = {(q, at - moments[0], n) for (q, _at, n), at in zip(rows, moments, strict=True)}
    assert here == there
    enthusiasm = {title: json.loads(told) for title, told in decided.items()}
    assert enthusiasm == dict(Decision.objects.values_list("title", "enthusiasm"))


def test_the_page_begins_with_a_few_and_what_each_finds_to_do(client, demo):
    first = {each.person.name: each.words for each in client.get(URL).context["first"]}
    assert first["Gwen Pritchard"].startswith("General Secretary. Admits people")
    assert "Can call debate and vote on" in first["Adaeze Nwosu"]
    assert "to cast" in first["Siobhán Doherty"]
    assert "No ballot on “What does the front of the May leaflet say?”" in first["Farah Aziz"]
    assert "until the General Secretary admits them" in first["Molly Sanders"]


def test_the_page_says_what_a_newcomer_finds_once_admitted(client, demo):
    admit_person(person=person("molly"), by=person("gwen"))
    first = {each.person.name: each.words for each in client.get(URL).context["first"]}
    assert first["Molly Sanders"].startswith("In no group yet.")


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
