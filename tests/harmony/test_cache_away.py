"""With Redis away sign-in limits fail closed, in words; reading and deliberating go on."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from redis import ConnectionError as AwayError

from tests.factories import PASSWORD


@pytest.fixture
def away(monkeypatch):
    """Every use of the cache meets a refused connection."""

    def refuse(*_args, **_more):
        raise AwayError("Connection refused.")

    for name in ("get", "set", "add", "incr", "get_many", "set_many", "delete"):
        monkeypatch.setattr(type(cache._connections["default"]), name, refuse, raising=False)


def test_signing_in_waits_for_redis(away, ben, client):
    answer = client.post(reverse("account_login"), {"login": ben.email, "password": PASSWORD})
    assert answer.status_code == 503
    assert "_auth_user_id" not in client.session


def test_reading_goes_on_without_redis(away, client, party):
    assert client.get(reverse("home")).status_code == 200
