"""The rehearsal: what docker-compose.yml and docs/operating.md say, done on this machine.

A release, the services, a member who votes through a proxy, a close that nobody looks at, a stop;
then backup, the loss of everything, restore, and a vote whose key is lost.
"""

import hashlib
import json
import re
import subprocess
import sys
from html import unescape

import pytest
from django.urls import reverse

from tests.deployment import compose, operating
from tests.deployment.proxy import Visitor, proxy_to
from tests.deployment.scene import OPTIONS, PASSWORD, PEOPLE
from tests.deployment.stage import NAME, OPERATOR, Stage
from tests.deployment.test_memory import MEGABYTES_OF_WEB, megabytes_of_children
from tests.harmony.processes import wait_for
from voting import publication

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

SERVICES = ("web", "worker", "beat")
ADA = "ada@example.org"


@pytest.fixture
def stage(tmp_path):
    made = Stage(tmp_path)
    made.create_database()
    try:
        yield made
    finally:
        made.drop_database()


def test_a_party_is_run_lost_and_restored(stage):
    stage.build()
    assert "Made" in stage.release()
    votes = begin(stage)
    with stage.up(*SERVICES) as running, proxy_to(stage.port) as port:
        stage.wait_until_healthy(*SERVICES)
        visitor = Visitor(port, NAME)
        static_files_come_compressed_and_for_good(visitor)
        only_https_is_spoken(stage, visitor)
        sign_in(visitor)
        vote(visitor, votes["first"], "035")
        the_worker_closes(stage, votes["first"])
        before = result_page(Visitor(port, NAME), votes["first"])
        assert f"{PEOPLE} ballots, {PEOPLE} on the roll" in before
        health_tells_the_clocks_age(visitor)
        assert megabytes_of_children(running["web"].pid) <= MEGABYTES_OF_WEB
        assert stage.stop(running) == dict.fromkeys(SERVICES, (0, True))
    assert not stage.is_healthy("web")
    assert not re.search(r"ada@|203\.0\.113|Traceback| (WARNING|ERROR|CRITICAL) ", stage.logged())

    stage.type(operating.blocks(operating.section("Backup"))[0])
    lose_everything(stage)
    restore(stage)
    counted_again_from_the_published_ballots(stage, votes["first"])

    with stage.up(*SERVICES) as running, proxy_to(stage.port) as port:
        stage.wait_until_healthy(*SERVICES)
        visitor = Visitor(port, NAME)
        assert result_page(Visitor(port, NAME), votes["first"]) == before
        sign_in(visitor)
        without_its_key_a_vote_takes_no_ballots(stage, visitor, votes["second"])
        the_worker_closes(stage, votes["second"])
        the_operator_is_alarmed_and_told_of_nobody(stage)
        assert stage.stop(running) == dict.fromkeys(SERVICES, (0, True))


# --- The steps ------------------------------------------------------------------------------------
def begin(stage):
    """Make the scene beside the services, from the tests' own folder."""
    environment = stage.environment("worker") | {"DJANGO_SETTINGS_MODULE": "harmony.settings"}
    made = subprocess.run(
        [sys.executable, "-m", "tests.deployment.scene"],
        cwd=compose.ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def static_files_come_compressed_and_for_good(visitor):
    front = visitor.get("/")
    assert front.status == 200
    assert "max-age=31536000" in front.headers["Strict-Transport-Security"]
    (style,) = re.findall(r'href="(/static/css/harmony\.[0-9a-f]{12}\.css)"', front.text)
    plain = visitor.get(style)
    for coding in ("br", "gzip"):
        packed = visitor.get(style, **{"Accept-Encoding": coding})
        assert packed.headers["Content-Encoding"] == coding
        assert len(packed.content) < len(plain.content) / 2
        assert "immutable" in packed.headers["Cache-Control"]
    assert visitor.get("/robots.txt").status == 200


def only_https_is_spoken(stage, visitor):
    """Past the proxy one is sent to https; another name is refused; a probe is answered."""
    past = Visitor(stage.port, NAME)
    assert past.get("/").headers["Location"] == f"https://{NAME}/"
    assert Visitor(visitor.port, "elsewhere.example").get("/").status == 400
    assert Visitor(stage.port, f"127.0.0.1:{stage.port}").get("/healthz").status == 200


def sign_in(visitor):
    path = reverse("account_login")
    visitor.get(path)
    assert visitor.post(path, {"login": ADA, "password": "mistyped"}).status == 422
    assert visitor.post(path, {"login": ADA, "password": PASSWORD}).status == 302
    assert visitor.get(reverse("me")).status == 200


def ballot_fields(page, row):
    """Fill the ballot as the page has it: `row` gives the scores in the order of OPTIONS."""
    listed = re.findall(r'name="on_ballot" value="(\d+)"', page)
    marks = dict(zip(sorted(listed, key=int), row, strict=True))
    return {"on_ballot": listed} | {f"option-{option}": mark for option, mark in marks.items()}


def vote(visitor, pk, row):
    path = reverse("ballot", args=[pk])
    page = visitor.get(path)
    assert [option for option in OPTIONS if option not in unescape(page.text)] == []
    answer = visitor.post(path, ballot_fields(page.text, row))
    assert (answer.status, answer.headers["Location"]) == (
        303,
        reverse("ballot_recorded", args=[pk]),
    )
    assert visitor.get(answer.headers["Location"]).status == 200


def the_worker_closes(stage, pk):
    """Let the closing moment come; nobody looks at a page."""
    stage.sql("UPDATE voting_vote SET closes_at = clock_timestamp() WHERE id = %s", pk)
    closed = "SELECT closed_at FROM voting_vote WHERE id = %s AND closed_at IS NOT NULL"
    wait_for(lambda: stage.sql(closed, pk), 30)


def result_page(stranger, pk):
    answer = stranger.get(reverse("result", args=[pk]))
    assert answer.status == 200
    (main,) = re.findall(r"<main.*?</main>", answer.text, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def health_tells_the_clocks_age(visitor):
    report = json.loads(visitor.get("/healthz").text)
    assert report["status"] == "ok"
    assert 0 <= report["clock_age_seconds"] < 30


def lose_everything(stage):
    stage.drop_database()
    for share in stage.keys.iterdir():
        share.unlink()


def restore(stage):
    """Do what the page says, with this stage's names of database and dump."""
    (script,) = operating.blocks(operating.section("Restore"))
    (dump,) = stage.place.glob("harmony-*.dump")
    script = re.sub(r"harmony-[\d-]+\.dump", dump.name, script)
    script = re.sub(r"\bharmony( <|$)", rf"{stage.database}\1", script, flags=re.M)
    said = stage.type(script)
    assert "docker compose stop proxy web worker beat" in said
    assert said.strip().endswith("docker compose up -d")
    stage.release()


def counted_again_from_the_published_ballots(stage, pk):
    """Write the canonical file from what is restored, and have it counted without Django."""
    ((result, digest),) = stage.sql(
        "SELECT result, ballots_digest FROM voting_vote WHERE id = %s", pk
    )
    ballots = stage.sql(
        "SELECT tracker, scores FROM voting_publishedballot WHERE vote_id = %s"
        ' ORDER BY tracker COLLATE "C"',
        pk,
    )
    text = "".join(publication.canonical_lines(pk, result, ballots))
    assert hashlib.sha256(text.encode()).hexdigest() == digest
    file = stage.place / "ballots.txt"
    file.write_text(text)
    counted = subprocess.run(
        [sys.executable, "-m", "voting.star", str(file), "--json"],
        cwd=stage.app,
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    again = json.loads(counted.stdout)
    assert (again["ballots"], again["winners"]) == (PEOPLE, result["winners"])
    assert again["totals"] == result["totals"]


def without_its_key_a_vote_takes_no_ballots(stage, visitor, pk):
    path = reverse("ballot", args=[pk])
    assert visitor.get(path).status == 503
    options = stage.sql("SELECT id FROM voting_option WHERE vote_id = %s", pk)
    page = "".join(f'name="on_ballot" value="{option}"' for (option,) in options)
    answer = visitor.post(path, ballot_fields(page, "035"))
    assert answer.status == 503
    assert "a ballot recorded before is safe" in answer.text
    assert stage.sql("SELECT count(*) FROM voting_ballot WHERE vote_id = %s", pk) == [(0,)]
    assert not list(stage.keys.iterdir())


def the_operator_is_alarmed_and_told_of_nobody(stage):
    """Web and worker both write by Harmony's own formatter, and both send mail."""
    alarms = [r"ballots cannot be cast", r"vote \S+ is counted without its key"]
    for words in alarms:
        assert re.search(rf"CRITICAL voting ALARM: {words}", stage.logged())
        assert re.search(rf"Subject: Harmony: CRITICAL: ALARM: {words}", stage.mailed())
    assert f"To: {OPERATOR}" in stage.mailed()
    assert not re.search(r"ada@|203\.0\.113", stage.logged() + stage.mailed())
