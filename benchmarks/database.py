"""A PostgreSQL database for the benchmarks alone, dropped at the end."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection


class NotPostgreSQLError(Exception):
    """There is nothing to measure on: the server's figures are on PostgreSQL."""


@contextmanager
def own_database() -> Iterator[None]:
    """Make a database under a name nobody has, with Harmony's tables, for as long as it lasts.

    The one that DATABASE_URL names is left alone: not opened, and not needed.
    """
    if connection.vendor != "postgresql":
        raise NotPostgreSQLError(
            "The benchmarks need PostgreSQL. Name one, which is not touched, in DATABASE_URL: "
            "postgres://user@host:5432/name. They make a database of their own beside it."
        )
    named = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"harmony_bench_{secrets.token_hex(6)}"
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(named, verbosity=0)


def url() -> str:
    """The benchmarks' own database, as another process is told of it."""
    told = connection.settings_dict
    login = ":".join(quote(told[part], safe="") for part in ("USER", "PASSWORD") if told[part])
    place = f"{told['HOST'] or 'localhost'}:{told['PORT'] or 5432}"
    return f"postgres://{login + '@' if login else ''}{place}/{told['NAME']}"


def do(*statements: str) -> None:
    """Execute statements one by one, each a transaction of its own."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
