"""What some tests need besides Python: skipped with a reason where it is missing.

With HARMONY_REQUIRE_ALL=1 (the whole check) a missing need fails instead, so that nothing is
skipped unseen. The leg on SQLite then leaves out what it cannot have: `-m "not postgres and not
redis"`.
"""

import os
import shutil
from importlib.util import find_spec

import pytest
from django.conf import settings
from django.db import connection
from redis import Redis, RedisError

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium_path() -> str | None:
    """Return the browser to drive, or None: `HARMONY_CHROMIUM`, else one on the path."""
    return os.environ.get("HARMONY_CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUMS)), None
    )


def require(need: str) -> None:
    """Skip the running test where `need` is missing, or fail; the needs stand in `_missing`."""
    reason = _missing(need)
    if reason and os.environ.get("HARMONY_REQUIRE_ALL") == "1":
        pytest.fail(f"HARMONY_REQUIRE_ALL=1, and {reason}", pytrace=False)
    if reason:
        pytest.skip(reason)


def _missing(need: str) -> str:
    checks = {
        "check-jsonschema": _no_check_jsonschema,
        "chromium": _no_chromium,
        "playwright": _no_playwright,
        "postgres": _no_postgres,
        "redis": _no_redis,
    }
    return checks[need]()


def _no_chromium() -> str:
    return "" if chromium_path() else "there is no Chromium (see HARMONY_CHROMIUM)"


def _no_check_jsonschema() -> str:
    found = find_spec("check_jsonschema")
    return "" if found else "check-jsonschema is not installed (the group `full`)"


def _no_playwright() -> str:
    missing = [name for name in ("playwright", "axe_playwright_python") if not find_spec(name)]
    return f"{', '.join(missing)} not installed (the group `full`)" if missing else ""


def _no_postgres() -> str:
    return "" if connection.vendor == "postgresql" else "DATABASE_URL names no PostgreSQL"


def _no_redis() -> str:
    if not settings.REDIS_URL:
        return "REDIS_URL is not set"
    try:
        Redis.from_url(settings.REDIS_URL).ping()
    except RedisError as error:
        return f"Redis does not answer: {error}"
    return ""
