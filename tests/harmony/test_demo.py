"""The demo party: made once, whole, quickly; signed into with one click, in the demo only."""

import sqlite3
import time
import urllib.error
import urllib.request

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from assemblies.models import Person
from commons import clock
from consensus.models import LEAVE, Decision, Matter, Phase
from harmony.demo import passing, people, server
from harmony.demo.making import make_party
from harmony.due import run_due_actions
from secretaries.organisers import organisers_at
from tests.factories import PersonFactory
from tests.harmony.processes import environment, free_port, run, running, wait_for
from tests.moments import DAY, SECOND
from voting.models import Vote
from voting.services import has_voted

URL = reverse("demo")


@pytest.fixture
def demo(db, settings):
    settings.DEMO = True
    make_party()


def person(key: str) -> Person:
    return Person.objects.get(email=f"{key}@{people.DOMAIN}")


def row_counts() -> dict[str, int]:
    rooms = (*passing.ROOMS, "account")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_making_it_again_changes_nothing(demo):
    before = row_counts()
    assert before["assemblies.Person"] == len(people.EVERYBODY) == 32
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


def test_a_party_of_others_is_refused(db):
    PersonFactory()
    with pytest.raises(ValidationError, match="empty one"):
        make_party()


def test_the_page_shows_everybody_once_by_what_they_can_do(client, demo):
    page = client.get(URL)
    groups = {heading: members for heading, _words, members in page.context["groups"]}
    shown = [person for members in groups.values() for person in members]
    assert len(shown) == len(set(shown)) == len(people.EVERYBODY)
    assert groups["General Secretary"] == [person("gwen")]
    assert groups["Secretaries"] == [person("adaeze")]
    assert groups["Deputies"] == [person("callum")]
    assert person("siobhan") in groups["Members who can vote now"]
    assert person("farah") in groups["Members who are not on that roll"]
    assert set(groups["Signed up, not admitted yet"]) == {person("molly"), person("abdi")}


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


@pytest.mark.django_db(transaction=True)
def test_time_passes_to_the_next_deadline(client, demo):
    owed = Matter.objects.owing_debate().get()
    while Matter.objects.owing_debate().exists():
        before = passing.next_deadline(clock.now())
        assert client.post(URL, {"go_on": "deadline"}).status_code == 303
        after = passing.next_deadline(clock.now())
        assert before != after
    owed.refresh_from_db()
    assert owed.phase_at(clock.now() + SECOND) == Phase.DEBATE


@pytest.mark.django_db(transaction=True)
def test_days_pass_until_everything_is_decided(client, demo):
    for _day in range(12):
        client.post(URL, {"go_on": "day"})
    assert not Matter.objects.exclude(divided_at=None).filter(ended_at=None).exists()
    assert Matter.objects.under_way().count() == 2  # nobody divided on these


def test_time_passes_by_itself_outside_the_demo(demo, settings):
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        passing.let_pass(DAY)


def test_a_port_in_use_is_refused_in_words():
    with server.socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ValidationError, match=f"127.0.0.1:{port + 1}"):
            server.refuse_port_in_use("127.0.0.1", port)


@pytest.mark.parametrize("typed", ["here", "127.0.0.1:", "127.0.0.1:٣", "127.0.0.1:99999"])
def test_a_bad_address_is_refused_in_words(settings, typed):
    settings.DEMO = True
    with pytest.raises(CommandError, match=r"127\.0\.0\.1:8000"):
        call_command("demo", typed)


def test_the_command_is_the_demos_only():
    with pytest.raises(CommandError, match="HARMONY_DEMO"):
        call_command("demo", prepare=True)


@pytest.fixture
def env(tmp_path):
    url = f"sqlite:///{tmp_path / 'demo.sqlite3'}"
    return environment(url, tmp_path / "keys", HARMONY_CLOCK_SECONDS="1")


def test_preparing_is_quick_and_done_once(env, tmp_path):
    started = time.monotonic()
    run("manage.py", "demo", "--prepare", env=env)
    assert time.monotonic() - started < 30  # 5 s alone; other tests may share the machine
    first = _dump(tmp_path / "demo.sqlite3")
    run("manage.py", "demo", "--prepare", env=env)
    assert _dump(tmp_path / "demo.sqlite3") == first
    assert [file.name for file in tmp_path.glob("*.sqlite3")] == ["demo.sqlite3"]


def _dump(file) -> list[str]:
    with sqlite3.connect(file) as database:
        return list(database.iterdump())


def test_a_demo_cut_short_is_made_anew(env, tmp_path):
    (tmp_path / "demo-in-making.sqlite3").write_text("half of a party")
    run("manage.py", "demo", "--prepare", env=env)
    with sqlite3.connect(tmp_path / "demo.sqlite3") as database:
        (made,) = database.execute("SELECT count(*) FROM assemblies_person").fetchone()
    assert made == len(people.EVERYBODY)


def test_it_serves_with_the_clock_and_honours_no_given_moment(env):
    address = f"127.0.0.1:{free_port()}"

    def healthy():
        try:
            return urllib.request.urlopen(f"http://{address}/healthz").status == 200
        except urllib.error.URLError:
            return False

    with running(["manage.py", "demo", address], env):
        assert wait_for(healthy, 60)
        with urllib.request.urlopen(f"http://{address}/demo/") as page:
            assert "Siobhán Doherty" in page.read().decode()
