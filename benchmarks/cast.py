"""Casting over HTTP, against a bare Django POST in the same web process."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from assemblies.models import Person
from benchmarks import bare, party
from benchmarks.database import do
from benchmarks.figures import Figure
from benchmarks.load import Answers, Request, drive
from benchmarks.serving import Server, serving
from voting import keys
from voting.forms import LISTED, name_of
from voting.models import Ballot, Vote

VOTERS = 500
WARM_UP = 4  # seconds: the first answers load what later ones have
_TOKEN = "t" * 32


@dataclass(frozen=True, slots=True)
class Turn:
    """What one kind of request came to in one round; `cpu` in seconds an answer."""

    answers: Answers
    cpu: float


Round = tuple[Turn, Turn]  # bare, cast


def measure(asked: argparse.Namespace) -> list[Figure]:
    """Rate, CPU and 99th percentile without ballots; CPU again with `--size` of them."""
    assembly = party.found_party()
    people = party.admit(assembly, VOTERS)
    sessions = party.sign_in(people)
    vote = party.open_a_vote(assembly)
    do(bare.TABLE, "ANALYZE")
    rows = list(islice(party.random_rows(), VOTERS))
    both = _bare(vote, sessions, rows), _casts(vote, sessions, rows)
    with serving() as server:
        _turns(server, both, WARM_UP)
        empty = [_turns(server, both, asked.seconds) for _ in range(asked.rounds)]
        party.fill(vote, asked.size)
        do("VACUUM ANALYZE", "CHECKPOINT")
        full = [_turns(server, both, asked.seconds) for _ in range(asked.rounds)]
        memory = server.memory()
    _check(vote, people, rows, asked.size)
    return [*_figures(empty), *_growth(empty, full, asked.size), _memory(memory)]


def _bare(vote: Vote, sessions: Sequence[str], rows: Sequence[str]) -> list[Request]:
    return [
        _request("/bare/", key, {"vote": str(vote.pk), "scores": row})
        for key, row in zip(sessions, rows, strict=True)
    ]


def _casts(vote: Vote, sessions: Sequence[str], rows: Sequence[str]) -> list[Request]:
    options = list(vote.options.order_by("place"))
    listed = {LISTED: [str(option.pk) for option in options]}

    def ballot(row: str) -> dict:
        pairs = zip(options, row, strict=True)
        return listed | {name_of(option): mark for option, mark in pairs if mark != "-"}

    url = vote.get_absolute_url()
    return [_request(url, key, ballot(row)) for key, row in zip(sessions, rows, strict=True)]


def _request(path: str, session: str, sent: dict) -> Request:
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: _TOKEN}
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return Request(path, headers, urlencode(sent | {"csrfmiddlewaretoken": _TOKEN}, doseq=True))


def _turns(server: Server, both: tuple[list[Request], list[Request]], seconds: float) -> Round:
    first, second = (_turn(server, requests, seconds) for requests in both)
    return first, second


def _turn(server: Server, requests: list[Request], seconds: float) -> Turn:
    before = server.cpu()
    answers = drive(server.port, requests, seconds)
    return Turn(answers, (server.cpu() - before) / answers.number)


def _check(vote: Vote, people: Sequence[Person], rows: Sequence[str], filled: int) -> None:
    """What was measured is what was meant: everybody's row stands as sent, each once."""
    key = keys.key_of(vote)
    mine = [keys.pseudonym(key, vote.pk, person.pk) for person in people]
    cast = Ballot.objects.filter(vote=vote, pseudonym__in=mine).values_list("pseudonym", "scores")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pseudonym, scores FROM bench_bare")
        upserted = cursor.fetchall()
    as_sent = dict(zip(mine, rows, strict=True)).items() >= {(bytes(p), row) for p, row in cast}
    bare_as_sent = {row for _person, row in upserted} <= set(rows)
    single = Ballot.objects.filter(vote=vote).count() == filled + len(cast)
    if not (cast and upserted and as_sent and bare_as_sent and single):
        raise AssertionError("The ballots in the database are not those that were sent.")


def _figures(rounds: Sequence[Round]) -> list[Figure]:
    rate = [cast.answers.rate / bare.answers.rate for bare, cast in rounds]
    cpu = [bare.cpu / cast.cpu for bare, cast in rounds]
    p99 = [cast.answers.p99 / bare.answers.p99 for bare, cast in rounds]
    what = "cast, to a bare POST"
    return [
        Figure.at_least(what, "rate", rate, 0.8),
        Figure.at_least(what, "CPU (bare / cast)", cpu, 0.8),
        Figure.at_most(what, "99th percentile", p99, 1.5),
    ]


def _growth(empty: Sequence[Round], full: Sequence[Round], size: int) -> list[Figure]:
    """CPU a cast with and without ballots, each beside the bare POST of its own round."""
    pairs = zip(empty, full, strict=True)
    grown = [
        (after.cpu / bare_after.cpu) / (before.cpu / bare_before.cpu)
        for (bare_before, before), (bare_after, after) in pairs
    ]
    return [Figure.at_most(f"cast at {size:,} ballots, to none", "CPU", grown, 1.1)]


def _memory(peak: float) -> Figure:
    return Figure.at_most("web process, to 150 MB", "memory, most", [peak / 150], 1)
