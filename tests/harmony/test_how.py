"""How it works: what it counts is counted, what it links to is there, bad input is told."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags

from assemblies.models import Limit
from commons import clock
from harmony.how import example, spirits, ties, words
from record.models import Entry
from tests.moments import DAY, NOON
from voting import lots, star
from voting.models import Ballot, Option

DESK, LEAFLETS, PICNIC, LEAVE = (str(label) for label in example.LABELS)
PAGES = ("how", "how_star", "how_ties", "how_words")


def read(client, query=""):
    answer = client.get(reverse("how_star") + query)
    return answer, " ".join(answer.content.decode().replace("<b>", "").replace("</b>", "").split())


# The example.


def test_of_the_nine_ballots_the_leader_on_points_loses_the_runoff():
    counted = example.counted(example.ROWS)
    assert [strip_tags(sentence) for sentence in counted.outcome] == [
        f"{DESK} is carried.",
        (
            f"{LEAFLETS} had the higher total (34 to 32), but more members preferred {DESK} to "
            f"{LEAFLETS} (4 to 3). The runoff decides."
        ),
    ]


def test_a_tenth_ballot_can_carry_any_of_three_options_and_never_needs_the_lot():
    winners = set()
    for marks in product("-012345", repeat=4):
        counted = star.count([*example.ROWS, "".join(marks)], [DESK, LEAFLETS, PICNIC, LEAVE])
        assert not counted.lot_used, marks
        winners.add(counted.winners[0])
    assert winners == {DESK, LEAFLETS, PICNIC}


@pytest.mark.parametrize(
    ("place", "carried"), [*enumerate((DESK, LEAFLETS, PICNIC))], ids=["desk", "leaflets", "picnic"]
)
def test_each_ballot_to_try_carries_what_its_voter_wants(db, client, place, carried):
    _who, query = example.tries()[place]
    _answer, text = read(client, f"?{query}")
    assert f"<p>{carried} is carried.</p>" in text


def test_before_a_ballot_is_scored_nothing_is_counted(db, client):
    answer, text = read(client)
    assert answer.status_code == 200
    assert "Nothing is recorded." in text
    assert 'id="count"' not in text
    assert 'class="outcome"' not in text


def test_the_readers_ballot_is_followed_through_both_rounds(db, client):
    _answer, text = read(client, "?option-1=1&option-2=5&option-4=2&count=1")
    assert f"without it, {DESK} would be carried." in text
    assert f"added to the totals: {DESK} 1, {LEAFLETS} 5, {LEAVE} 2." in text
    assert "What you left blank counts as 0." in text
    assert f"You scored {LEAFLETS} 5 and {DESK} 1, so here your ballot counts once" in text
    assert f"{LEAFLETS} had the higher total ({LEAFLETS} 39, {DESK} 33)." in text
    assert 'name="option-2" value="5" id="option-2_5" checked' in text


def test_equal_scores_for_both_finalists_are_told_as_no_preference(db, client):
    _answer, text = read(client, "?option-1=4&option-2=4")
    assert f"You scored {DESK} and {LEAFLETS} the same (4)" in text
    assert f"The outcome is the same without your ballot: {DESK} is carried." in text


def test_a_ballot_left_blank_counts_as_zeros(db, client):
    answer, text = read(client, "?count=1")
    assert answer.status_code == 200
    assert "Your ballot added nothing to any total: a blank counts as 0." in text


def test_clearing_a_score_without_javascript_keeps_the_others_and_counts_nothing(db, client):
    answer, text = read(client, "?option-1=5&option-2=3&clear=option-1")
    assert answer.status_code == 200
    assert 'id="option-1_5" checked' not in text
    assert 'id="option-2_3" checked' in text
    assert 'id="count"' not in text


# What BALLOTS.md lists, as it stands in an address.
BAD = [
    *("option-1=6", "option-1=-1", "option-1=%D9%A3", "option-1=%EF%BC%95", "option-1=%205%20"),
    *("option-1=%2B5", "option-1=5.0", "option-1=05", "option-1=5_0", "option-1=1e0"),
    *("option-1=" + "5" * 5000, "option-1=%00", "option-1=5&option-1=4", "option-5=3"),
    "option-x=3",
]


@pytest.mark.parametrize("query", BAD, ids=range(len(BAD)))
def test_a_bad_score_is_refused_in_words_and_not_counted(db, client, query):
    answer, text = read(client, f"?{query}&count=1")
    assert answer.status_code == 422
    assert "<title>Error: " in text
    assert "There is a problem" in text
    assert 'id="count"' not in text


def test_nothing_of_the_example_is_recorded(db, client):
    read(client, "?option-1=5&count=1")
    assert not Ballot.objects.exists()
    assert not Option.objects.exists()
    assert not Entry.objects.exists()
    assert "sessionid" not in client.cookies


# Ties, spirit, limits.


@pytest.mark.parametrize("case", [*ties.SCORING, *ties.RUNOFF], ids=lambda case: case.rows)
def test_each_tie_comes_to_the_step_it_explains(case):
    (turn,) = ties.counted(case.rows)["rounds"]
    assert tuple(tie["step"] for tie in turn["ties"]) == case.steps


def test_every_step_of_the_protocol_for_one_seat_has_its_case():
    shown = {step for case in (*ties.SCORING, *ties.RUNOFF) for step in case.steps}
    named = set(re.findall(r"``((?:score|runoff):\w+)``", star.Tie.__doc__))
    assert shown == named


def test_the_draw_shown_can_be_drawn_again():
    draw = ties.draw()
    seed = bytes.fromhex(draw.seed)
    assert lots.digest_of(seed) == draw.commitment
    assert lots.draw(seed, ("05", "50"), ("Ash", "Birch")) == draw.order


def test_there_is_one_option_for_each_sentence_of_the_spirit():
    told = [option.words.split(":")[0].split(",")[0] for option in spirits.told()]
    assert told == [
        "keen",
        "accepted",
        "carried without much warmth",
        "split",
        "a wide spread of views",
    ]


def test_lengths_are_those_of_the_rules_today(db, client):
    basis = Entry.objects.create(at=NOON, act="limit.set", subject="limit:debate_days")
    Limit.objects.create(name="debate_days", value=9, since=NOON, basis=basis)
    Limit.objects.create(name="belonged_days", value=14, since=NOON, basis=basis)
    for at, debate in ((NOON - DAY, "at least 2 days. Members speak"), (NOON, "at least 9 days.")):
        with clock.frozen(at):
            text = client.get(reverse("how")).content.decode()
        assert debate in text
    assert "One must have belonged for 14 days by then." in text


# The words, and links to them.


def test_every_word_has_an_anchor_of_its_own_and_they_stand_in_order(db, client):
    anchors = [entry.anchor for entry in words.WORDS]
    assert len(set(anchors)) == len(anchors)
    text = client.get(reverse("how_words")).content.decode()
    shown = re.findall(r"<dt>(.*?)</dt>", text)
    assert len(shown) == len(anchors)
    assert shown == sorted(shown, key=str.casefold)


def test_every_anchor_that_a_page_links_to_is_there(db, client):
    """Links in all templates to a place on these pages, and those of the pages to themselves."""
    ids = {name: _ids(client.get(reverse(name)).content.decode()) for name in PAGES}
    ids["how_star"] |= _ids(read(client, "?count=1")[1])
    links = re.compile(r'\{% url "(how\w*)" %\}#([\w-]+)')
    found = [
        (page, anchor)
        for template in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for page, anchor in links.findall(template.read_text())
    ]
    assert len(found) >= 5
    for name in PAGES:
        page = (
            read(client, "?count=1")[1]
            if name == "how_star"
            else client.get(reverse(name)).content.decode()
        )
        found += [(name, anchor) for anchor in re.findall(r'href="(?:\?[^"]*)?#([\w-]+)"', page)]
    assert [(page, anchor) for page, anchor in found if anchor not in ids[page]] == []


def _ids(page):
    return set(re.findall(r' id="([\w-]+)"', page))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_uses_words_that_promise_too_much(db, client, name):
    text = client.get(reverse(name)).content.decode().casefold()
    assert "nobody can ever know" not in text
    assert "end-to-end" not in text


def test_strangers_find_it_in_the_navigation_and_everybody_at_the_foot(db, client, signed_in, ben):
    address = f'href="{reverse("how")}"'
    assert client.get("/").content.decode().count(address) >= 3  # twice above, once below
    assert address in signed_in(ben).get("/").content.decode()
