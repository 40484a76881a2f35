"""Every answer that refuses says what happened, what is kept, and where to go on.

Each is met as it comes about, through the whole stack.
"""

from http import HTTPStatus
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from consensus import services
from harmony.urls import handler400, handler403, handler404, handler500
from harmony.urls import urlpatterns as ours
from tests.moments import NOON

__all__ = ["handler400", "handler403", "handler404", "handler500"]

HERE = {"Origin": "http://testserver"}
WORDS = (
    "We hire a desk for each stall, because nobody has a shed.\n\nSecond paragraph: it is cheap."
)


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("This view is broken.")


fail.login_required = False  # type: ignore[attr-defined]

urlpatterns = [*ours, path("broken/", fail)]


@pytest.fixture
def matter(media, ben):
    return services.raise_matter(
        assembly=media, by=ben, trigger="It broke.", question="What now?", at=NOON
    )


@pytest.fixture
def say(matter):
    return reverse("say", args=[matter.pk])


@pytest.fixture
def careful(ben):
    """Ben at a browser whose every form is checked, as browsers are."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ben, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def page_of(answer, status):
    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("<h1>") == 1
    assert "css/harmony.css" in page
    assert 'class="button' in page
    return page


@pytest.mark.django_db
def test_400_for_a_host_that_is_not_ours(client, party):
    page = page_of(client.get("/", SERVER_NAME="evil.example"), HTTPStatus.BAD_REQUEST)
    assert "nothing was changed" in page
    assert "evil.example" not in page


@pytest.mark.django_db
def test_404_leads_on(client, party):
    page = page_of(client.get("/nowhere/"), HTTPStatus.NOT_FOUND)
    assert reverse("account_login") + "?next=/nowhere/" in page


@pytest.mark.django_db
def test_405_is_a_page_too(signed_in, ben):
    answer = signed_in(ben).get(reverse("notices_read"))
    page_of(answer, HTTPStatus.METHOD_NOT_ALLOWED)
    assert answer["Allow"] == "POST"


@pytest.mark.django_db
def test_413_for_more_than_is_taken_at_once(signed_in, ben, say):
    answer = signed_in(ben).post(say, {"text": "long " * 600_000})
    assert "shorten it" in page_of(answer, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@pytest.mark.django_db
def test_429_when_something_is_tried_too_often(client, party):
    url = reverse("account_reset_password")
    answers = [client.post(url, {"email": "a@example.org"}) for _ in range(6)]
    page = page_of(answers[-1], HTTPStatus.TOO_MANY_REQUESTS)
    assert "Wait five minutes" in page
    assert f'href="{url}"' in page


@pytest.mark.urls(__name__)
def test_500_stands_without_a_database(client):
    client.raise_request_exception = False
    page = page_of(client.get("/broken/"), HTTPStatus.INTERNAL_SERVER_ERROR)
    assert "recorded whole or not at all" in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/me/", "/nowhere/", "/accounts/login/"])
def test_503_while_the_database_is_away(signed_in, ben, address):
    def refuse(*_: object) -> None:
        raise OperationalError("the server closed the connection unexpectedly")

    client = signed_in(ben)
    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        answer = client.get(address)
    page_of(answer, HTTPStatus.SERVICE_UNAVAILABLE)
    assert int(answer["Retry-After"]) > 0


@pytest.mark.django_db
def test_a_form_gone_stale_keeps_what_was_written(careful, say):
    answer = careful.post(say, {"text": WORDS, "stance": "for"}, headers=HERE)
    page = page_of(answer, HTTPStatus.FORBIDDEN)
    assert WORDS in page
    again = {"text": WORDS, "csrfmiddlewaretoken": answer.context["csrf_token"]}
    assert careful.post(say, again, headers=HERE).status_code == HTTPStatus.SEE_OTHER


@pytest.mark.django_db
@pytest.mark.parametrize("origin", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_no_other_site_puts_words_on_ours(careful, say, origin):
    answer = careful.post(say, {"text": WORDS}, headers=origin)
    assert "nobody has a shed" not in page_of(answer, HTTPStatus.FORBIDDEN)


@pytest.mark.django_db
def test_a_password_is_never_said_back(party):
    data = {"login": "ada@example.org", "password": "correct horse battery staple " * 3}
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("account_login"), data, headers=HERE)
    assert "battery" not in page_of(answer, HTTPStatus.FORBIDDEN)


@pytest.mark.django_db
def test_words_outlive_the_session_they_were_written_in(client, say):
    form = f"{say}?reply_to=1"
    headers = HERE | {"Referer": f"http://testserver{form}"}
    page = page_of(client.post(say, {"text": WORDS}, headers=headers), HTTPStatus.FORBIDDEN)
    assert WORDS in page
    assert f"{reverse('account_login')}?next={quote(form)}" in page


@pytest.mark.django_db
def test_who_was_signed_out_is_told_that_nothing_was_recorded(client, media):
    form = reverse("assembly", args=["media"])
    headers = HERE | {"Referer": f"http://testserver{form}"}
    answer = client.post(reverse("join_assembly", args=["media"]), {}, headers=headers)
    assert answer.url == f"{reverse('account_login')}?next={quote(form)}"
    assert "nothing was recorded" in client.get(answer.url).content.decode()


@pytest.mark.django_db
def test_a_ballot_whose_check_was_open_too_long_begins_again_at_the_ballot(client, party):
    ballot = reverse("ballot", args=[uuid4()])
    headers = HERE | {"Referer": f"http://testserver{ballot}check/"}
    answer = client.post(ballot, {"s_1": "5"}, headers=headers)
    assert answer.url == f"{reverse('account_login')}?next={quote(ballot)}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["http://[", "https://evil.example/x/", "//evil.example", "javascript:x"]
)
def test_no_other_site_says_where_to_go_on(client, media, page):
    join = reverse("join_assembly", args=["media"])
    answer = client.post(join, {}, headers=HERE | {"Referer": page})
    assert answer.url == f"{reverse('account_login')}?next={quote(join)}"


@pytest.mark.django_db
def test_words_outlive_the_right_to_say_them(signed_in, dan, say):
    answer = signed_in(dan).post(say, {"text": WORDS}, headers=HERE)
    assert WORDS in page_of(answer, HTTPStatus.FORBIDDEN)


@pytest.mark.django_db
def test_words_outlive_the_step_they_were_meant_for(signed_in, matter, ben):
    services.put_forward(matter=matter, by=ben, title="Do it", text="Now.", at=NOON)
    services.declare_division(matter=matter, by=ben, reason="We turn round.", at=NOON)
    url = reverse("declare_division", args=[matter.pk])
    answer = signed_in(ben).post(url, {"reason": WORDS}, headers=HERE)
    assert WORDS in page_of(answer, HTTPStatus.CONFLICT)
