"""The permission table: every URL by every role (A2, A5, E11), and nothing outside the table.

200 the page, 302 to sign-in, 303 done, 403 refused with a reason, 404 not for you to know,
405 not to be read, 409 moved on.
"""

from typing import NamedTuple

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from commons import clock
from consensus import services
from consensus.models import Decision
from harmony.demo.making import MADE
from record.services import enter
from secretaries.models import Office
from tests.consensus.conftest import DAY
from tests.factories import PersonFactory
from tests.moments import NOON
from voting.services import cast_ballot, close_due_votes

ROLES = ["stranger", "eve", "dan", "ben", "ada", "gwen"]
"""Nobody signed in; an applicant; a member elsewhere; of the group; its Secretary; the General
Secretary, who is in no group."""

PUBLIC = [200] * 6
MEMBERS = [302, 404, 200, 200, 200, 200]
SIGNED_IN = [302, 200, 200, 200, 200, 200]
ITS_PEOPLE = [302, 404, 403, 200, 200, 403]
POST_ONLY = [302, 405, 405, 405, 405, 405]

TABLE = {
    "home": PUBLIC,
    "assemblies": PUBLIC,
    "assembly": PUBLIC,
    "decisions": PUBLIC,
    "decision": PUBLIC,
    "result": PUBLIC,
    "how": PUBLIC,
    "how_star": PUBLIC,
    "how_ties": PUBLIC,
    "how_words": PUBLIC,
    "healthz": PUBLIC,
    "demo": [404] * 6,
    "me": SIGNED_IN,
    "notices_read": POST_ONLY,
    "join_assembly": [302, 403, 200, 200, 200, 200],
    "leave_assembly": [302, 403, 200, 200, 200, 200],
    "raise_matter": [302, 403, 403, 200, 200, 403],
    "matter": MEMBERS,
    "matter_history": MEMBERS,
    "proposal": MEMBERS,
    "say": ITS_PEOPLE,
    "propose": ITS_PEOPLE,
    "declare_division": ITS_PEOPLE,
    "call_debate": [302, 404, 403, 403, 200, 403],
    "ballot": [302, 404, 403, 200, 200, 403],
    "check_ballot": POST_ONLY,
    "ballot_recorded": [302, 404, 403, 200, 302, 403],
}


class World(NamedTuple):
    """What the URLs of the table are about."""

    urls: dict[str, str]
    while_open: list[str]


@pytest.fixture
def world(media, ada, ben, cleo, dan, eve, gwen):
    """A matter in discussion, one divided, one in its vote, one decided; the clock at noon."""
    talking = _raised(media, ben, NOON - DAY)
    divided = _divided(media, ben, NOON - DAY)
    voting = _called(media, ben, ada, NOON - 7 * DAY)
    services.open_due_votes(at=voting.vote_opens_at)
    voting.refresh_from_db()
    cast_ballot(vote=voting.vote, person=ben, scores="50", at=NOON)
    decision = _decided(media, ben, ada, [ada, ben, cleo])
    with clock.frozen(NOON):
        yield World(
            _urls(media, talking, divided, voting, decision),
            [voting.get_absolute_url(), reverse("result", args=[voting.vote.pk])],
        )


def _raised(media, by, at):
    matter = services.raise_matter(assembly=media, by=by, trigger="x", question=f"{at}?", at=at)
    services.put_forward(matter=matter, by=by, title="Do it", text="Now.", at=at)
    return matter


def _divided(media, by, at):
    matter = _raised(media, by, at)
    return services.declare_division(matter=matter, by=by, reason="x", at=at)


def _called(media, by, secretary, at):
    return services.call_debate(matter=_divided(media, by, at), by=secretary, at=at)


def _decided(media, by, secretary, voters):
    matter = _called(media, by, secretary, NOON - 30 * DAY)
    services.open_due_votes(at=matter.vote_opens_at)
    matter.refresh_from_db()
    for person in voters:
        cast_ballot(vote=matter.vote, person=person, scores="50", at=matter.vote_opens_at)
    close_due_votes(at=matter.vote_closes_at)
    services.write_due_decisions(at=matter.vote_closes_at)
    return Decision.objects.get(matter=matter)


def _urls(media, talking, divided, voting, decision):
    about = {
        ("home", "assemblies", "decisions", "healthz", "demo", "me", "notices_read"): [],
        ("how", "how_star", "how_ties", "how_words"): [],
        ("assembly", "raise_matter", "join_assembly", "leave_assembly"): [media.slug],
        ("matter", "matter_history", "say", "propose", "declare_division"): [talking.pk],
        ("call_debate",): [divided.pk],
        ("proposal",): [talking.pk, talking.proposals.get().pk],
        ("ballot", "check_ballot", "ballot_recorded"): [voting.vote.pk],
        ("result",): [decision.vote_id],
        ("decision",): [decision.pk],
    }
    return {name: reverse(name, args=args) for names, args in about.items() for name in names}


@pytest.fixture
def browser_of(world, signed_in, client, request):
    def of(role):
        return client if role == "stranger" else signed_in(request.getfixturevalue(role))

    return of


@pytest.mark.parametrize("place", range(len(ROLES)), ids=ROLES)
@pytest.mark.parametrize("name", TABLE)
def test_every_url_by_every_role(name, place, world, browser_of):
    answer = browser_of(ROLES[place]).get(world.urls[name])
    assert answer.status_code == TABLE[name][place]


@pytest.mark.parametrize("place", range(1, len(ROLES)), ids=ROLES[1:])
def test_the_admin_is_for_the_general_secretary(place, world, browser_of, settings):
    settings.DEMO = True  # where the second factor may be skipped
    enter(MADE, subject="party:party", at=NOON)
    answer = browser_of(ROLES[place]).get(reverse("admin:index"))
    assert (answer.status_code == 200) == (ROLES[place] == "gwen")


def _names(patterns, inside=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin" and "allauth" not in str(pattern.urlconf_name):
                yield from _names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


def test_no_url_is_outside_the_table():
    assert set(_names(get_resolver().url_patterns)) == set(TABLE)


def test_powers_end_with_the_term(world, ada, signed_in):
    browser = signed_in(ada)
    assert browser.get(world.urls["call_debate"]).status_code == 200
    term = Office.objects.get(assembly__slug="media").terms.get()
    term.until, term.ended_by = NOON, "resigned"
    term.save()
    assert browser.get(world.urls["call_debate"]).status_code == 403


@pytest.mark.parametrize("role", ["stranger", "ada", "gwen"])
def test_no_office_sees_a_running_count(role, world, browser_of):
    for url in world.while_open:
        page = browser_of(role).get(url, follow=True).content.decode()
        assert "points" not in page
        assert "of 5" not in page
        assert "have voted" not in page  # fewer than ten


def test_a_member_who_leaves_the_party_sees_no_matter(world, media, signed_in):
    gone = PersonFactory(name="Gone", belongs_to=[media])
    browser = signed_in(gone)
    assert browser.get(world.urls["matter"]).status_code == 200
    gone.memberships.update(until=NOON)
    assert browser.get(world.urls["matter"]).status_code == 404
