"""The powers that follow current terms of office (E11): they begin and end with them."""

from typing import Any

import rules

from commons import clock
from secretaries.organisers import general_secretary_at


@rules.predicate
def is_general_secretary(person: Any) -> bool:
    """Whether the visitor is the General Secretary at present."""
    if not person.is_authenticated:
        return False
    general = general_secretary_at(clock.now())
    return general is not None and general.pk == person.pk


rules.add_perm("assemblies.use_admin", is_general_secretary)
rules.add_perm("assemblies.admit_person", is_general_secretary)
rules.add_perm("assemblies.end_membership", is_general_secretary)
rules.add_perm("secretaries.begin_term", is_general_secretary)
rules.add_perm("secretaries.end_term", is_general_secretary)
