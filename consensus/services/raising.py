"""Raising a matter (C1)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assemblies.models import Assembly, Limit, Person
from commons import clock
from consensus.models import Matter
from consensus.steps import enter_step


@transaction.atomic
def raise_matter(
    *,
    assembly: Assembly,
    by: Person,
    trigger: str,
    question: str,
    why: str = "",
    at: datetime | None = None,
) -> Matter:
    """Raise a matter in an assembly: what happened, the question, and why it matters.

    Anyone in the assembly may (C2). The limits are copied now, so that changing a rule never
    moves a running deadline (C16).
    """
    at = clock.settle(at)
    if not assembly.has_at(by, at):
        raise PermissionDenied(_("Only people of this assembly can raise a matter in it."))
    if assembly.wound_up_at is not None and assembly.wound_up_at <= at:
        raise ValidationError(_("This assembly has been wound up and takes no new matters."))
    matter = Matter(
        assembly=assembly,
        raised_by=by,
        raised_at=at,
        trigger=trigger.strip(),
        question=question.strip(),
        why=why.strip(),
        **_limits_of(assembly, at),
    )
    matter.full_clean()
    matter.save()
    enter_step("matter.raise", matter, at=at, by=by, question=matter.question)
    return matter


def _limits_of(assembly: Assembly, at: datetime) -> dict[str, int]:
    """Return the limits that apply to a matter of `assembly`, as the fields that hold them."""
    vote_limit = Limit.Name.PARTY_VOTE_DAYS if assembly.is_party else Limit.Name.VOTE_DAYS
    return {
        "discussion_days": Limit.objects.value_at(Limit.Name.DISCUSSION_DAYS, at),
        "debate_days": Limit.objects.value_at(Limit.Name.DEBATE_DAYS, at),
        "vote_days": Limit.objects.value_at(vote_limit, at),
        "act_days": Limit.objects.value_at(Limit.Name.ACT_DAYS, at),
    }
