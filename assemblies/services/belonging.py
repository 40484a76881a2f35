"""Joining and leaving assemblies (B3), and belonging where one is registered (B4)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assemblies.models import Assembly, Kind, Membership, Person
from assemblies.services.intervals import begin, end, held_moment, party_membership


@transaction.atomic
def join_assembly(*, assembly: Assembly, by: Person, at: datetime | None = None) -> Membership:
    """Join a group of the joining sort; any member of the Party may (B3)."""
    at = held_moment(at)
    if party_membership(by) is None:
        raise PermissionDenied(_("Only members of the Party can join its assemblies."))
    _refuse_unjoinable(assembly)
    if assembly.wound_up_at is not None and assembly.wound_up_at <= at:
        raise ValidationError(_("This assembly has been wound up. Nobody can join it any more."))
    return begin("assembly.join", person=by, assembly=assembly, at=at, by=by)


@transaction.atomic
def leave_assembly(*, assembly: Assembly, by: Person, at: datetime | None = None) -> None:
    """Leave a group of the joining sort. A ballot already held stays valid (B7)."""
    at = held_moment(at)
    _refuse_unjoinable(assembly)
    membership = by.memberships.filter(assembly=assembly, until=None).first()
    if membership is None or not end("assembly.leave", membership, at=at, by=by):
        raise ValidationError(_("You are not in this assembly."))


@transaction.atomic
def register_inherent(
    *, person: Person, assembly: Assembly, by: Person | None, at: datetime | None = None
) -> Membership:
    """Register a member where the assembly's ground applies to them (B4).

    Whoever moves belongs to one place at a time: the earlier inherent membership ends.
    """
    at = held_moment(at)
    if by is not None and not by.has_perm("assemblies.admit_person"):
        raise PermissionDenied(_("Only the General Secretary registers where members live."))
    if assembly.belonging != Assembly.Belonging.INHERENT:
        raise ValidationError(
            _("Nobody belongs to %(assembly)s inherently.") % {"assembly": assembly}
        )
    if party_membership(person) is None:
        raise ValidationError(_("%(person)s is not a member of the Party.") % {"person": person})
    inherent = Membership.Basis.INHERENT
    earlier = person.memberships.filter(basis=inherent, until=None).exclude(assembly=assembly)
    for membership in earlier.select_related("assembly"):
        end("assembly.move", membership, at=at, by=by)
    return begin(
        "assembly.register", person=person, assembly=assembly, at=at, by=by, basis=inherent
    )


def _refuse_unjoinable(assembly: Assembly) -> None:
    """Raise ValidationError, in words, where one does not join or leave of one's own accord."""
    if assembly.can_be_joined:
        return
    if assembly.kind == Kind.PARTY:
        words = _("You are in the Party by being a member of it, from when you are admitted.")
    elif assembly.is_committee:
        words = _(
            "A committee is joined through its groups: whoever is in one of them is in it. Join or "
            "leave one of those."
        )
    else:
        words = _("You belong to this assembly by where you are registered.")
    raise ValidationError(words)
