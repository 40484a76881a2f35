"""Whatever has come due, done by whoever comes first: the clock, or the page that needs it.

Every action is an idempotent service that finds by itself what is to do, so any number of
processes may run them at once, late or twice.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import Error, OperationalError, connection
from django.db.models import QuerySet

import consensus.services
import record.services
import secretaries.services
import voting.services
from commons import clock
from consensus.models import Matter
from voting.models import Vote

logger = logging.getLogger(__name__)

Action = Callable[[datetime | None], int]

# What changes the phase of a matter or the state of a vote; the order lets one run do a whole
# chain: a vote closed now has its decision written now.
DECIDING: dict[str, Action] = {
    "close_due_votes": lambda at: voting.services.close_due_votes(at=at),
    "write_due_decisions": lambda at: consensus.services.write_due_decisions(at=at),
    "open_due_debates": lambda at: consensus.services.open_due_debates(at=at),
    "open_due_votes": lambda at: consensus.services.open_due_votes(at=at),
}
# What no page waits for.
UPKEEP: dict[str, Action] = {
    "make_missing_offices": lambda at: secretaries.services.make_missing_offices(),
    "end_lapsed_terms": lambda at: secretaries.services.end_lapsed_terms(at=at),
    "scrub_closed_votes": lambda at: voting.services.scrub_closed_votes(at=at),
    "end_check_windows": lambda at: voting.services.end_check_windows(at=at),
    "number_entries": lambda at: record.services.number_entries(),
}


def run_due_actions(*, at: datetime | None = None) -> dict[str, int]:
    """Run every due action and return how much each did; one that fails does not stop the rest."""
    return _run(DECIDING | UPKEEP, at)


def run_if_due() -> None:
    """Before a page is shown: do what decides its content, if anything is due. Never raises.

    One query answers "nothing", nearly always. A page never waits for a process that is doing the
    same already: it shows what stands.
    """
    try:
        if is_anything_due(clock.now()):
            with _without_waiting():
                _run(DECIDING, None)
    except Error:  # InterfaceError too, where the connection broke meanwhile
        logger.warning("Could not look for due actions before a page.", exc_info=True)


def is_anything_due(at: datetime) -> bool:
    """Return whether a vote is to be opened, closed or written up, or a debate to open, at `at`."""
    due: list[QuerySet] = [
        Vote.objects.due_to_close_at(at),
        Matter.objects.counted(),
        Matter.objects.with_vote_to_open_at(at),
        Matter.objects.with_overdue_call_at(at),
    ]
    first, *others = (found.order_by().values_list("pk") for found in due)
    return first.union(*others, all=True).exists()


def _run(actions: Mapping[str, Action], at: datetime | None) -> dict[str, int]:
    return {name: _isolated(name, action, at) for name, action in actions.items()}


def _isolated(name: str, action: Action, at: datetime | None) -> int:
    try:
        return action(at)
    except OperationalError as error:  # held by another process, or the database is away
        logger.warning("Due action %s will be tried again: %s", name, error)
    except Exception:
        logger.exception("Due action %s failed", name)
    return 0


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Let this connection give up at once where another process holds what it needs."""
    if connection.vendor == "postgresql":
        hasty, patient = "SET lock_timeout = '1ms'", "RESET lock_timeout"
    else:
        timeout = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
        hasty, patient = "PRAGMA busy_timeout = 0", f"PRAGMA busy_timeout = {timeout}"
    with connection.cursor() as cursor:
        cursor.execute(hasty)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(patient)
