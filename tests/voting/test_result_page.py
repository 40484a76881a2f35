"""The result, in words and tables, for the world (A5)."""

import pytest
from django.urls import reverse

from commons import clock
from tests.moments import DAY, NOON, SECOND
from tests.voting.votes import (
    BOND,
    HOME,
    LEAVE,
    LEEDS,
    cast_all,
    closed_vote,
    open_a_vote,
    people_in,
)
from voting.models import Vote

pytestmark = pytest.mark.django_db

FORTY = ["51-2"] * 24 + ["1523"] * 10 + ["3330"] * 6


@pytest.fixture
def closed(media):
    return closed_vote(media, NOON, FORTY)


def read(client, vote, at=NOON + 4 * DAY):
    with clock.frozen(at):
        answer = client.get(reverse("result", args=[vote.pk]))
    return " ".join(answer.content.decode().split())


def test_the_outcome_comes_first_and_in_plain_words(client, closed):
    text = read(client, closed)
    assert f"<p><b>{LEEDS}</b> is carried.</p>" in text
    assert f"<b>{LEEDS}</b> and <b>{HOME}</b> had the two highest totals." in text
    assert (
        f"24 of the 34 members who preferred one to the other preferred <b>{LEEDS}</b>; "
        "6 scored them equally." in text
    )
    assert "40 ballots, 40 on the roll (100&#8239;%)." in text


def test_every_section_stands_in_its_order(client, closed):
    text = read(client, closed)
    heads = ["The scoring round", "The runoff", "The spirit", "Every option head to head"]
    places = [text.index(f"<h2>{head}</h2>") for head in heads]
    assert places == sorted(places)
    assert "How ties were broken" not in text
    assert "(24 left blank)" in text
    assert "3.70" in text  # (24·5 + 10·1 + 6·3) / 40


def test_the_spirit_is_told_for_what_was_not_carried_too(client, closed):
    text = read(client, closed)
    for label in (LEEDS, HOME, BOND, LEAVE):
        assert f"<h3>{label}</h3>" in text
    assert "60&#8239;% keen (4–5)" in text
    assert "25&#8239;% cold (0–1)" in text


def test_before_the_close_it_says_when_and_no_count(client, media):
    people = people_in(media, 20)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, FORTY)
    text = read(client, vote, vote.closes_at - SECOND)
    assert "The result appears after 12:00 on Friday 6 March 2026, UK time." in text
    assert LEEDS not in text
    assert "on the roll" not in text
    assert vote.question not in text  # A5: a matter under way is for members


def test_members_read_before_the_close_what_it_is_about(signed_in, media, dan):
    vote = open_a_vote(media, NOON)
    assert vote.question in read(signed_in(dan), vote, NOON)


def test_the_page_itself_closes_a_vote_whose_moment_has_passed(client, media):
    people = people_in(media, 12)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, FORTY)
    assert "is carried" in read(client, vote, vote.closes_at)
    assert Vote.objects.get(pk=vote.pk).closed_at == vote.closes_at


def test_a_vote_that_cannot_be_closed_says_it_is_being_counted(client, media, ada):
    vote = open_a_vote(media, NOON)
    for n in range(2):
        vote.ballots.create(pseudonym=bytes([n]), scores="5000")
    text = read(client, vote, vote.closes_at)
    assert "Its ballots are being counted." in text
    assert "Refresh" in text


def test_two_ballots_show_the_outcome_only(client, media):
    text = read(client, closed_vote(media, NOON, ["5000", "5001"]))
    assert f"<b>{LEEDS}</b> is carried." in text
    assert "Fewer than three members voted" in text
    assert "The scoring round" not in text
    assert "The spirit" not in text


def test_without_a_ballot_nothing_is_carried(client, media, ada):
    vote = open_a_vote(media, NOON)
    assert "Nobody voted, so nothing is carried." in read(client, vote)


def test_when_the_leader_on_points_is_not_preferred_it_says_so(client, media):
    vote = closed_vote(media, NOON, ["5000"] * 4 + ["4500"] * 6)
    text = read(client, vote)
    assert (
        f"<b>{LEEDS}</b> had the higher total (44 to 30), "
        f"but more members preferred <b>{HOME}</b> to <b>{LEEDS}</b> "
        "(6 to 4). The runoff decides." in text
    )


def test_a_lot_is_told_with_the_draw(client, media):
    vote = closed_vote(media, NOON, ["50"] * 5 + ["05"] * 5, labels=(LEEDS, HOME))
    text = read(client, vote)
    assert "were level on every count. The lot was drawn from a seed fixed before anyone" in text
    assert "How ties were broken" in text
    assert vote.result["nonce"] in text
    assert 'id="draw"' in text


def test_a_voided_vote_has_no_result(client, media, ada):
    vote = open_a_vote(media, NOON)
    Vote.objects.filter(pk=vote.pk).update(voided_at=NOON)
    assert "This vote was declared void." in read(client, vote)


def test_an_unknown_vote_is_404(client, db):
    assert client.get("/votes/00000000-0000-4000-8000-000000000000/result/").status_code == 404


def test_option_names_are_escaped(client, media):
    vote = closed_vote(media, NOON, ["50"] * 3, labels=("<b>Bold</b>", HOME))
    text = read(client, vote)
    assert "<b>Bold</b>" not in text
    assert "&lt;b&gt;Bold" in text
