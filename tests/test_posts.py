"""The permission table of acts: every URL that takes a POST, by every role (A2, E11).

303 done, 302 to sign-in, 403 refused, 404 not for you to know, 409 moved on, 422 said in words.
Each is posted with what would be right of whoever may.
"""

import pytest
from django.test import Client
from django.urls import reverse

from consensus import services
from consensus.models import Matter
from tests.consensus.conftest import DAY
from tests.moments import NOON
from tests.test_permissions import ROLES, TABLE, browser_of, world  # noqa: F401 - fixtures
from voting.models import Ballot

READ_ONLY = {
    "home", "assemblies", "assembly", "decisions", "decision", "result", "healthz", "me",
    "how", "how_star", "how_ties", "how_words",
    "matter", "matter_history", "proposal", "ballot_recorded",
}  # fmt: skip

ITS_PEOPLE = [302, 404, 403, 303, 303, 403]
ACTS = {
    "say": ITS_PEOPLE,
    "propose": ITS_PEOPLE,
    "declare_division": ITS_PEOPLE,
    "raise_matter": [302, 403, 403, 303, 303, 403],
    "call_debate": [302, 404, 403, 403, 303, 403],
    "ballot": [302, 404, 403, 303, 303, 403],
    "check_ballot": [302, 404, 403, 200, 200, 403],
    "join_assembly": [302, 403, 303, 422, 422, 303],
    "leave_assembly": [302, 403, 422, 303, 303, 422],
    "notices_read": [302, 303, 303, 303, 303, 303],
    "demo": [404] * 6,
}


def _form(name: str, world) -> dict[str, object]:  # noqa: F811
    if name in ("ballot", "check_ballot"):
        options = Matter.objects.get(vote__isnull=False, ended_at=None).vote.options.all()
        scores = {f"option-{option.pk}": "5" for option in options}
        return {"on_ballot": [option.pk for option in options], **scores}
    days = {"debate_opens_at": 3, "vote_opens_at": 6, "vote_closes_at": 10}
    moments = {
        f"{field}_{part}": value
        for field, later in days.items()
        for part, value in ((0, f"{NOON + later * DAY:%Y-%m-%d}"), (1, "12:00"))
    }
    return {
        "say": {"text": "I think so."},
        "propose": {"title": "Do something else", "text": "Later."},
        "declare_division": {"reason": "We go round in circles."},
        "raise_matter": {"trigger": "It broke.", "question": "What now?"},
        "call_debate": moments,
    }.get(name, {})


def test_every_url_takes_posts_or_refuses_them():
    assert set(ACTS) | READ_ONLY == set(TABLE)
    assert not set(ACTS) & READ_ONLY


@pytest.mark.parametrize("place", range(len(ROLES)), ids=ROLES)
@pytest.mark.parametrize("name", ACTS)
def test_every_act_by_every_role(name, place, world, browser_of):  # noqa: F811
    answer = browser_of(ROLES[place]).post(world.urls[name], _form(name, world))
    assert answer.status_code == ACTS[name][place]


@pytest.mark.parametrize("name", sorted(READ_ONLY))
def test_what_is_to_be_read_takes_no_post(name, world, browser_of):  # noqa: F811
    assert browser_of("ada").post(world.urls[name]).status_code == 405


@pytest.mark.parametrize("name", [name for name in ACTS if name != "demo"])
def test_no_act_without_the_token(name, world, ada):  # noqa: F811
    """CSRF: a form on another site does nothing, whoever is signed in."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada, "allauth.account.auth_backends.AuthenticationBackend")
    before = Ballot.objects.count(), Matter.objects.count()
    answer = browser.post(world.urls[name], _form(name, world))
    assert answer.status_code == 403
    assert (Ballot.objects.count(), Matter.objects.count()) == before


@pytest.mark.parametrize("name", ["say", "propose", "declare_division", "raise_matter"])
def test_an_empty_post_is_bad_input(name, world, browser_of):  # noqa: F811
    assert browser_of("ben").post(world.urls[name]).status_code == 422


@pytest.mark.parametrize("name", ["say", "propose", "declare_division", "call_debate"])
def test_whoever_comes_too_late_is_told(name, world, browser_of):  # noqa: F811
    """Posted to a matter whose vote is open."""
    voting = Matter.objects.get(vote__isnull=False, ended_at=None)
    answer = browser_of("ada").post(reverse(name, args=[voting.pk]), _form(name, world))
    assert answer.status_code == 409


def test_a_reply_stays_in_its_matter(world, ben, browser_of):  # noqa: F811
    talking, other = Matter.objects.filter(debate_opens_at=None).order_by("pk")[:2]
    said = services.speak(matter=other, by=ben, text="There.", at=NOON)
    url = reverse("say", args=[talking.pk])
    answer = browser_of("ben").post(url, {"text": "Here.", "reply_to": said.pk})
    assert answer.status_code == 404


def test_nobody_casts_for_another(world, ben, ada, browser_of):  # noqa: F811
    """A smuggled person changes nobody else's ballot."""
    form = _form("ballot", world) | {"person": str(ben.pk), "pseudonym": "00"}
    before = set(Ballot.objects.values_list("pseudonym", "scores"))
    assert browser_of("ada").post(world.urls["ballot"], form).status_code == 303
    after = set(Ballot.objects.values_list("pseudonym", "scores"))
    assert before < after
    assert len(after - before) == 1


@pytest.mark.parametrize("act", ["admit_person", "end_membership"])
@pytest.mark.parametrize("role", ["stranger", "eve", "dan", "ada"])
def test_the_desk_acts_for_nobody_else(act, role, world, eve, dan, browser_of, settings):  # noqa: F811
    settings.DEMO = True  # where the second factor may be skipped
    person = eve if act == "admit_person" else dan
    url = reverse(f"admin:{act}", args=[person.pk])
    was = person.is_member_at(NOON)
    browser_of(role).post(url, {"words": "Because."})
    assert person.is_member_at(NOON) == was
