"""Calling debate and vote in one act, or letting them open by themselves (C5, C16)."""

from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assemblies.models import Limit, Person
from commons import clock
from commons.each import count_done
from commons.moments import in_words
from consensus.models import Matter
from consensus.steps import enter_step
from consensus.times import DebateTimes, default_times
from notices.services import tell
from secretaries.organisers import organises


@transaction.atomic
def call_debate(
    *,
    matter: Matter,
    by: Person,
    debate_opens_at: datetime | None = None,
    vote_opens_at: datetime | None = None,
    vote_closes_at: datetime | None = None,
    at: datetime | None = None,
) -> Matter:
    """Call the debate and, after it, the vote, with their times in one act.

    Only who organises the assembly may: its Secretary, a Deputy, or whoever acts. A moment not
    given takes the earliest the matter's limits allow. Refused where a phase would be shorter
    than its limit or put off for too long, where there is no division, or where the call has been
    made.
    """
    at = clock.settle(at)
    if not organises(by, matter.assembly, at):
        raise PermissionDenied(
            _("Only the Secretary, a Deputy or whoever acts can call debate and vote.")
        )
    earliest = default_times(matter, at)
    _refuse_delay(matter, earliest, debate_opens_at, vote_opens_at, vote_closes_at)
    times = earliest.replaced(debate_opens_at, vote_opens_at, vote_closes_at)
    _refuse_short_phases(matter, times, at)
    return _set_times(matter, times, at=at, by=by)


def _refuse_delay(matter: Matter, earliest: DebateTimes, *moments: datetime | None) -> None:
    """Refuse moments that put debate or vote off for longer than a call may.

    Nobody holds a pocket veto (C5). The limit is the one in force when the matter was raised (C16).
    """
    most = timedelta(days=Limit.objects.value_at(Limit.Name.DELAY_DAYS, matter.raised_at))
    errors = {}
    for (field, moment), given in zip(vars(earliest).items(), moments, strict=True):
        latest = moment + most
        if given is not None and given > latest:
            words = _("This would put the matter off for too long: not after %(moment)s.")
            errors[field] = words % {"moment": in_words(latest)}
    if errors:
        raise ValidationError(errors)


def _refuse_short_phases(matter: Matter, times: DebateTimes, at: datetime) -> None:
    """Check each phase against the limits copied onto the matter (C16)."""
    errors = {}
    if times.debate_opens_at < max(at, matter.discussion_until):
        errors["debate_opens_at"] = _(
            "Discussion lasts at least %(days)s days: debate can open from %(moment)s."
        ) % {
            "days": matter.discussion_days,
            "moment": in_words(max(at, matter.discussion_until)),
        }
    for field, start, days, words in (
        ("vote_opens_at", times.debate_opens_at, matter.debate_days, _("Debate lasts")),
        ("vote_closes_at", times.vote_opens_at, matter.vote_days, _("The vote is open")),
    ):
        earliest = start + timedelta(days=days)
        if getattr(times, field) < earliest:
            errors[field] = _("%(words)s at least %(days)s days: not before %(moment)s.") % {
                "words": words,
                "days": days,
                "moment": in_words(earliest),
            }
    if errors:
        raise ValidationError(errors)


def _set_times(matter: Matter, times: DebateTimes, *, at: datetime, by: Person | None) -> Matter:
    if matter.divided_at is None:
        raise ValidationError(_("Debate and vote follow a division. None has been declared."))
    called = (
        Matter.objects.owing_debate()
        .filter(pk=matter.pk)
        .update(
            called_by=by,
            debate_opens_at=times.debate_opens_at,
            vote_opens_at=times.vote_opens_at,
            vote_closes_at=times.vote_closes_at,
        )
    )
    if called != 1:
        raise ValidationError(_("Debate and vote on this matter have been called already."))
    matter.refresh_from_db()
    enter_step("matter.call", matter, at=at, by=by, **times.facts())
    _tell_assembly(matter, at)
    return matter


def _tell_assembly(matter: Matter, at: datetime) -> None:
    tell(
        "debate_called",
        matter.assembly.people_at(at).values_list("pk", flat=True),
        url=matter.get_absolute_url(),
        at=at,
        question=matter.question,
    )


def open_due_debates(*, at: datetime | None = None) -> int:
    """Open debate and vote, with the default times, wherever the call is overdue (C5).

    Nobody holds a pocket veto. The debate opens at the moment this is done, which is never before
    the limit has passed; so its length does not suffer when nobody looked for a while.
    """
    at = clock.settle(at)
    overdue = Matter.objects.with_overdue_call_at(at).select_related("assembly")
    return count_done(partial(_open_by_itself, at=at), list(overdue))


@transaction.atomic
def _open_by_itself(matter: Matter, *, at: datetime) -> bool:
    try:
        _set_times(matter, default_times(matter, at), at=at, by=None)
    except ValidationError:  # somebody called it in the meantime
        return False
    return True
