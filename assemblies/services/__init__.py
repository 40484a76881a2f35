"""The verbs of belonging and founding."""

from assemblies.services.belonging import join_assembly, leave_assembly, register_inherent
from assemblies.services.founding import affiliate, found_assembly
from assemblies.services.intervals import hold_belonging
from assemblies.services.party import admit_person, end_membership

__all__ = [
    "admit_person",
    "affiliate",
    "end_membership",
    "found_assembly",
    "hold_belonging",
    "join_assembly",
    "leave_assembly",
    "register_inherent",
]
