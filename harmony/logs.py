"""Logs and error mail that quote nobody: no user, no address, no body, no value of a row.

A traceback tells where it broke and with which error. What an error says for itself may quote what
somebody sent or a row of a table ("Failing row contains …"), so it is left out, but for errors
that speak of the server alone.
"""

import logging
import time
import traceback
from collections.abc import Iterator
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import mail_admins
from django.db import OperationalError
from redis import RedisError

from voting.refusals import CloseRefusedError, KeyUnavailableError

_SPEAK_OF_THE_SERVER = (
    CloseRefusedError,
    ConnectionError,
    ImproperlyConfigured,
    KeyUnavailableError,
    OperationalError,
    RedisError,
)
# A broken server would send the same mail with every page.
_SECONDS_BETWEEN_MAILS = 600

ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Discreet(logging.Formatter):
    """A formatter whose tracebacks hold places and names of errors, and no values."""

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - logging's own name
        return "\n".join(_told(error) for error in _chain(ei[1]))

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # where another formatter has kept it, in full
        return super().format(record)


class ErrorMail(logging.Handler):
    """Mail to `ADMINS` what the log says, once in ten minutes for each place it comes from."""

    def __init__(self) -> None:
        super().__init__()
        self._sent: dict[tuple[str, int], float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        place, now = (record.pathname, record.lineno), time.monotonic()
        if now - self._sent.get(place, -_SECONDS_BETWEEN_MAILS) < _SECONDS_BETWEEN_MAILS:
            return
        self._sent[place] = now
        subject = " ".join(record.getMessage().split())[:120]
        mail_admins(f"{record.levelname}: {subject}", self.format(record), fail_silently=True)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The errors that led to this one, the first of them first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return reversed(found)


def _told(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    words = f": {error}" if isinstance(error, _SPEAK_OF_THE_SERVER) else ""
    return "".join(["At:\n", *traceback.format_tb(error.__traceback__), name, words])
