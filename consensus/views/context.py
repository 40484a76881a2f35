"""What the page of a matter shows, gathered in as few queries as it takes."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from assemblies.requests import PersonRequest
from commons.access import allowed
from consensus import history
from consensus.forms import SpeechForm, TalkForm
from consensus.models import Contribution, Decision, Matter, Phase, Proposal
from consensus.stepper import steps_for
from secretaries.organisers import organisers_at
from voting.services import has_voted, turnout

PAGE = 50


def matter_page(request: PersonRequest, matter: Matter, at: datetime) -> dict[str, Any]:
    """Return the whole context of a matter's page at that moment."""
    phase = matter.phase_at(at)
    belongs = allowed(request, "consensus.speak", matter)
    proposals = proposals_of(matter)
    return {
        "matter": matter,
        "at": at,
        "phase": phase,
        "in_discussion": phase == Phase.DISCUSSION,
        "in_debate": phase == Phase.DEBATE,
        "talking": phase in (Phase.DISCUSSION, Phase.DEBATE),
        "belongs": belongs,
        "proposals": proposals,
        "steps": steps_for(matter, at=at, proposals=len(proposals)),
        "history": history.steps_of(matter, at=at)[-4:],
        "owed": owed_at(matter, at),
        "organises": allowed(request, "consensus.call_debate", matter),
        "form": talk_form(matter, at) if belongs else None,
        **_outcome(request, matter, at),
        **talk_of(request, matter),
    }


def proposals_of(matter: Matter) -> list[Proposal]:
    """Return the proposals with how many spoke for, against and neutrally on each."""
    by_stance = {
        f"{stance}_count": Count("contributions", filter=Q(contributions__stance=stance))
        for stance in Contribution.Stance.values
    }
    return list(matter.proposals.select_related("author").annotate(**by_stance).order_by("place"))


def talk_form(
    matter: Matter, at: datetime, data: Any = None, *, is_reply: bool = False
) -> TalkForm | None:
    """Return the form to speak with in the matter's phase, or None when talk has ended."""
    phase = matter.phase_at(at)
    if phase == Phase.DEBATE and not is_reply:
        return SpeechForm(data, matter=matter)
    return TalkForm(data) if phase in (Phase.DISCUSSION, Phase.DEBATE) else None


def talk_of(request: PersonRequest, matter: Matter) -> dict[str, Any]:
    """Return one page of threads, newest first, paged by key."""
    replies = Contribution.objects.select_related("author").order_by("said_at", "pk")
    threads: QuerySet[Contribution] = (
        matter.contributions.filter(reply_to=None)
        .select_related("author", "proposal")
        .prefetch_related(Prefetch("replies", queryset=replies))
        .order_by("-said_at", "-pk")
    )
    before = _key(matter, request.GET.get("before", ""))
    if before is not None:
        threads = threads.before(before.said_at, before.pk)  # type: ignore[attr-defined]
    page = list(threads[: PAGE + 1])
    newest = matter.contributions.order_by("-pk").values_list("pk", flat=True).first()
    return {
        "threads": page[:PAGE],
        "older": page[PAGE - 1].pk if len(page) > PAGE else None,
        "is_older_page": before is not None,
        "newest": newest or 0,
    }


def _key(matter: Matter, typed: str) -> Contribution | None:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        return None
    return matter.contributions.filter(pk=int(typed)).first()


def owed_at(matter: Matter, at: datetime) -> dict[str, Any] | None:
    """Return what is owed on the matter, by whom, until when and for how long (C5)."""
    due = matter.call_due_at
    if due is None or matter.divided_at is None or matter.debate_opens_at is not None:
        return None
    return {
        "who": _who_owes(matter, at),
        "until": due,
        "elapsed": (at - matter.divided_at) // timedelta(days=1),
        "total": (due - matter.divided_at) // timedelta(days=1),
    }


def _who_owes(matter: Matter, at: datetime) -> str:
    """Return who owes the call: the Secretary in post, a Deputy, or whoever acts."""
    for organiser in organisers_at(matter.assembly, at):
        words = _("%(name)s, acting") if organiser.is_acting else _("%(name)s, %(title)s")
        return words % {"name": organiser.person, "title": organiser.title}
    return _("nobody, since nobody is in post")


def _outcome(request: PersonRequest, matter: Matter, at: datetime) -> dict[str, Any]:
    """Return the vote as this visitor meets it, and the decision if there is one."""
    vote = matter.vote
    if vote is None:
        return {"vote": None, "decision": None}
    is_open = vote.is_open_at(at)
    on_roll = vote.has_elector(request.user.pk)
    return {
        "vote": vote,
        "vote_is_open": is_open,
        "on_roll": on_roll,
        "has_voted": is_open and on_roll and has_voted(vote=vote, person=request.user),
        "turnout": turnout(vote),
        "decision": Decision.objects.filter(matter=matter).first(),
    }
