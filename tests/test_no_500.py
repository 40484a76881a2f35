"""Hostile values in every address, query and form: answered in words, never with a 500."""

from datetime import datetime
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from commons import clock
from consensus import services
from consensus.models import Matter
from harmony.demo.making import MADE
from record.services import enter
from tests.consensus.conftest import DAY
from tests.moments import NOON
from voting.services import cast_ballot

# As they stand in an address: NUL, half a surrogate, bytes that are not UTF-8, numbers too big
# for the database and for Python, digits that are not ASCII, other sites, other languages.
HOSTILE = [
    "",
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF%FE",
    "-1",
    "0",
    "1e9",
    "9223372036854775808",
    "9" * 30,
    "9" * 5000,
    "%D9%A3",
    "//evil.example/",
    "%0d%0aX-Evil:1",
    "..%2F..%2Fetc%2Fpasswd",
    "%3Cscript%3E",
    "'%20OR%201=1--",
    "%25s%25(name)s%7B%7B%207%20%7D%7D",
    quote("‮" + "́" * 50),
]
NUMBERED = ["matters/{}/", "matters/{}/say/", "decisions/{}/", "votes/{}/", "assemblies/{}/"]
QUERIES = {
    "home": ["next"],
    "assemblies": ["words", "kind", "within", "page"],
    "decisions": ["q", "assembly", "before"],
    "demo": ["name", "assembly"],
    "how_star": ["option-1", "option-9", "clear", "count"],
    "matter": ["before", "since"],
    "say": ["reply_to"],
    "account_login": ["next"],
    "account_signup": ["next"],
}


@pytest.fixture
def matter(media, ada, ben, gwen):
    """A matter in its vote, with a ballot cast; the clock at noon."""
    at = NOON - 6 * DAY
    made = services.raise_matter(assembly=media, by=ben, trigger="x", question="What?", at=at)
    services.put_forward(matter=made, by=ben, title="Do it", text="Now.", at=at)
    services.declare_division(matter=made, by=ben, reason="x", at=at)
    made = services.call_debate(matter=made, by=ada, at=at)
    services.open_due_votes(at=made.vote_opens_at)
    made.refresh_from_db()
    cast_ballot(vote=made.vote, person=ben, scores="50", at=NOON)
    with clock.frozen(NOON):
        yield made


@pytest.fixture
def talking(media, ben, matter):
    """One in discussion."""
    made = services.raise_matter(assembly=media, by=ben, trigger="x", question="How?", at=NOON)
    services.put_forward(matter=made, by=ben, title="So", text="Now.", at=NOON)
    return made


@pytest.fixture
def browsers(signed_in, ada, gwen, matter) -> list[Client]:
    """Of a stranger, of the Secretary and of the General Secretary, whose admin is open."""
    return [Client(), signed_in(ada), signed_in(gwen)]


@pytest.fixture(autouse=True)
def _open_admin(settings, db) -> None:
    """Ask for no second factor, and show the demo's own page."""
    settings.DEMO = True
    enter(MADE, subject="party:party", at=NOON)


def _answers(browsers: list[Client], address: str, **headers: str) -> set[int]:
    return {browser.get(address, headers=headers).status_code for browser in browsers}


def _is_calm(statuses: set[int]) -> bool:
    return max(statuses) < 500


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_breaks_a_page(value, browsers, talking):
    for name, parameters in QUERIES.items():
        args = [talking.pk] if name in ("matter", "say") else []
        for parameter in parameters:
            address = f"{reverse(name, args=args)}?{parameter}={value}"
            assert _is_calm(_answers(browsers[:2], address)), address
            if name == "matter":  # its poll
                assert _is_calm(_answers(browsers[1:2], address, HX_Request="true")), address


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_address_breaks_the_site(value, browsers, matter):
    inside = f"matters/{matter.pk}/proposals/{{}}/"
    for pattern in [*NUMBERED, inside, "admin/assemblies/person/{}/change/", "{}"]:
        address = "/" + pattern.format(value)
        assert _is_calm(_answers(browsers[1:], address)), address


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_breaks_the_desk(value, browsers):
    for page in ("assemblies_person", "assemblies_assembly", "secretaries_term"):
        for parameter in ("q", "o", "p", "standing", "term", "id__exact", "e"):
            address = f"{reverse(f'admin:{page}_changelist')}?{parameter}={value}"
            assert _is_calm(_answers(browsers[2:], address)), address


FORMS = {
    "say": ["text", "stance", "proposal", "reply_to"],
    "propose": ["title", "text"],
    "declare_division": ["reason"],
    "raise_matter": ["question", "trigger", "why"],
    "call_debate": [
        f"{moment}_{part}"
        for moment in ("debate_opens_at", "vote_opens_at", "vote_closes_at")
        for part in (0, 1)
    ],
    "ballot": ["on_ballot", "option-1", "clear"],
    "check_ballot": ["on_ballot", "option-1", "clear", "change"],
    "demo": ["email", "go_on", "matter"],
    "account_login": ["login", "password", "next"],
    "account_signup": ["email", "name", "password1", "next"],
}
TYPED = [
    "\0",
    "a\0b",
    "\ud800",
    "9" * 30,
    "9999-12-31",
    "0001-01-01",
    "\u202e" + "\u0301" * 50,
    "[" * 50_000,
    "x\r\nBcc: all@example.org",
]


def _posted(form: dict[str, str]) -> str:
    """As a browser would send it; half a surrogate goes as the bytes it stands for."""
    return "&".join(
        f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in form.items()
    )


def _subject(name: str, talking: Matter, divided: Matter, matter: Matter) -> list[object]:
    subjects = {"raise_matter": "media", "call_debate": divided.pk}
    if name in ("ballot", "check_ballot"):
        return [matter.vote_id]
    if name in ("demo", "account_login", "account_signup"):
        return []
    return [subjects.get(name, talking.pk)]


@pytest.fixture
def divided(media, ben, matter):
    made = services.raise_matter(assembly=media, by=ben, trigger="x", question="Who?", at=NOON)
    services.put_forward(matter=made, by=ben, title="So", text="Now.", at=NOON)
    return services.declare_division(matter=made, by=ben, reason="x", at=NOON)


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
@pytest.mark.parametrize("name", FORMS)
def test_no_form_breaks_on_what_is_typed(name, typed, browsers, talking, divided, matter):
    url = reverse(name, args=_subject(name, talking, divided, matter))
    form = "application/x-www-form-urlencoded"
    browser = browsers[name not in ("account_login", "account_signup")]
    for field in FORMS[name]:
        rest = dict.fromkeys(FORMS[name], "1")
        sent = browser.post(url, _posted(rest | {field: typed}), content_type=form)
        assert sent.status_code < 500, field
    everywhere = _posted(dict.fromkeys(FORMS[name], typed))
    assert browser.post(url, everywhere, content_type=form).status_code < 500


def test_moments_at_the_end_of_time_are_refused(browsers, divided):
    """No phase begins where the calendar ends."""
    moments = ("debate_opens_at", "vote_opens_at", "vote_closes_at")
    for year in ("9999-12-31", "0001-01-01"):
        form = {f"{moment}_0": year for moment in moments} | {f"{m}_1": "12:00" for m in moments}
        answer = browsers[1].post(reverse("call_debate", args=[divided.pk]), form)
        assert answer.status_code == 422


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("text=%FF", "application/x-www-form-urlencoded; charset=utf-16"),
        ("text=x", "application/x-www-form-urlencoded; charset=nonsense"),
        ("no boundary", "multipart/form-data"),
        ("--x\r\nbroken", "multipart/form-data; boundary=x"),
        ("{", "application/json"),
        ("&".join(f"a{n}=1" for n in range(2_000)), "application/x-www-form-urlencoded"),
    ],
)
def test_no_body_breaks_a_form(body, content_type, browsers, talking, matter):
    for url in (reverse("say", args=[talking.pk]), reverse("ballot", args=[matter.vote_id])):
        # As it is: the client's `post` would encode it first.
        answer = browsers[1].generic("POST", url, body, content_type=content_type)
        assert answer.status_code < 500


def test_another_host_is_refused_in_words(client, settings):
    settings.ALLOWED_HOSTS = ["harmony.example"]
    answer = client.get("/assemblies/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(evil, ben, client):
    url = f"{reverse('account_login')}?next={quote(evil)}"
    form = {"login": ben.email, "password": "correct-horse-battery", "next": evil}
    answer = client.post(url, form)
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]


def test_a_page_of_the_far_future_is_drawn(browsers, matter):
    """The clock may be wrong by years: pages still answer."""
    with clock.frozen(datetime(2120, 1, 1, tzinfo=NOON.tzinfo)):
        assert _is_calm(_answers(browsers, matter.get_absolute_url()))
