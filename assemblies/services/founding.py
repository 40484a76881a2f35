"""Founding assemblies, and making groups members of committees."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from assemblies.models import Affiliation, Assembly, Kind, Person
from assemblies.models.assembly import GROUP_OF
from assemblies.services.intervals import held_moment
from assemblies.signals import assembly_founded
from commons import clock
from record.models import Entry
from record.services import enter


@transaction.atomic
def found_assembly(
    *,
    name: str,
    kind: str,
    remit: str = "",
    aliases: Iterable[str] = (),
    slug: str = "",
    belonging: str = Assembly.Belonging.JOINING,
    is_core: bool = False,
    by: Person | None = None,
    at: datetime | None = None,
    basis: Entry | None = None,
) -> Assembly:
    """Found an assembly. `by` is None where the constitution does it, `basis` the deciding entry.

    Only a Society Working Group can be one to which people belong inherently (Table A).
    """
    at = clock.settle(at)
    if belonging == Assembly.Belonging.INHERENT and kind != Kind.SOCIETY_WORKING_GROUP:
        raise ValidationError(_("People belong inherently to a Society Working Group only."))
    assembly = Assembly(
        name=name,
        slug=slug or slugify(name),
        kind=kind,
        remit=remit,
        aliases="\n".join(aliases),
        belonging=belonging,
        is_core=is_core,
        founded_at=at,
        basis=basis,
    )
    assembly.full_clean()
    assembly.save()
    _enter("assembly.found", assembly, at=at, by=by, name=name, kind=str(kind))
    transaction.on_commit(
        partial(assembly_founded.send_robust, sender=Assembly, assembly=assembly, at=at),
        robust=True,
    )
    return assembly


@transaction.atomic
def affiliate(
    *,
    group: Assembly,
    committee: Assembly,
    by: Person | None = None,
    at: datetime | None = None,
    basis: Entry | None = None,
) -> Affiliation:
    """Make a group a member of a committee of its kind (B2); `basis` is the deciding entry."""
    at = held_moment(at)
    _refuse_mismatch(group, committee)
    affiliation = Affiliation(group=group, committee=committee, since=at, basis=basis)
    try:
        with transaction.atomic():
            affiliation.save()
    except IntegrityError as error:  # one_open_affiliation
        words = _("The %(group)s is a member of the %(committee)s already.")
        raise ValidationError(words % {"group": group, "committee": committee}) from error
    _enter("assembly.affiliate", committee, at=at, by=by, group=group.slug)
    return affiliation


def _refuse_mismatch(group: Assembly, committee: Assembly) -> None:
    if not committee.is_committee:
        words = _("The %(committee)s is not a committee: only people are in it.")
        raise ValidationError(words % {"committee": committee})
    needed = GROUP_OF[Kind(committee.kind)]
    if group.kind != needed:
        words = _("The members of the %(committee)s are of one kind: %(kind)s.")
        raise ValidationError(words % {"committee": committee, "kind": needed.label})


def _enter(act: str, assembly: Assembly, *, at: datetime, by: Person | None, **facts: str) -> None:
    enter(
        act,
        subject=f"assembly:{assembly.slug}",
        at=at,
        by=by.pk if by else None,
        assembly=assembly.slug,
        **facts,
    )
