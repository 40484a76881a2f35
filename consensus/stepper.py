"""The four steps of a matter as the stepper draws them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.moments import day_and_month, short
from consensus.models import Matter, Phase


def steps_for(matter: Matter, *, at: datetime, proposals: int) -> list[dict[str, Any]]:
    """Return name, state ("done", "now" or "next"), note and part gone of each phase."""
    order = list(Phase)
    current = order.index(matter.phase_at(at))
    notes = [_discussion(matter, proposals), _debate(matter), _resolution(matter), _end(matter)]
    return [
        {
            "name": phase.label,
            "state": "done" if place < current else "now" if place == current else "next",
            "note": note,
            "part": _part_gone(matter, phase, at),
        }
        for place, (phase, note) in enumerate(zip(order, notes, strict=True))
    ]


def _discussion(matter: Matter, proposals: int) -> str:
    count = ngettext("%(n)s proposal", "%(n)s proposals", proposals) % {"n": proposals}
    return _("From %(day)s. %(count)s.") % {
        "day": day_and_month(matter.raised_at),
        "count": count,
    }


def _debate(matter: Matter) -> str:
    if matter.vote_opens_at and matter.debate_opens_at:
        return _("%(start)s to %(end)s") % {
            "start": short(matter.debate_opens_at),
            "end": short(matter.vote_opens_at),
        }
    if matter.call_due_at:
        return _("Opens by itself on %(moment)s, unless called.") % {
            "moment": short(matter.call_due_at)
        }
    return _("If a member declares a division. From %(day)s.") % {
        "day": day_and_month(matter.discussion_until)
    }


def _resolution(matter: Matter) -> str:
    if matter.vote_closes_at:
        return _("A vote until %(end)s") % {"end": short(matter.vote_closes_at)}
    return ngettext(
        "A vote, open for %(n)s day", "A vote, open for %(n)s days", matter.vote_days
    ) % {"n": matter.vote_days}


def _end(matter: Matter) -> str:
    if matter.ended_at:
        return short(matter.ended_at)
    return _("When the vote closes") if matter.vote_closes_at else ""


def _part_gone(matter: Matter, phase: Phase, at: datetime) -> float:
    """Return how much of a phase is gone, from 0 to 1, for the tick of today."""
    ends = {
        Phase.DISCUSSION: (matter.raised_at, matter.debate_opens_at or matter.discussion_until),
        Phase.DEBATE: (matter.debate_opens_at, matter.vote_opens_at),
        Phase.RESOLUTION: (matter.vote_opens_at, matter.vote_closes_at),
    }
    start, end = ends.get(phase, (None, None))
    if start is None or end is None or start >= end:
        return 0.5
    return min(max((at - start) / (end - start), 0.05), 0.95)
