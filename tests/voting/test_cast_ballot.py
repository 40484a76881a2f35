"""Casting and changing a ballot (D6, D7)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commons import clock
from record.models import Entry
from tests.moments import DAY, NOON, SECOND
from tests.voting.votes import cast_all, open_a_vote, people_in, rows_in_database
from voting import keys
from voting.models import Ballot
from voting.refusals import KeyUnavailableError, VoteNotOpenError
from voting.services import cast_ballot, current_scores, has_voted, turnout, voted_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(media, ada, ben):
    return open_a_vote(media, NOON)


def test_keeps_scores_and_blanks_in_option_order(vote, ada):
    cast_ballot(vote=vote, person=ada, scores={2: None, 0: 5, 3: 1, 1: 0}, at=NOON)
    assert rows_in_database(vote) == ["50-1"]


def test_a_second_ballot_takes_the_place_of_the_first(vote, ada):
    cast_ballot(vote=vote, person=ada, scores="5000", at=NOON)
    cast_ballot(vote=vote, person=ada, scores="0005", at=NOON)
    assert rows_in_database(vote) == ["0005"]
    assert current_scores(vote=vote, person=ada) == "0005"


def test_the_row_holds_pseudonym_and_scores_and_names_nobody(vote, ada):
    cast_ballot(vote=vote, person=ada, scores="5432", at=NOON)
    ballot = Ballot.objects.get()
    assert bytes(ballot.pseudonym) == keys.pseudonym(keys.key_of(vote), vote.pk, ada.pk)
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "voting_ballot")
    assert {column.name for column in columns} == {"vote_id", "pseudonym", "scores"}
    assert ada.pk.bytes not in bytes(ballot.pseudonym)


def test_two_voters_keep_a_row_each(vote, ada, ben):
    cast_ballot(vote=vote, person=ada, scores="5000", at=NOON)
    cast_ballot(vote=vote, person=ben, scores="5000", at=NOON)
    assert rows_in_database(vote) == ["5000", "5000"]


def test_writes_one_table_and_says_nothing_on_the_record(vote, ada):
    before = Entry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        cast_ballot(vote=vote, person=ada, scores="5432", at=NOON)
    writes = [
        q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    assert len(writes) == 1
    assert "voting_ballot" in writes[0]
    assert Entry.objects.count() == before


@pytest.mark.parametrize("moment", [NOON, NOON + 3 * DAY - SECOND])
def test_takes_a_ballot_from_the_first_moment_to_the_last_second(vote, ada, moment):
    cast_ballot(vote=vote, person=ada, scores="5432", at=moment)
    assert rows_in_database(vote) == ["5432"]


@pytest.mark.parametrize("late", [0 * SECOND, SECOND, DAY])
def test_refuses_a_ballot_from_the_closing_moment_on(vote, ada, late):
    with pytest.raises(VoteNotOpenError, match="closed at 12:00 on Friday 6 March 2026, UK time"):
        cast_ballot(vote=vote, person=ada, scores="5432", at=vote.closes_at + late)
    assert rows_in_database(vote) == []


def test_refuses_a_ballot_a_second_before_the_opening(vote, ada):
    with pytest.raises(VoteNotOpenError, match="opens at 12:00 on Tuesday 3 March 2026"):
        cast_ballot(vote=vote, person=ada, scores="5432", at=NOON - SECOND)


def test_a_late_change_leaves_the_earlier_ballot(vote, ada):
    cast_ballot(vote=vote, person=ada, scores="5432", at=NOON)
    with pytest.raises(VoteNotOpenError):
        cast_ballot(vote=vote, person=ada, scores="0000", at=vote.closes_at)
    assert rows_in_database(vote) == ["5432"]


def test_refuses_whoever_is_not_on_the_roll(vote, dan):
    with pytest.raises(PermissionDenied, match="not on the roll"):
        cast_ballot(vote=vote, person=dan, scores="5432", at=NOON)


def test_leaving_the_assembly_takes_no_ballot_away(vote, ada, media):
    ada.memberships.filter(assembly=media).update(until=NOON)  # B7
    cast_ballot(vote=vote, person=ada, scores="5432", at=NOON + SECOND)
    assert rows_in_database(vote) == ["5432"]


@pytest.mark.parametrize(
    "scores",
    [
        "543",
        "54321",
        "546-",
        "٣٣٣٣",
        {0: 5},
        {0: 6, 1: 0, 2: 0, 3: 0},
        {0: -1, 1: 0, 2: 0, 3: 0},
        "",
    ],
)
def test_refuses_what_is_no_ballot(vote, ada, scores):
    with pytest.raises(ValidationError):
        cast_ballot(vote=vote, person=ada, scores=scores, at=NOON)
    assert rows_in_database(vote) == []


@pytest.mark.parametrize("harm", ["missing", "other", "short"])
def test_a_missing_or_wrong_share_stops_casting_and_is_not_made_anew(vote, ada, harm):
    path = keys.file_of(vote.pk)
    share = path.read_bytes()
    path.unlink()
    if harm != "missing":
        path.write_bytes(share[::-1] if harm == "other" else share[:-1])
    with pytest.raises(KeyUnavailableError):
        cast_ballot(vote=vote, person=ada, scores="5432", at=NOON)
    assert rows_in_database(vote) == []
    assert path.exists() == (harm != "missing")
    assert has_voted(vote=vote, person=ada) is None


def test_without_the_key_strangers_and_latecomers_hear_their_own_reasons(vote, ada, dan):
    keys.file_of(vote.pk).unlink()
    with pytest.raises(PermissionDenied):
        cast_ballot(vote=vote, person=dan, scores="5432", at=NOON)
    with pytest.raises(VoteNotOpenError):
        cast_ballot(vote=vote, person=ada, scores="5432", at=vote.closes_at)


def test_says_whether_one_has_voted_without_storing_it(vote, ada, ben):
    cast_ballot(vote=vote, person=ada, scores="5432", at=NOON)
    assert has_voted(vote=vote, person=ada) is True
    assert has_voted(vote=vote, person=ben) is False
    assert current_scores(vote=vote, person=ben) is None


def test_says_of_many_votes_which_one_has_voted_in(vote, ada, media, django_assert_num_queries):
    other, third = open_a_vote(media, NOON), open_a_vote(media, NOON)
    cast_ballot(vote=vote, person=ada, scores="5432", at=NOON)
    cast_ballot(vote=third, person=ada, scores="5432", at=NOON)
    keys.file_of(third.pk).unlink()
    with django_assert_num_queries(1):
        assert voted_in(votes=[vote, other, third], person=ada) == {vote.pk}
    assert voted_in(votes=[], person=ada) == set()


def test_turnout_is_told_from_ten_on(media):
    people = people_in(media, 10)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people[:9], ["5000"] * 9)
    assert turnout(vote) is None
    cast_all(vote, people[9:], ["5000"])
    assert turnout(vote) == 10


def test_no_moment_is_taken_from_outside_unless_honoured(media, ada, settings):
    settings.HONOUR_GIVEN_MOMENTS = False
    present = clock.now()
    vote = open_a_vote(media, present - 2 * DAY, lasts=DAY)
    with pytest.raises(VoteNotOpenError):
        cast_ballot(vote=vote, person=ada, scores="5432", at=vote.opens_at)
