"""Letting time pass in the demo, so that one sitting can take a matter through all its days.

No clock is turned: everything the demo party has lived through is moved into the past, every
moment by the same span, and what is due then happens by itself. Only the demo's page calls this;
in a real party a day takes a day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from commons import clock
from consensus.models import Matter
from harmony.due import run_due_actions

ROOMS = ("consensus", "secretaries", "voting", "notices", "assemblies", "record")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


@dataclass(frozen=True, order=True)
class Coming:
    """Something that will happen by itself: when, in a matter, and what."""

    at: datetime
    question: str
    words: str


def next_deadline(at: datetime) -> Coming | None:
    """Return what happens next by itself; None while nothing waits for a moment."""
    return min(_coming(at), default=None)


def _coming(at: datetime) -> Iterator[Coming]:
    for matter in Matter.objects.under_way().select_related("vote"):
        by_itself = None if matter.debate_opens_at else matter.call_due_at
        moments = (
            (matter.debate_opens_at, _("debate opens")),
            (matter.vote_opens_at, _("the vote opens")),
            (matter.vote_closes_at, _("the vote closes")),
            (by_itself, _("debate opens by itself if nobody has called it")),
        )
        for moment, words in moments:
            if moment is not None and moment > at:
                yield Coming(moment, matter.question, words)


def let_pass(span: timedelta) -> None:
    """Let `span` pass for the whole demo party, then do what is due."""
    if not settings.DEMO:
        raise PermissionDenied("Time passes by itself outside the demo.")
    with transaction.atomic():
        for room in ROOMS:
            for model in apps.get_app_config(room).get_models():
                _age(model, span)
    run_due_actions(at=clock.now())


def _age(model: type[models.Model], span: timedelta) -> None:
    fields = [field for field in model._meta.fields if field.model is model]
    moments = [field.name for field in fields if isinstance(field, models.DateTimeField)]
    if moments:
        model._default_manager.update(**{name: F(name) - span for name in moments})
    facts = [field.name for field in fields if isinstance(field, models.JSONField)]
    if facts:
        _age_facts(model, facts, span)


def _age_facts(model: type[models.Model], names: list[str], span: timedelta) -> None:
    """Move the moments written inside JSON as well, where pages show them from."""
    aged = []
    for row in model._default_manager.only("pk", *names):
        before = [getattr(row, name) for name in names]
        after = [_aged(value, span) for value in before]
        if before != after:
            for name, value in zip(names, after, strict=True):
                setattr(row, name, value)
            aged.append(row)
    model._default_manager.bulk_update(aged, names, batch_size=200)


def _aged(value: Any, span: timedelta) -> Any:
    if isinstance(value, dict):
        return {key: _aged(inner, span) for key, inner in value.items()}
    if isinstance(value, list):
        return [_aged(inner, span) for inner in value]
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return (datetime.fromisoformat(value) - span).isoformat()
    return value
