"""Doing what is due to many things, so that one that fails holds up none of the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import OperationalError

logger = logging.getLogger(__name__)

T = TypeVar("T")


def count_done(act: Callable[[T], bool], things: Iterable[T]) -> int:
    """Do `act` to each thing; return for how many it answered True.

    Each failure is logged, and met again when the due action comes round.
    """
    return sum(_is_done(act, thing) for thing in things)


def _is_done(act: Callable[[T], bool], thing: T) -> bool:
    try:
        return act(thing)
    except OperationalError as error:  # held by another process, or the database is away
        logger.warning("%r waits for another time: %s", thing, error)
    except Exception:
        logger.exception("What is due could not be done to %r.", thing)
    return False
