"""A matter's steps as its members read them (C15)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assemblies.models import Person
from consensus.models import Matter
from record.models import Entry

# What each act is called, by a person and by the software itself. Talk is left out: it is read
# in the thread.
_BY_SOMEBODY = {
    "matter.raise": gettext_lazy("Matter raised by %(name)s"),
    "proposal.put_forward": gettext_lazy("“%(title)s” proposed by %(name)s"),
    "matter.divide": gettext_lazy("Division declared by %(name)s"),
    "matter.call": gettext_lazy("Debate and vote called by %(name)s"),
}
_BY_ITSELF = {
    "matter.call": gettext_lazy("Debate and vote called automatically: the limit had passed"),
    "matter.open_vote": gettext_lazy("Vote opened, with %(electors)s members on the roll"),
    "matter.end_without_decision": gettext_lazy("Ended without a decision: nobody voted"),
    "decision.reach": gettext_lazy("Decided: %(title)s"),
}


@dataclass(frozen=True)
class Step:
    """One line of a matter's history."""

    words: str
    at: datetime
    number: int | None


def steps_of(matter: Matter, *, at: datetime) -> list[Step]:
    """Return the steps of a matter until `at`, oldest first, in two queries."""
    acts = [*_BY_SOMEBODY, *_BY_ITSELF]
    entries = list(Entry.objects.about(f"matter:{matter.pk}").filter(act__in=acts))
    actors = {entry.actor for entry in entries if entry.actor}
    names = dict(Person.objects.filter(pk__in=actors).values_list("pk", "name"))
    steps = [_step(entry, names.get(entry.actor, _("a former member"))) for entry in entries]
    return sorted([*steps, *_opening_of_debate(matter, at)], key=lambda step: step.at)


def _opening_of_debate(matter: Matter, at: datetime) -> list[Step]:
    """Return the step that the call announced and that no act stands behind."""
    opens = matter.debate_opens_at
    return [Step(_("Debate opened"), opens, None)] if opens and opens <= at else []


def _step(entry: Entry, name: str) -> Step:
    texts = _BY_SOMEBODY if entry.actor_digest else _BY_ITSELF
    return Step(str(texts[entry.act]) % {**entry.facts, "name": name}, entry.at, entry.number)
