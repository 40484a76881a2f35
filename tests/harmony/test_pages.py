"""Home, the front page, an assembly and a decision, as their readers meet them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assemblies.models import Kind
from commons import clock
from consensus import services
from consensus.models import Decision
from tests.consensus.conftest import (  # noqa: F401 - fixtures
    DAY,
    RAISED,
    answered,
    called,
    divided,
    matter,
)
from tests.factories import AffiliationFactory, AssemblyFactory, PersonFactory
from voting.services import cast_ballot, close_due_votes


@pytest.fixture
def decided(called, ada, ben, cleo):  # noqa: F811
    services.open_due_votes(at=called.vote_opens_at)
    called.refresh_from_db()
    for person, row in ((ada, "510"), (ben, "420"), (cleo, "05-")):
        cast_ballot(vote=called.vote, person=person, scores=row, at=called.vote_opens_at)
    close_due_votes(at=called.vote_closes_at)
    services.write_due_decisions(at=called.vote_closes_at)
    return Decision.objects.get()


def test_a_stranger_reads_the_front_page(party, client):
    page = client.get("/").content.decode()
    assert "nobody at the head of the table" in page
    assert reverse("account_signup") in page


def test_an_applicant_is_told_to_wait(eve, signed_in):
    assert b"with the General Secretary" in signed_in(eve).get("/").content


def test_the_secretary_sees_what_they_owe_and_others_do_not(divided, ada, ben, signed_in):  # noqa: F811
    with clock.frozen(RAISED + 2 * DAY):
        assert b"You owe a call" in signed_in(ada).get("/").content
        assert b"You owe a call" not in signed_in(ben).get("/").content


def test_the_general_secretary_sees_who_waits_to_be_admitted(eve, gwen, ben, signed_in):
    page = signed_in(gwen).get("/").content.decode()
    assert "1 person waits to be admitted" in page
    assert "standing=applying" in page
    assert "waits to be admitted" not in signed_in(ben).get("/").content.decode()


def test_an_open_vote_needs_me_until_i_have_scored(called, ben, signed_in):  # noqa: F811
    with clock.frozen(called.vote_opens_at):
        before = signed_in(ben).get("/").content
        called.refresh_from_db()
        cast_ballot(vote=called.vote, person=ben, scores="50-")
        after = signed_in(ben).get("/").content
    assert b"have not scored yet" in before
    assert b"Your ballot is recorded" in after


@pytest.mark.parametrize(("hours", "urgent"), [(37, False), (36, True), (1, True)])
def test_a_deadline_is_urgent_when_it_is_near(called, ben, signed_in, hours, urgent):  # noqa: F811
    services.open_due_votes(at=called.vote_opens_at)
    with clock.frozen(called.vote_closes_at - timedelta(hours=hours)):
        page = signed_in(ben).get("/").content.decode()
    assert ("need-when urgent" in page) == urgent


def test_the_page_that_first_needs_it_opens_the_vote(called, ben, signed_in):  # noqa: F811
    with clock.frozen(called.vote_opens_at):
        signed_in(ben).get(called.get_absolute_url())
    called.refresh_from_db()
    assert called.vote is not None


def test_what_was_decided_is_read_once(decided, ben, signed_in):
    with clock.frozen(decided.decided_at + DAY):
        browser = signed_in(ben)
        assert b"Decided since you were here" in browser.get("/").content
        browser.post(reverse("notices_read"))
        assert b"Decided since you were here" not in browser.get("/").content


def test_a_stranger_reads_a_decision_and_how_warm_it_was(decided, client):
    page = client.get(decided.get_absolute_url()).content.decode()
    assert "Buy a new desk" in page
    assert "keen (4–5)" in page
    assert "Ben" not in page


def test_the_register_says_how_many_scored_where_that_may_be_shown(decided, client):
    row = client.get(reverse("decisions")).content.decode()
    scored, roll = decided.scored, decided.vote.roll_size
    assert scored >= 3
    assert f"{scored} of {roll} members scored" in row
    decided.enthusiasm = []
    decided.save()
    assert "members scored" not in client.get(reverse("decisions")).content.decode()


def test_a_committee_of_many_groups_names_the_first_and_links_to_all(client, party):
    committee = AssemblyFactory(name="Societies", kind=Kind.SOCIETY_COMMITTEE)
    for _ in range(30):
        group = AssemblyFactory(kind=Kind.SOCIETY_WORKING_GROUP)
        AffiliationFactory(group=group, committee=committee)
    answer = client.get(committee.get_absolute_url())
    assert len(answer.context["groups"]) == 12
    assert "All 30 groups" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "words"), [("", "Nothing has been decided yet"), ("?q=zebra", "No decisions match")]
)
def test_an_empty_register_says_why(client, party, query, words):
    assert words in client.get(reverse("decisions") + query).content.decode()


def test_the_result_leads_on_to_its_decision(decided, client):
    page = client.get(reverse("result", args=[decided.vote_id])).content.decode()
    assert f'href="{decided.get_absolute_url()}"' in page


def test_every_step_names_the_opening_of_the_debate_once_it_has_come(called, ben, signed_in):  # noqa: F811
    url = reverse("matter_history", args=[called.pk])
    opens = called.debate_opens_at
    with clock.frozen(opens - timedelta(seconds=1)):
        assert b"Debate opened" not in signed_in(ben).get(url).content
    with clock.frozen(opens):
        assert b"Debate opened" in signed_in(ben).get(url).content


def test_the_assembly_tells_a_stranger_its_decisions_but_no_matter(
    decided, media, ben, client, signed_in
):
    services.raise_matter(
        assembly=media, by=ben, trigger="x", question="Only for members?", at=RAISED
    )
    url = reverse("assembly", args=["media"])
    stranger, member = client.get(url).content.decode(), signed_in(ben).get(url).content.decode()
    assert "Buy a new desk" in stranger
    assert "Only for members?" not in stranger
    assert "Only for members?" in member
    assert "Ada" in stranger


def test_an_assembly_tells_a_call_owed_from_one_that_was_made(divided, ada, signed_in):  # noqa: F811
    url = divided.assembly.get_absolute_url()
    with clock.frozen(RAISED + 2 * DAY):
        assert b"a call is owed" in signed_in(ada).get(url).content
        opens = RAISED + 4 * DAY
        services.call_debate(
            matter=divided,
            by=ada,
            debate_opens_at=opens,
            vote_opens_at=opens + 3 * DAY,
            vote_closes_at=opens + 6 * DAY,
        )
        page = signed_in(ada).get(url).content.decode()
    assert "a call is owed" not in page
    assert "<b>In 2 days</b> <span>debate opens</span>" in page


def test_home_takes_as_many_queries_with_twenty_rows_as_with_two(
    media, ben, signed_in, django_assert_max_num_queries
):
    def fill(number):
        for n in range(number):
            group = AssemblyFactory()
            ben.memberships.create(assembly=group, since=RAISED)
            matter = services.raise_matter(  # noqa: F811
                assembly=group, by=ben, trigger="x", question=f"{group} {n}?", at=RAISED
            )
            services.put_forward(matter=matter, by=ben, title="A", text="x", at=RAISED)
            services.declare_division(matter=matter, by=ben, reason="x", at=RAISED)
            services.open_due_debates(at=RAISED + 3 * DAY)
        browser = signed_in(ben)
        with clock.frozen(RAISED + 4 * DAY), django_assert_max_num_queries(12) as taken:
            browser.get("/")
        return len(taken)

    assert fill(2) == fill(18)


def test_an_assembly_takes_as_many_queries_with_twenty_matters_as_with_two(
    media, ben, signed_in, django_assert_max_num_queries
):
    def fill(number):
        for n in range(number):
            PersonFactory(belongs_to=[media])
            services.raise_matter(
                assembly=media, by=ben, trigger="x", question=f"{number} {n}?", at=RAISED
            )
        browser = signed_in(ben)
        with django_assert_max_num_queries(40) as taken:
            browser.get(reverse("assembly", args=["media"]))
        return len(taken)

    assert fill(2) == fill(18)
