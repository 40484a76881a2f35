"""What a ballot costs the database, and what is held in memory to make it so."""

from threading import enumerate as all_threads

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.moments import NOON
from tests.voting.test_ballot_pages import ballot_of
from tests.voting.votes import open_a_vote, rows_in_database
from voting import keys
from voting.models import Ballot, Elector, Vote
from voting.services import papers

pytestmark = pytest.mark.django_db

BESIDE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")  # how SQLite holds its transaction


@pytest.fixture
def page(signed_in, ada):
    return signed_in(ada)


def a_vote(media, options):
    return open_a_vote(media, NOON, labels=[f"Place {n}" for n in range(options)])


def cast(page, vote, row):
    """Post the ballot; return its answer and the queries it took, session and user included."""
    sent = ballot_of(vote, row)
    with CaptureQueriesContext(connection) as taken:
        answer = page.post(reverse("ballot", args=[vote.pk]), sent)
    return answer, [query["sql"] for query in taken if not query["sql"].startswith(BESIDE)]


@pytest.mark.parametrize("options", [2, 20])
def test_a_ballot_takes_three_queries_and_the_first_one_two_more(page, media, noon, options):
    vote = a_vote(media, options)
    first, cold = cast(page, vote, "5" * options)
    again, warm = cast(page, vote, "4" * options)
    assert first.status_code == again.status_code == 303
    assert (len(cold), len(warm)) == (5, 3)
    assert rows_in_database(vote) == ["4" * options]


def test_it_writes_one_row_of_one_table_and_no_session(page, media, noon):
    vote = a_vote(media, 2)
    _answer, queries = cast(page, vote, "50")
    written = [sql for sql in queries if not sql.startswith("SELECT")]
    assert len(written) == 1
    assert "voting_ballot" in written[0]


def spoil_by_closing(vote):
    Vote.objects.filter(pk=vote.pk).update(
        closed_at=vote.closes_at, result={"extent": "outcome", "ballots": 0}
    )


def spoil_by_voiding(vote):
    Vote.objects.filter(pk=vote.pk).update(voided_at=NOON)


def spoil_by_striking_off(vote):
    Elector.objects.filter(vote=vote).delete()


def spoil_by_losing_the_key(vote):
    keys.file_of(vote.pk).unlink()


@pytest.mark.parametrize(
    ("spoil", "status", "words"),
    [
        (spoil_by_closing, 409, "This vote closed at"),
        (spoil_by_voiding, 409, "This vote was declared void"),
        (spoil_by_striking_off, 403, "You are not on this roll"),
        (spoil_by_losing_the_key, 503, "Ballots cannot be recorded just now"),
    ],
)
def test_a_paper_that_is_held_lets_nothing_in(page, media, noon, spoil, status, words):
    vote = a_vote(media, 2)
    assert cast(page, vote, "50")[0].status_code == 303
    spoil(vote)
    answer, _queries = cast(page, vote, "05")
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert rows_in_database(vote) == ["50"]


def test_a_paper_is_let_go_after_its_time_used_or_not(media, ada, monkeypatch):
    monkeypatch.setattr(papers, "SECONDS", 0.05)
    vote = a_vote(media, 2)
    papers.paper_of(vote.pk)
    (timer,) = [
        thread for thread in all_threads() if getattr(thread, "args", None) == [vote.pk, None]
    ]
    assert vote.pk in papers._held
    timer.join(5)
    assert vote.pk not in papers._held


def test_so_many_papers_are_held_and_no_more(media, ada, monkeypatch):
    monkeypatch.setattr(papers, "MOST", 2)
    votes = [a_vote(media, 2) for _ in range(3)]
    assert [papers.paper_of(vote.pk).pk for vote in votes] == [vote.pk for vote in votes]
    assert set(papers._held) == {vote.pk for vote in votes[:2]}


def test_a_paper_holds_neither_the_seed_of_the_lot_nor_the_files_half_of_the_key(media, ada):
    vote = a_vote(media, 2)
    paper = papers.paper_of(vote.pk)
    assert "nonce" not in vars(paper)
    file_share = keys.read_file_share(vote.pk)
    assert file_share not in vars(paper).values()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_ballot_of_ten_options_takes_130_bytes_at_most(media, ada):
    vote = a_vote(media, 10)
    ballots = 20_000
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO voting_ballot (vote_id, pseudonym, scores)
               SELECT %s, sha256(n::text::bytea), '50-1423500'
                 FROM generate_series(1, %s) AS n""",
            [vote.pk, ballots],
        )
        cursor.execute("SELECT pg_table_size('voting_ballot')")
        (size,) = cursor.fetchone()
    assert Ballot.objects.count() == ballots
    assert size / ballots <= 130
