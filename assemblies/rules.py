"""Who may belong. *When*, and to what kind of assembly, is the services' business."""

from typing import Any

import rules

from assemblies.models import Assembly
from commons import clock


@rules.predicate
def is_member(person: Any) -> bool:
    """Whether the visitor is a member of the Party at present (B1)."""
    return person.is_authenticated and person.is_member_at(clock.now())


@rules.predicate
def is_in(person: Any, assembly: Assembly) -> bool:
    """Whether the visitor is one of the assembly's people at present (B2)."""
    return person.is_authenticated and assembly.has_at(person, clock.now())


rules.add_perm("assemblies.be_member", is_member)
rules.add_perm("assemblies.join_assembly", is_member)
rules.add_perm("assemblies.leave_assembly", is_member)
rules.add_perm("assemblies.see_people", is_in)  # A5
