"""The pages of a matter and the register, as their readers meet them."""

import pytest
from django.urls import reverse

from commons import clock
from consensus import services
from consensus.models import Contribution, Decision, Matter
from tests.consensus.conftest import DAY, RAISED, SECOND
from tests.factories import PersonFactory


@pytest.fixture
def queries(django_assert_max_num_queries, signed_in, ben):
    """Return a function that gets a page as Ben and tells how many queries it took."""

    browser = signed_in(ben)

    def count(url):
        with django_assert_max_num_queries(100) as taken:
            assert browser.get(url).status_code == 200
        return len(taken)

    return count


def _decide(media, ben, number, at):
    matter = Matter.objects.create(
        assembly=media,
        raised_by=ben,
        raised_at=at,
        trigger="x",
        question=f"Question {number}?",
        discussion_days=3,
        debate_days=2,
        vote_days=3,
        act_days=3,
        ended_at=at,
    )
    return Decision.objects.create(
        matter=matter, assembly=media, title=f"Answer {number}", decided_at=at, means="vote"
    )


def test_raising_goes_over_a_check_page_that_records_nothing(media, ben, signed_in):
    words = {"trigger": "The lease ends.", "question": "Where do we meet?", "why": ""}
    browser, url = signed_in(ben), reverse("raise_matter", args=["media"])
    check = browser.post(url, words | {"check": "1"})
    assert b"Nothing has been raised yet" in check.content
    assert not Matter.objects.exists()
    again = browser.post(url, words | {"change": "1"})
    assert b"The lease ends." in again.content
    done = browser.post(url, words)
    assert done.status_code == 303
    assert done.url == Matter.objects.get().get_absolute_url()


def test_bad_input_comes_back_whole_with_422(media, ben, signed_in):
    url = reverse("raise_matter", args=["media"])
    answer = signed_in(ben).post(url, {"trigger": "Kept.", "question": "\u200b"})
    assert answer.status_code == 422
    assert b"<title>Error:" in answer.content
    assert b"Kept." in answer.content


def test_a_refusal_of_the_service_is_shown_at_its_field(divided, ada, signed_in):
    moments = {
        "debate_opens_at": RAISED + 3 * DAY - SECOND * 60,
        "vote_opens_at": RAISED + 6 * DAY,
        "vote_closes_at": RAISED + 9 * DAY,
    }
    data = {
        f"{name}_{part}": moment.strftime(form)
        for name, moment in moments.items()
        for part, form in enumerate(["%Y-%m-%d", "%H:%M"])
    }
    with clock.frozen(RAISED + 2 * DAY):
        url = reverse("call_debate", args=[divided.pk])
        answer = signed_in(ada).post(url, data)
    assert answer.status_code == 422
    assert "debate_opens_at" in answer.context["form"].errors


def test_the_times_offered_are_accepted_as_they_are(divided, ada, signed_in):
    with clock.frozen(RAISED + 2 * DAY + SECOND * 61):
        browser, url = signed_in(ada), reverse("call_debate", args=[divided.pk])
        form = browser.get(url).context["form"]
        data = {}
        for name in form.fields:
            day, time = form[name].subwidgets[0].data["subwidgets"]
            data |= {day["name"]: day["value"], time["name"]: time["value"]}
        answer = browser.post(url, data)
    assert answer.status_code == 303


def test_the_page_says_what_is_owed_by_whom_and_until_when(divided, ada, ben, signed_in):
    with clock.frozen(RAISED + 3 * DAY):
        page = signed_in(ben).get(divided.get_absolute_url()).content.decode()
    assert "a call for debate and vote" in page
    assert "Ada" in page
    assert "both open by themselves" in page


@pytest.mark.parametrize("act", ["say", "propose"])
def test_a_late_word_is_answered_by_409(called, ben, signed_in, act):
    with clock.frozen(called.vote_opens_at):
        services.open_due_votes(at=called.vote_opens_at)
        url = reverse(act, args=[called.pk])
        answer = signed_in(ben).post(url, {"text": "x", "title": "y", "stance": "for"})
    assert answer.status_code == 409
    assert b"vote" in answer.content


def test_what_members_write_cannot_run(matter, ben, signed_in):
    evil = '<script>x</script> [a](javascript:x) <p hx-get="/x">'
    services.speak(matter=matter, by=ben, text=evil, at=RAISED)
    page = signed_in(ben).get(matter.get_absolute_url()).content.decode()
    assert "<script>x" not in page
    assert 'href="javascript' not in page
    assert "&lt;p hx-get" in page


def test_an_htmx_poll_is_empty_until_somebody_speaks(matter, ben, cleo, signed_in):
    url = f"{matter.get_absolute_url()}?since=0"
    ask = {"HTTP_HX_REQUEST": "true"}
    assert signed_in(ben).get(url, **ask).status_code == 204
    services.speak(matter=matter, by=cleo, text="New.", at=RAISED)
    answer = signed_in(ben).get(url, **ask)
    assert b"1 new contribution" in answer.content
    assert b"<html" not in answer.content


def test_a_thread_is_paged_by_key(matter, ben, signed_in):
    Contribution.objects.bulk_create(
        Contribution(
            matter=matter,
            author=ben,
            said_at=RAISED + n * SECOND,
            text="x",
            text_html=f"<p>w{n}.</p>",
        )
        for n in range(60)
    )
    first = signed_in(ben).get(matter.get_absolute_url())
    assert b"w59." in first.content
    assert b"w9." not in first.content
    older = signed_in(ben).get(f"{matter.get_absolute_url()}?before={first.context['older']}")
    assert b"w9." in older.content
    assert older.context["older"] is None


def test_the_matter_takes_as_many_queries_with_twenty_speakers_as_with_two(
    answered, media, queries
):
    def fill(number):
        for n in range(number):
            person = PersonFactory(belongs_to=[media])
            said = services.speak(matter=answered, by=person, text="x", at=RAISED)
            services.speak(matter=answered, by=person, text="y", reply_to=said, at=RAISED)
            services.put_forward(
                matter=answered, by=person, title=f"{person}{n}", text="z", at=RAISED
            )
        return queries(answered.get_absolute_url())

    assert fill(2) == fill(18)


def test_the_register_takes_at_most_twelve_queries_however_long(media, ben, queries):
    for number in range(2):
        _decide(media, ben, number, RAISED)
    few = queries(reverse("decisions"))
    for number in range(2, 22):
        _decide(media, ben, number, RAISED + number * SECOND)
    assert queries(reverse("decisions")) == few <= 12


def test_the_register_is_paged_by_key_and_narrowed_by_words(media, ben, client):
    for number in range(25):
        _decide(media, ben, number, RAISED + number * SECOND)
    first = client.get(reverse("decisions"))
    assert len(first.context["decisions"]) == 20
    second = client.get(reverse("decisions"), {"before": first.context["older"]})
    assert len(second.context["decisions"]) == 5
    found = client.get(reverse("decisions"), {"q": "Answer 24", "assembly": "media"})
    assert [d.title for d in found.context["decisions"]] == ["Answer 24"]
    none = client.get(reverse("decisions"), {"q": "no such words"})
    assert b"No decisions match" in none.content


@pytest.mark.parametrize("typed", ["٣", "9" * 40, "-1", "x"])
def test_a_key_that_is_none_is_ignored(media, ben, client, typed):
    _decide(media, ben, 1, RAISED)
    assert client.get(reverse("decisions"), {"before": typed}).status_code == 200


def test_a_proposal_just_put_forward_leads_on_to_its_matter(matter, ben, dan, signed_in):
    with clock.frozen(RAISED + SECOND):
        proposal = services.put_forward(matter=matter, by=ben, title="Do it", text="Now.")
        mine = signed_in(ben).get(proposal.get_absolute_url()).content.decode()
        elsewhere = signed_in(dan).get(proposal.get_absolute_url()).content.decode()
    assert f'href="{matter.get_absolute_url()}">Go on to the matter</a>' in mine
    assert "Go on to the matter" not in elsewhere
