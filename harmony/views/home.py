"""The front page for strangers, and what needs me now for members."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assemblies.models import Assembly, Limit, Person
from commons import clock
from consensus.models import Decision, Matter
from notices.models import Notice
from secretaries.organisers import organised_by
from voting.models import Vote
from voting.services import voted_in

SOON = timedelta(hours=36)
READ = 5
OPEN = 3
# Notices of what stands among the needs themselves, with its deadline.
SHOWN_ABOVE = ("vote_opened", "call_owed")


@dataclass(frozen=True)
class Need:
    """One thing that needs the reader: what, why, where and until when."""

    title: str
    url: str
    why: str
    assembly: Assembly
    until: datetime | None = None
    at: datetime | None = None
    about_url: str = ""
    is_done: bool = False

    @property
    def is_urgent(self) -> bool:
        """Whether something is left to do, and a day and a half or less to do it in."""
        if self.is_done or self.until is None or self.at is None:
            return False
        return self.until - self.at <= SOON


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = request.user
    if not isinstance(person, Person):
        return front(request)
    at = clock.now()
    mine = list(Assembly.objects.standing_at(at).of_person(person, at))
    if not any(assembly.is_party for assembly in mine):
        return render(request, "harmony/waiting.html")
    return render(request, "harmony/home.html", _home(person, mine, at))


def front(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    context = {
        "decisions": Decision.objects.in_register_order()[:3],
        "decision_count": Decision.objects.count(),
        "assembly_count": Assembly.objects.standing_at(at).count(),
        "people_count": Person.objects.in_party_at(at).count(),
        "discussion_days": Limit.objects.value_at(Limit.Name.DISCUSSION_DAYS, at),
        "debate_days": Limit.objects.value_at(Limit.Name.DEBATE_DAYS, at),
    }
    return render(request, "harmony/front.html", context)


def _home(person: Person, mine: list[Assembly], at: datetime) -> dict[str, Any]:
    votes, to_speak = _votes(person, at), _debates(mine, at)
    to_vote = [need for need in votes if not need.is_done]
    owed = _owed(person, at)
    applicants = _applicants(person)
    needs = [*owed, *to_vote, *to_speak]
    shown = {url for need in [*needs, *votes] for url in (need.url, need.about_url) if url}
    to_read = _to_read(person, shown)
    shown |= {notice.url for notice in to_read}
    return {
        "at": at,
        "to_vote": to_vote,
        "to_speak": to_speak,
        "voted": [need for need in votes if need.is_done],
        "owed": owed,
        "to_read": to_read,
        "count": len(needs) + len(to_read) + (1 if applicants else 0),
        "first_until": min((n.until for n in needs if n.until), default=None),
        "open_matters": _open_matters(mine, at, shown),
        "applicants": applicants,
        "assemblies": mine,
    }


def _votes(person: Person, at: datetime) -> list[Need]:
    """Votes on whose roll the person stands, closing soonest first."""
    votes = Vote.objects.open_at(at).with_elector(person.pk).select_related("assembly")
    voted = voted_in(votes=list(votes), person=person)
    return [
        Need(
            title=vote.question,
            url=vote.get_absolute_url(),
            why=_("Your ballot is recorded. You can change it until the vote closes.")
            if vote.pk in voted
            else _("You are on the roll and have not scored yet."),
            assembly=vote.assembly,
            until=vote.closes_at,
            at=at,
            about_url=vote.about_url,
            is_done=vote.pk in voted,
        )
        for vote in sorted(votes, key=lambda vote: vote.closes_at)
    ]


def _debates(mine: list[Assembly], at: datetime) -> list[Need]:
    debates = Matter.objects.in_debate_at(at).filter(assembly__in=mine)
    return [
        Need(
            title=matter.question,
            url=matter.get_absolute_url(),
            why=_("Debate is open in an assembly you belong to."),
            assembly=matter.assembly,
            until=matter.vote_opens_at,
            at=at,
        )
        for matter in debates.select_related("assembly").order_by("vote_opens_at")
    ]


def _owed(person: Person, at: datetime) -> list[Need]:
    """What the person owes as an organiser: debates to call (C5)."""
    divided = Matter.objects.owing_debate().filter(assembly__in=organised_by(person, at))
    return [
        Need(
            title=matter.question,
            url=matter.get_absolute_url(),
            why=_("A division was declared. You owe a call for debate and vote."),
            assembly=matter.assembly,
            until=matter.call_due_at,
            at=at,
        )
        for matter in divided.select_related("assembly").order_by("divided_at")
    ]


def _applicants(person: Person) -> int:
    """How many people wait to be admitted, for whoever admits them."""
    if not person.has_perm("assemblies.admit_person"):
        return 0
    return Person.objects.applying().count()


def _to_read(person: Person, shown: set[str]) -> list[Notice]:
    """What the person was told and has not read, but for what stands on the page already."""
    told = Notice.objects.for_person(person).exclude(kind__in=SHOWN_ABOVE).unread()
    return list(told.exclude(url__in=shown)[:READ])


def _open_matters(mine: list[Assembly], at: datetime, shown: set[str]) -> list[Matter]:
    """The newest matters in discussion, but for those on the page already."""
    talking = Matter.objects.under_way().in_discussion_at(at).filter(assembly__in=mine)
    newest = talking.select_related("assembly").order_by("-raised_at")[: OPEN + len(shown)]
    return [matter for matter in newest if matter.get_absolute_url() not in shown][:OPEN]
