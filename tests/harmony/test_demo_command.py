"""The command that makes the demo and serves it, and what it refuses."""

import shutil
import sqlite3
import urllib.error
import urllib.request

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from harmony.demo import people, server
from harmony.demo.making import make_party
from tests.factories import PersonFactory
from tests.harmony.conftest import demo_environment
from tests.harmony.processes import free_port, run, running, wait_for

URL = reverse("demo")


@pytest.fixture
def others(db, settings):
    settings.DEMO = True
    return PersonFactory()


def test_a_party_of_others_is_made_no_demo_of(others):
    with pytest.raises(ValidationError, match="empty one"):
        make_party()


def test_a_party_of_others_is_not_served_as_a_demo(others):
    with pytest.raises(CommandError, match="empty one"):
        call_command("demo", prepare=True)


def test_nobody_can_be_somebody_of_a_party_of_others(client, others):
    assert client.get(URL).status_code == 404
    assert client.post(URL, {"email": others.email}).status_code == 404
    assert client.post(URL, {"go_on": "day"}).status_code == 404


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


def _dump(file) -> list[str]:
    with sqlite3.connect(file) as database:
        return list(database.iterdump())


def test_preparing_is_done_once_and_leaves_nothing_half_made(prepared):
    first = _dump(prepared / "demo.sqlite3")
    assert run("manage.py", "demo", "--prepare", env=demo_environment(prepared)) == ""
    assert _dump(prepared / "demo.sqlite3") == first
    assert [file.name for file in prepared.glob("*.sqlite3")] == ["demo.sqlite3"]
    with sqlite3.connect(prepared / "demo.sqlite3") as database:
        (made,) = database.execute("SELECT count(*) FROM assemblies_person").fetchone()
    assert made == len(people.EVERYBODY)


def test_it_serves_with_the_clock_and_honours_no_given_moment(prepared, tmp_path):
    folder = shutil.copytree(prepared, tmp_path / "served")
    address = f"127.0.0.1:{free_port()}"

    def healthy():
        try:
            return urllib.request.urlopen(f"http://{address}/healthz").status == 200
        except urllib.error.URLError:
            return False

    with running(["manage.py", "demo", address], demo_environment(folder)):
        assert wait_for(healthy, 60)
        with urllib.request.urlopen(f"http://{address}/demo/") as page:
            assert "Siobhán Doherty" in page.read().decode()
