"""Logs and error mail that quote nobody: no user, no address, no body, no value of a row.

A traceback tells where it broke and with which error. What an error says for itself may quote what
somebody sent or a row of a table ("Failing row contains …"), so it is left out, but for errors
that speak of the server alone.
"""

import logging
import time
import traceback
from collections.abc import Iterator
from copy import copy
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
# A broken server would send mail with every page.
_WINDOW = 600  # seconds in which the same is mailed once,
_MOST = 30  # and no more than so many mails

ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Discreet(logging.Formatter):
    """A formatter whose tracebacks hold places and names of errors, and no values."""

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - logging's own name
        return "\n".join(_told(error) for error in _chain(ei[1]))

    def format(self, record: logging.LogRecord) -> str:
        record = copy(record)  # other handlers have their own
        record.exc_text = None
        record.msg, record.args = message_of(record), None
        return super().format(record)


class ErrorMail(logging.Handler):
    """Mail to `ADMINS` what the log says: the same once in ten minutes from each process."""

    def __init__(self) -> None:
        super().__init__()
        self._sent: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        told = self.format(record)
        subject = " ".join(message_of(record).split())[:120]
        # One error met on many pages is one; so is one alarm raised again.
        what = told.partition("\n")[2] if record.exc_info else subject
        if self._is_new(what):
            mail_admins(f"{record.levelname}: {subject}", told, fail_silently=True)

    def _is_new(self, what: str) -> bool:
        """Note `what`; False where it was mailed lately, or where too much was."""
        now = time.monotonic()
        self._sent = {told: at for told, at in self._sent.items() if now - at < _WINDOW}
        if what in self._sent or len(self._sent) >= _MOST:
            return False
        self._sent[what] = now
        return True


def message_of(record: logging.LogRecord) -> str:
    """Return the record's message; errors that stand in it are named and not quoted."""
    if not isinstance(record.args, tuple):
        return record.getMessage()
    args = tuple(_name(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
    return str(record.msg) % args if args else str(record.msg)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The errors that led to this one, the first of them first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return reversed(found)


def _told(error: BaseException) -> str:
    return "".join(["At:\n", *traceback.format_tb(error.__traceback__), _name(error)])


def _name(error: BaseException) -> str:
    """Return the kind of error, with what it says where that is of the server alone."""
    if isinstance(error, _SPEAK_OF_THE_SERVER):
        return f"{type(error).__name__}: {error}"
    return f"{type(error).__module__}.{type(error).__qualname__}"
