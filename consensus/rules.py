"""Who may deliberate. *When* is the services' business."""

from typing import Any

import rules

from assemblies.models import Assembly
from assemblies.rules import is_member
from commons import clock
from consensus.models import Matter
from secretaries.organisers import organises


def _assembly_of(subject: Assembly | Matter) -> Assembly:
    return subject if isinstance(subject, Assembly) else subject.assembly


@rules.predicate
def belongs(person: Any, subject: Assembly | Matter) -> bool:
    """Whether the person is in the assembly, or in the matter's assembly, at present (C2)."""
    return person.is_authenticated and _assembly_of(subject).has_at(person, clock.now())


@rules.predicate
def organises_it(person: Any, matter: Matter) -> bool:
    """Whether the person is Secretary, Deputy or acting there at present (C5, E8)."""
    return person.is_authenticated and organises(person, matter.assembly, clock.now())


rules.add_perm("consensus.see_matter", is_member)  # A5
rules.add_perm("consensus.raise_matter", belongs)
rules.add_perm("consensus.speak", belongs)
rules.add_perm("consensus.put_forward", belongs)
rules.add_perm("consensus.declare_division", belongs)
rules.add_perm("consensus.call_debate", organises_it)
