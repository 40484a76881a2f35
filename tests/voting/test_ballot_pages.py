"""The ballot, its check, the page that says it is recorded, and every bad input."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from commons import clock
from tests.factories import PersonFactory
from tests.moments import DAY, NOON, SECOND
from tests.voting.votes import (
    HOME,
    LABELS,
    LEAVE,
    LEEDS,
    cast_all,
    open_a_vote,
    people_in,
    rows_in_database,
)
from voting import keys
from voting.models import Elector, Option

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(media, ada, ben, noon):
    return open_a_vote(media, NOON)


@pytest.fixture
def page(signed_in, ada):
    return signed_in(ada)


def url(name, vote):
    return reverse(name, args=[vote.pk])


def ballot_of(vote, row="50-1"):
    """What a browser sends for the ballot with these scores in option order."""
    options = list(Option.objects.filter(vote=vote).order_by("place"))
    sent = {"on_ballot": [str(option.pk) for option in options]}
    pairs = zip(options, row, strict=True)
    return sent | {f"option-{option.pk}": mark for option, mark in pairs if mark != "-"}


def legends(answer):
    return re.findall(r"<legend[^>]*>([^<]+)</legend>", answer.content.decode())


def test_shows_every_option_unscored_and_until_when(page, vote):
    answer = page.get(url("ballot", vote))
    text = answer.content.decode()
    assert sorted(legends(answer)) == sorted(LABELS)
    assert " checked" not in text
    assert "An option you leave blank counts as 0." in text
    assert "until 12:00 on Friday 6 March 2026, UK time" in text
    assert 'href="/matters/44/">Back to the matter' in text
    assert "no-store" in answer["Cache-Control"]


def test_each_voter_has_an_order_of_their_own_that_stays(media, signed_in, noon):
    people = people_in(media, 12)
    vote = open_a_vote(media, NOON)
    browsers = [signed_in(person) for person in people]
    first = [legends(browser.get(url("ballot", vote))) for browser in browsers]
    again = [legends(browser.get(url("ballot", vote))) for browser in browsers]
    assert first == again
    assert len({tuple(order) for order in first}) > 1
    assert {order[-1] for order in first} == {LEAVE}


def test_checking_shows_the_scores_and_records_nothing(page, vote):
    answer = page.post(url("check_ballot", vote), ballot_of(vote, "50-5"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Nothing is recorded yet." in text
    assert "left blank: counts as 0" in text
    groups = re.findall(r"<li(?: class=\"blank\")?><b>(\d|<span)", text)
    assert groups == ["5", "0", "<span"]
    assert rows_in_database(vote) == []


def hidden_fields(answer):
    pairs = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())
    sent = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    return sent


def test_recording_answers_303_and_a_page_nobody_can_mistake(page, vote):
    checked = page.post(url("check_ballot", vote), ballot_of(vote, "50-1"))
    answer = page.post(url("ballot", vote), hidden_fields(checked))
    assert (answer.status_code, answer["Location"]) == (303, url("ballot_recorded", vote))
    assert rows_in_database(vote) == ["50-1"]
    text = page.get(answer["Location"]).content.decode()
    assert "Your ballot is recorded" in text
    assert "You can change it until 12:00 on Friday 6 March 2026, UK time." in text


def test_nobody_is_told_recorded_who_has_not_voted(page, vote):
    assert page.get(url("ballot_recorded", vote))["Location"] == url("ballot", vote)


def test_changing_starts_from_the_scores_as_recorded(page, vote):
    page.post(url("ballot", vote), ballot_of(vote, "50-1"))
    text = page.get(url("ballot", vote)).content.decode()
    leeds = Option.objects.get(vote=vote, label=LEEDS).pk
    assert f'name="option-{leeds}" value="5" id="option-{leeds}_5" checked' in text
    assert text.count(" checked") == 3
    page.post(url("ballot", vote), ballot_of(vote, "0001"))
    assert rows_in_database(vote) == ["0001"]


def test_clearing_a_score_gives_the_ballot_back_with_that_row_empty(page, vote):
    leeds = Option.objects.get(vote=vote, label=LEEDS).pk
    sent = ballot_of(vote, "54-1") | {"clear": f"option-{leeds}"}
    text = page.post(url("check_ballot", vote), sent).content.decode()
    assert f'id="option-{leeds}_5" checked' not in text
    assert text.count(" checked") == 2
    assert rows_in_database(vote) == []


def test_a_change_from_the_check_page_keeps_what_was_scored(page, vote):
    checked = page.post(url("check_ballot", vote), ballot_of(vote, "54-1"))
    home = Option.objects.get(vote=vote, label=HOME).pk
    sent = hidden_fields(checked) | {"change": f"option-{home}"}
    text = page.post(url("check_ballot", vote), sent).content.decode()
    assert text.count(" checked") == 3
    assert "Check your ballot" in text


def test_a_ballot_all_blank_or_all_equal_counts_with_a_note(page, vote):
    text = page.post(url("check_ballot", vote), ballot_of(vote, "3333")).content.decode()
    assert "You score all options the same." in text
    assert page.post(url("ballot", vote), ballot_of(vote, "----")).status_code == 303
    assert rows_in_database(vote) == ["----"]


BAD_SCORES = [
    "6",
    "-1",
    "٣",
    "５",
    " 5 ",
    "+5",
    "5.0",
    "05",
    "5_0",
    "1e0",
    "5" * 5_000,
    "-",
    "five",
    "5\x00",
]


@pytest.mark.parametrize("score", BAD_SCORES)
@pytest.mark.parametrize("name", ["check_ballot", "ballot"])
def test_refuses_what_is_no_score_and_keeps_the_earlier_ballot(page, vote, name, score):
    page.post(url("ballot", vote), ballot_of(vote, "1111"))
    leeds = Option.objects.get(vote=vote, label=LEEDS).pk
    answer = page.post(url(name, vote), ballot_of(vote) | {f"option-{leeds}": score})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in text
    assert f'href="#option-{leeds}' in text
    assert rows_in_database(vote) == ["1111"]


def spoil_missing(sent, vote, other):
    return sent | {"on_ballot": sent["on_ballot"][1:]}


def spoil_unknown(sent, vote, other):
    return sent | {"option-999999": "5"}


def spoil_repeated_option(sent, vote, other):
    return sent | {"on_ballot": sent["on_ballot"] + sent["on_ballot"][:1]}


def spoil_repeated_score(sent, vote, other):
    return sent | {f"option-{sent['on_ballot'][0]}": ["5", "4"]}


def spoil_other_vote(sent, vote, other):
    return ballot_of(other)


def spoil_mixed_votes(sent, vote, other):
    return sent | {name: mark for name, mark in ballot_of(other).items() if name != "on_ballot"}


def spoil_nothing_sent(sent, vote, other):
    return {}


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_missing,
        spoil_unknown,
        spoil_repeated_option,
        spoil_repeated_score,
        spoil_other_vote,
        spoil_mixed_votes,
        spoil_nothing_sent,
    ],
)
@pytest.mark.parametrize("name", ["check_ballot", "ballot"])
def test_refuses_options_that_are_not_exactly_this_votes(page, vote, media, name, spoil):
    page.post(url("ballot", vote), ballot_of(vote, "1111"))
    other = open_a_vote(media, NOON)
    answer = page.post(url(name, vote), spoil(ballot_of(vote), vote, other))
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert rows_in_database(vote) == ["1111"]
    assert rows_in_database(other) == []


def test_a_smuggled_person_is_ignored(page, vote, ada, ben):
    page.post(url("ballot", vote), ballot_of(vote, "5000") | {"person": str(ben.pk)})
    mine = keys.pseudonym(keys.key_of(vote), vote.pk, ada.pk)
    assert vote.ballots.filter(pseudonym=mine).count() == vote.ballots.count() == 1


def test_get_on_the_check_page_is_405(page, vote):
    assert page.get(url("check_ballot", vote)).status_code == 405


def test_no_token_no_ballot(vote, ada):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada, "allauth.account.auth_backends.AuthenticationBackend")
    assert browser.post(url("ballot", vote), ballot_of(vote)).status_code == 403
    assert rows_in_database(vote) == []


@pytest.mark.parametrize("name", ["check_ballot", "ballot"])
def test_a_second_late_is_409_with_the_moment(page, vote, name):
    with clock.frozen(vote.closes_at):
        answer = page.post(url(name, vote), ballot_of(vote))
    assert answer.status_code == 409
    assert "This vote closed at 12:00 on Friday 6 March 2026, UK time." in answer.content.decode()


def test_bad_input_after_the_close_is_409_too(page, vote):
    with clock.frozen(vote.closes_at):
        assert page.post(url("ballot", vote), {}).status_code == 409


def test_before_the_opening_is_409(page, vote):
    with clock.frozen(NOON - SECOND):
        assert page.post(url("ballot", vote), ballot_of(vote)).status_code == 409


def test_the_last_second_is_in_time(page, vote):
    with clock.frozen(vote.closes_at - SECOND):
        assert page.post(url("ballot", vote), ballot_of(vote)).status_code == 303


def test_the_ballot_of_a_closed_vote_leads_to_the_result_and_closes_it(page, vote):
    with clock.frozen(vote.closes_at + DAY):
        answer = page.get(url("ballot", vote))
    assert answer["Location"] == url("result", vote)
    vote.refresh_from_db()
    assert vote.closed_at == vote.closes_at + DAY


def test_a_member_off_the_roll_reads_why(signed_in, vote, dan):
    browser = signed_in(dan)
    for answer in (
        browser.get(url("ballot", vote)),
        browser.post(url("ballot", vote), ballot_of(vote)),
        browser.post(url("check_ballot", vote), ballot_of(vote)),
    ):
        assert answer.status_code == 403
        assert "You are not on this roll" in answer.content.decode()
        assert "You are not in Media Working Group." in answer.content.decode()
    assert rows_in_database(vote) == []


def test_somebody_who_joined_after_the_opening_reads_that(signed_in, vote, media):
    late = PersonFactory(belongs_to=[media])
    late.memberships.update(since=vote.opens_at + SECOND)
    with clock.frozen(vote.opens_at + SECOND):
        text = signed_in(late).get(url("ballot", vote)).content.decode()
    assert "You joined Media Working Group after that" in text


def test_somebody_who_was_in_it_too_short_a_time_reads_that(signed_in, vote, ben):
    Elector.objects.filter(vote=vote, person=ben.pk).delete()
    text = signed_in(ben).get(url("ballot", vote)).content.decode()
    assert "You were in Media Working Group then, but had not been for long enough" in text


def test_there_is_no_such_page_for_an_applicant(signed_in, vote, eve):
    browser = signed_in(eve)
    assert browser.get(url("ballot", vote)).status_code == 404
    assert browser.post(url("ballot", vote), ballot_of(vote)).status_code == 404


@pytest.mark.parametrize("name", ["ballot", "ballot_recorded"])
def test_guests_are_asked_to_sign_in_and_led_back(client, vote, name):
    answer = client.get(url(name, vote))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={url(name, vote)}"


def test_without_the_key_503_and_nothing_stored(page, vote):
    keys.file_of(vote.pk).unlink()
    for answer in (page.get(url("ballot", vote)), page.post(url("ballot", vote), ballot_of(vote))):
        assert answer.status_code == 503
        assert "Ballots cannot be recorded just now" in answer.content.decode()
    assert rows_in_database(vote) == []


def test_turnout_shows_from_ten_ballots_on(page, media, noon, ada):
    people = people_in(media, 10)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, ["5000"] * 9)
    assert "have voted" not in page.get(url("ballot", vote)).content.decode()
    cast_all(vote, people[9:], ["5000"])
    assert "10 of 11 members have voted." in page.get(url("ballot", vote)).content.decode()
