"""Letting time pass in the demo, so that one sitting can take a matter through all its days.

No clock is turned: everything the demo party has lived through is moved into the past, every
moment by the same span, and what is due then happens by itself. Only the demo's page calls this;
in a real party a day takes a day.
"""

import json
import re
from collections import defaultdict
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
    """Something that will happen by itself: when, in which matter, and what."""

    at: datetime
    matter: int
    question: str
    words: str


def next_deadline(at: datetime, matter: int | None = None) -> Coming | None:
    """Return what happens next by itself, in that matter or in any; None where nothing waits."""
    return min((c for c in _coming(at) if matter in (None, c.matter)), default=None)


def matters_waiting(at: datetime) -> list[Coming]:
    """Return the next deadline of every matter that has one, the newest matter first."""
    first: dict[int, Coming] = {}
    for coming in sorted(_coming(at), reverse=True):
        first[coming.matter] = coming
    return [first[matter] for matter in sorted(first, reverse=True)]


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
                yield Coming(moment, matter.pk, matter.question, words)


def let_pass(span: timedelta) -> None:
    """Let `span` pass for the whole demo party, stopping to do what is due wherever it is."""
    if not settings.DEMO:
        raise PermissionDenied("Time passes by itself outside the demo.")
    while span > timedelta(0):
        now = clock.now()
        deadline = next_deadline(now)
        step = min(span, deadline.at - now) if deadline else span
        _let_pass_at_once(step)
        span -= step


def _let_pass_at_once(span: timedelta) -> None:
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
    """Move the moments written inside JSON as well, where pages show them from.

    Many rows say the same, so each saying is written once.
    """
    for name in names:
        rows_saying: dict[str, list[Any]] = defaultdict(list)
        for pk, value in model._default_manager.values_list("pk", name).iterator():
            rows_saying[json.dumps(value)].append(pk)
        for saying, rows in rows_saying.items():
            if _MOMENT.search(saying):
                aged = _aged(json.loads(saying), span)
                model._default_manager.filter(pk__in=rows).update(**{name: aged})


def _aged(value: Any, span: timedelta) -> Any:
    if isinstance(value, dict):
        return {key: _aged(inner, span) for key, inner in value.items()}
    if isinstance(value, list):
        return [_aged(inner, span) for inner in value]
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return (datetime.fromisoformat(value) - span).isoformat()
    return value
