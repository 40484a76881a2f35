"""Declaring a division (C5)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assemblies.models import Person
from commons import clock
from commons.markdown import check_text
from consensus.models import Matter, Phase
from consensus.steps import enter_step
from notices.services import tell
from secretaries.organisers import organisers_at


@transaction.atomic
def declare_division(
    *, matter: Matter, by: Person, reason: str, at: datetime | None = None
) -> Matter:
    """Declare that the discussion ends with more than one option; any member of it may.

    "Leave things as they are" is always an option (D9), so one proposal is enough to divide on.
    From now on the Secretary owes a call for debate and vote, which open by themselves when the
    limit passes.
    """
    at = clock.settle(at)
    if not matter.assembly.has_at(by, at):
        raise PermissionDenied(_("Only people of this assembly can declare a division in it."))
    if matter.phase_at(at) != Phase.DISCUSSION:
        raise ValidationError(_("This matter has gone on to debate already."))
    if not matter.proposals.exists():
        raise ValidationError(_("There is no proposal yet to divide on. Put one forward first."))
    if not reason.strip():
        raise ValidationError({"reason": _("Give your reason, so that everybody can follow it.")})
    divided = Matter.objects.filter(pk=matter.pk, divided_at=None).update(
        divided_at=at,
        divided_by=by,
        division_reason=check_text(reason.strip()),
        call_due_at=matter.call_due_after(at),
    )
    if divided != 1:
        raise ValidationError(_("A division has been declared on this matter already."))
    matter.refresh_from_db()
    enter_step("matter.divide", matter, at=at, by=by, reason=matter.division_reason)
    tell(
        "call_owed",
        [organiser.person.pk for organiser in organisers_at(matter.assembly, at)],
        url=matter.get_absolute_url(),
        at=at,
        question=matter.question,
    )
    return matter
