"""Who we are: people, the assemblies they are in, and since when."""

from assemblies.models.assembly import Affiliation, Assembly, Kind
from assemblies.models.limit import Limit
from assemblies.models.membership import Membership
from assemblies.models.person import Person

__all__ = ["Affiliation", "Assembly", "Kind", "Limit", "Membership", "Person"]
