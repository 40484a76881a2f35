"""Every main page takes as many queries with twenty rows as with two, and no more than it may.

The clock runs here: asking the database for the time is a query too. Twelve is what a list may
take; an assembly and a matter, which draw on several rooms each, take more.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consensus import services
from consensus.models import Decision, Matter
from tests.consensus.conftest import RAISED
from tests.consensus.test_pages import _decide
from tests.factories import AffiliationFactory, AssemblyFactory, PersonFactory
from tests.moments import NOON
from tests.voting.votes import cast_all, open_a_vote
from voting.services import close_vote

MOST = 12
BESIDE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def fill(media, ben, rows):
    """So many people, matters, words about the first of them, decisions and memberships more."""
    for n in range(rows):
        person = PersonFactory(belongs_to=[media])
        group = AssemblyFactory()
        AffiliationFactory(group=group)
        ben.memberships.create(assembly=group, since=RAISED)
        services.raise_matter(
            assembly=media, by=person, trigger="x", question=f"{person} {n}?", at=RAISED
        )
        matter = Matter.objects.earliest("pk")
        services.speak(matter=matter, by=person, text="x", at=RAISED)
        services.put_forward(matter=matter, by=person, title=f"{person} {n}", text="x", at=RAISED)
        _decide(media, person, n, RAISED)


def queries_of(browser, url):
    with CaptureQueriesContext(connection) as taken:
        answer = browser.get(url)
    assert answer.status_code == 200
    return [query["sql"] for query in taken if not query["sql"].startswith(BESIDE)]


def first_matter():
    return Matter.objects.earliest("pk")


PAGES = {
    "home": (MOST, lambda: reverse("home")),
    "assembly": (17, lambda: reverse("assembly", args=["media"])),
    "assemblies": (MOST, lambda: reverse("assemblies")),
    "matter": (17, lambda: first_matter().get_absolute_url()),
    "matter_history": (MOST, lambda: reverse("matter_history", args=[first_matter().pk])),
    "decisions": (MOST, lambda: reverse("decisions")),
    "decision": (MOST, lambda: Decision.objects.latest("pk").get_absolute_url()),
    "me": (MOST, lambda: reverse("me")),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_no_more_with_twenty_rows(page, media, ada, ben, signed_in):
    (most, url), browser, taken = PAGES[page], signed_in(ben), []
    for more in (2, 18):
        fill(media, ben, more)
        taken.append(queries_of(browser, url()))
    assert len(taken[0]) == len(taken[1]) <= most, "\n".join(taken[1])


@pytest.mark.parametrize("options", [2, 20])
def test_a_result_costs_the_same_with_twenty_options(options, media, ben, signed_in):
    vote = open_a_vote(media, NOON, labels=[f"Place {n}" for n in range(options)])
    cast_all(vote, [ben], ["5" * options])
    vote = close_vote(vote=vote, at=vote.closes_at)
    taken = queries_of(signed_in(ben), reverse("result", args=[vote.pk]))
    assert len(taken) <= MOST, "\n".join(taken)
