"""Closing: counted, published, forgotten, all at once (D7, D8)."""

import hashlib
import logging

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from commons import clock
from record.models import Entry
from tests.moments import DAY, NOON, SECOND
from tests.voting.votes import (
    BOND,
    HOME,
    LABELS,
    LEEDS,
    cast_all,
    closed_vote,
    open_a_vote,
    people_in,
    rows_in_database,
)
from voting import keys, lots, publication, star
from voting.ballot_files import read_ballot_file
from voting.models import CLOSE_AGAIN_AFTER, Ballot, Elector, PublishedBallot, TrackerNote, Vote
from voting.refusals import CloseRefusedError, VoteNotOpenError
from voting.services import (
    cast_ballot,
    close_due_votes,
    close_vote,
    end_check_windows,
    has_voted,
    turnout,
)
from voting.signals import vote_closed

pytestmark = pytest.mark.django_db

TWELVE = [
    "5300",
    "5310",
    "4500",
    "50-1",
    "0551",
    "5000",
    "4455",
    "5-32",
    "1500",
    "5200",
    "0500",
    "5321",
]


@pytest.fixture
def news():
    heard = []

    def listen(sender, vote, at, **_):
        heard.append((vote.pk, at))

    vote_closed.connect(listen)
    yield heard
    vote_closed.disconnect(listen)


def entry_of(vote, act="vote.close"):
    return Entry.objects.get(subject=f"vote:{vote.pk}", act=act).facts


def test_counts_publishes_and_forgets(media, news):
    people = people_in(media, 13)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, TWELVE)
    closed = close_vote(vote=vote, at=vote.closes_at)
    expected = star.count(TWELVE, LABELS).to_dict()
    told = {name: closed.result[name] for name in ("totals", "histograms", "preferred", "winners")}
    assert told == {name: expected[name] for name in told}
    assert closed.result["winners"] == [LEEDS]
    assert rows_in_database(vote) == []
    published = PublishedBallot.objects.filter(vote=vote).values_list("scores", flat=True)
    assert sorted(published) == sorted(TWELVE)
    assert news == [(vote.pk, vote.closes_at)]
    assert Vote.objects.get(pk=vote.pk).closed_at == vote.closes_at


def test_participation_is_filled_for_the_whole_roll_at_once(media):
    people = people_in(media, 3)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, ["5000", "0500"])
    close_vote(vote=vote, at=vote.closes_at)
    took_part = dict(Elector.objects.filter(vote=vote).values_list("person", "participated"))
    assert [took_part[person.pk] for person in people] == [True, True, False]
    vote.refresh_from_db()
    assert has_voted(vote=vote, person=people[0]) is True
    assert has_voted(vote=vote, person=people[2]) is False


def test_trackers_are_eighty_random_bits_noted_for_their_pseudonyms(media):
    people = people_in(media, 12)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, TWELVE)
    close_vote(vote=vote, at=vote.closes_at)
    published = dict(PublishedBallot.objects.filter(vote=vote).values_list("tracker", "scores"))
    assert len(published) == 12
    assert all(len(bytes.fromhex(tracker)) == 10 for tracker in published)
    key = keys.key_of(vote)
    for person, row in zip(people, TWELVE, strict=True):
        mine = keys.pseudonym(key, vote.pk, person.pk)
        note = TrackerNote.objects.get(vote=vote, pseudonym=mine)
        assert published[note.tracker] == row


def test_no_bit_of_a_tracker_is_fixed(media):
    rows = ["5000"] * 40
    vote = closed_vote(media, NOON, rows)
    numbers = [
        int(t, 16)
        for t in PublishedBallot.objects.filter(vote=vote).values_list("tracker", flat=True)
    ]
    always, ever = (1 << 80) - 1, 0
    for number in numbers:
        always, ever = always & number, ever | number
    assert (always, ever) == (0, (1 << 80) - 1)  # false once in some 10^10 runs


def test_the_digest_on_the_record_is_that_of_the_published_file(media):
    vote = closed_vote(media, NOON, TWELVE)
    ballots = PublishedBallot.objects.filter(vote=vote).order_by("tracker")
    lines = publication.canonical_lines(
        str(vote.pk), vote.result, ballots.values_list("tracker", "scores")
    )
    text = "".join(lines).encode()
    assert (
        entry_of(vote)["ballots_digest"] == hashlib.sha256(text).hexdigest() == vote.ballots_digest
    )
    file = read_ballot_file(text)
    assert sorted(file.piles.elements()) == sorted(TWELVE)
    assert star.count_piles(file.piles, file.options).winners == tuple(vote.result["winners"])
    assert text.decode().split("\n")[1:-1] == sorted(text.decode().split("\n")[1:-1])


def test_the_lot_can_be_drawn_again_from_what_is_published(media):
    vote = closed_vote(media, NOON, TWELVE)
    nonce = bytes.fromhex(vote.result["nonce"])
    assert lots.digest_of(nonce) == entry_of(vote, "vote.open")["nonce_digest"]
    assert vote.result["lot"] == list(lots.draw(nonce, TWELVE, LABELS))


def test_the_spirit_is_kept_for_every_option(media):
    vote = closed_vote(media, NOON, TWELVE)
    spirit = {told["label"]: told for told in vote.result["spirit"]}
    assert list(spirit) == list(LABELS)
    assert spirit[LEEDS]["carried"] is True
    assert spirit[HOME]["carried"] is False
    assert spirit[BOND]["mean"] == pytest.approx(
        sum(int(r[2].replace("-", "0")) for r in TWELVE) / 12
    )


def test_nine_ballots_leave_counts_and_no_rows(media):
    vote = closed_vote(media, NOON, TWELVE[:9])
    assert vote.result["extent"] == "counts"
    assert vote.result["preferred"] == star.count(TWELVE[:9], LABELS).to_dict()["preferred"]
    assert not PublishedBallot.objects.exists()
    assert not TrackerNote.objects.exists()
    nonce = bytes.fromhex(vote.result["nonce"])
    assert vote.result["lot"] == list(lots.draw(nonce, [], LABELS))


def test_ten_ballots_are_published(media):
    assert closed_vote(media, NOON, TWELVE[:10]).result["extent"] == "ballots"


def test_a_vote_in_matrix_mode_publishes_counts_however_many_vote(media):
    vote = closed_vote(media, NOON, TWELVE, publication=Vote.Publication.MATRIX)
    assert vote.result["extent"] == "counts"
    assert not PublishedBallot.objects.exists()


def test_two_ballots_leave_the_outcome_only(media):
    vote = closed_vote(media, NOON, ["5000", "4100"])
    assert vote.result["winners"] == [LEEDS]
    for kept_back in ("totals", "means", "histograms", "blanks", "preferred", "lot_used"):
        assert vote.result[kept_back] is None
    assert (vote.result["rounds"], vote.result["spirit"]) == ([], [])
    assert entry_of(vote)["ballots"] is None


def test_three_ballots_show_counts(media):
    assert closed_vote(media, NOON, ["5000", "4100", "0005"]).result["totals"] == [9, 1, 0, 5]


def test_without_ballots_there_is_no_result_out_of_nothing(media, ada):
    vote = close_vote(vote=open_a_vote(media, NOON), at=NOON + 3 * DAY)
    assert vote.result["winners"] == []
    assert entry_of(vote)["ballots"] == 0


def test_nobody_can_close_a_second_early(media, ada, news):
    vote = open_a_vote(media, NOON)
    with pytest.raises(ValidationError, match="open until 12:00 on Friday 6 March 2026"):
        close_vote(vote=vote, at=vote.closes_at - SECOND)
    assert close_due_votes(at=vote.closes_at - SECOND) == 0
    assert news == []


def test_closes_what_is_due_once(media, ada, news):
    vote = open_a_vote(media, NOON)
    assert close_due_votes(at=vote.closes_at) == 1
    assert close_due_votes(at=vote.closes_at + DAY) == 0
    assert len(news) == 1


def test_a_second_close_gives_the_stored_result(media, news):
    vote = closed_vote(media, NOON, TWELVE)
    again = close_vote(vote=vote, at=vote.closes_at + DAY)
    assert again.result == vote.result
    assert again.closed_at == vote.closed_at
    assert len(news) == 1
    assert Entry.objects.filter(act="vote.close").count() == 1


def test_a_late_close_lets_nobody_in(media, ada):
    vote = open_a_vote(media, NOON)
    with pytest.raises(VoteNotOpenError):
        cast_ballot(vote=vote, person=ada, scores="5000", at=vote.closes_at + SECOND)
    closed = close_vote(vote=vote, at=vote.closes_at + DAY)
    assert turnout(closed) == 0
    with pytest.raises(VoteNotOpenError):
        cast_ballot(vote=vote, person=ada, scores="5000", at=vote.closes_at - SECOND)


def test_a_voided_vote_is_not_counted(media, ada):
    vote = open_a_vote(media, NOON)
    Vote.objects.filter(pk=vote.pk).update(voided_at=NOON)
    with pytest.raises(ValidationError, match="void"):
        close_vote(vote=vote, at=vote.closes_at)


def test_without_the_key_the_count_is_right_and_the_alarm_is_raised(media, caplog):
    people = people_in(media, 12)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, TWELVE)
    keys.file_of(vote.pk).unlink()
    with caplog.at_level(logging.CRITICAL, "voting"):
        closed = close_vote(vote=vote, at=vote.closes_at)
    assert closed.result["totals"] == star.count(TWELVE, LABELS).to_dict()["totals"]
    assert set(Elector.objects.filter(vote=vote).values_list("participated", flat=True)) == {None}
    assert "ALARM" in caplog.text


def stuff(vote, number):
    for n in range(number):
        Ballot.objects.create(vote=vote, pseudonym=bytes([n]) * 32, scores="5000")


def test_a_ballot_of_nobody_on_the_roll_stops_the_close(media, caplog):
    people = people_in(media, 12)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, TWELVE[:3])
    stuff(vote, 1)
    with pytest.raises(CloseRefusedError):
        close_vote(vote=vote, at=vote.closes_at)
    assert len(rows_in_database(vote)) == 4
    assert close_due_votes(at=vote.closes_at) == 0
    assert "ALARM" in caplog.text


def test_more_ballots_than_electors_stop_the_close_even_without_the_key(media, ada):
    vote = open_a_vote(media, NOON)
    stuff(vote, 2)
    keys.file_of(vote.pk).unlink()
    with pytest.raises(CloseRefusedError):
        close_vote(vote=vote, at=vote.closes_at)


def test_one_vote_that_cannot_be_closed_does_not_hold_up_the_others(media, ada):
    bad, good = open_a_vote(media, NOON), open_a_vote(media, NOON)
    stuff(bad, 2)
    assert close_due_votes(at=bad.closes_at) == 1
    assert set(Vote.objects.exclude(closed_at=None)) == {good}


def test_a_close_that_went_wrong_is_tried_again_after_ten_minutes(media, ada, client, caplog):
    vote = open_a_vote(media, NOON)
    stuff(vote, 2)
    assert close_due_votes(at=vote.closes_at) == 0

    def alarms_at(moment):
        """Look for what is due, and at the page; return how often the alarm was raised."""
        caplog.clear()
        with clock.frozen(moment):
            close_due_votes()
            assert client.get(reverse("result", args=[vote.pk])).status_code == 200
        return caplog.text.count("ALARM")

    again = vote.closes_at + CLOSE_AGAIN_AFTER
    assert [alarms_at(again - SECOND), alarms_at(again), alarms_at(again + SECOND)] == [0, 1, 0]
    Ballot.objects.filter(vote=vote).delete()
    assert close_due_votes(at=again + CLOSE_AGAIN_AFTER) == 1


def test_a_close_that_went_wrong_can_be_tried_by_hand_at_once(media, ada):
    vote = open_a_vote(media, NOON)
    stuff(vote, 2)
    close_due_votes(at=vote.closes_at)
    Ballot.objects.filter(vote=vote).delete()
    assert close_vote(vote=vote, at=vote.closes_at).closed_at == vote.closes_at


def test_a_receiver_that_fails_undoes_nothing(media, ada):
    def fail(**_):
        raise RuntimeError("receiver")

    vote_closed.connect(fail)
    try:
        closed = close_vote(vote=open_a_vote(media, NOON), at=NOON + 3 * DAY)
    finally:
        vote_closed.disconnect(fail)
    assert closed.closed_at == closed.closes_at


def test_the_key_and_the_notes_last_seven_days(media):
    vote = closed_vote(media, NOON, TWELVE)
    assert end_check_windows(at=vote.closed_at + 7 * DAY - SECOND) == 0
    assert TrackerNote.objects.count() == 12
    assert end_check_windows(at=vote.closed_at + 7 * DAY) == 1
    assert end_check_windows(at=vote.closed_at + 7 * DAY) == 0
    vote.refresh_from_db()
    assert vote.key_share is None
    assert not keys.file_of(vote.pk).exists()
    assert not TrackerNote.objects.exists()
    assert PublishedBallot.objects.count() == 12
    assert Entry.objects.filter(subject=f"vote:{vote.pk}", act="vote.destroy_key").count() == 1


def test_an_open_vote_keeps_its_key(media, ada):
    vote = open_a_vote(media, NOON)
    assert end_check_windows(at=vote.closes_at + 30 * DAY) == 0
    assert keys.key_of(vote)


def test_rows_are_sorted_as_bytes_whatever_the_collation(media):
    rows = ["5-00", "50-0", "5000", "----", "-500", "0005", "5--0", "05-0", "0-50", "1-11"]
    vote = closed_vote(media, NOON, rows)
    assert vote.result["rows_digest"] == lots.rows_digest(sorted(rows)).hex()
