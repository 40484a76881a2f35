"""The Party as the constitution makes it: table G of the charter, and the first groups (B6)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from assemblies.models import Assembly, Kind
from assemblies.services import affiliate, found_assembly
from secretaries.services import ensure_offices


@dataclass(frozen=True)
class Seed:
    """One assembly that exists from the beginning, and the committees its people are in."""

    name: str
    kind: Kind
    remit: str
    aliases: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    slug: str = ""
    is_core: bool = True


RESOLUTIONS = "Committee for Resolutions"
FOUNDATIONAL = "Foundational Committee"
PRESENTATION = "Society for Presentation of Policy"
ACTIVISM = "Society for Constructive Activism"
POLICY_SOCIETIES = "Policy Societies Committee"
# Without groups the two core Committees would have no voters.
CORE_GROUPS_ARE_IN = (RESOLUTIONS, FOUNDATIONAL)

ASSEMBLIES = (
    Seed("The Party", Kind.PARTY, "what concerns every member", slug="party"),
    Seed(RESOLUTIONS, Kind.COMMITTEE, "discipline, rules, regulations"),
    Seed(
        FOUNDATIONAL,
        Kind.COMMITTEE,
        "supporting the formation of new assemblies, and evaluating where new ones may be "
        "advantageous for the Party",
    ),
    Seed(
        PRESENTATION,
        Kind.SOCIETY_COMMITTEE,
        "deciding strategy and “marketing” for policy",
        aliases=("Committee for Presentation of Policy",),
    ),
    Seed(
        ACTIVISM,
        Kind.SOCIETY_COMMITTEE,
        "syndicalism, education, mutual aid, protest, petitions and so on",
        aliases=("Activism Society",),
    ),
    Seed(
        POLICY_SOCIETIES,
        Kind.SOCIETY_COMMITTEE,
        "coordination and support of the Policy Societies",
    ),
    Seed(
        "Constituency Societies Committee",
        Kind.SOCIETY_COMMITTEE,
        "presenting the geographic concerns of the Party; coordination of the Constituency "
        "Societies collectively",
        aliases=("Constituencies Society",),
    ),
    Seed(
        "Operational Working Group",
        Kind.WORKING_GROUP,
        "rules, regulations, processes, communications, supporting the executive work of the "
        "Secretarial Committee",
        committees=CORE_GROUPS_ARE_IN,
    ),
    Seed(
        "Financial Working Group",
        Kind.WORKING_GROUP,
        "Party financial oversight; accounts; Treasurer oversight and logistical support",
        committees=CORE_GROUPS_ARE_IN,
    ),
    Seed(
        "Media Working Group",
        Kind.WORKING_GROUP,
        "creating media for internal and external usages; determining tactics for media "
        "operations; press relations",
        committees=CORE_GROUPS_ARE_IN,
    ),
    Seed(
        "Research Working Group",
        Kind.WORKING_GROUP,
        "data collection and collation of all kinds, for other assemblies and the Party",
        committees=CORE_GROUPS_ARE_IN,
    ),
    # A Society Committee without a group could not found its first.
    Seed(
        "Society Working Group for Presentation of Policy",
        Kind.SOCIETY_WORKING_GROUP,
        "working out how policy is presented, for its society",
        committees=(PRESENTATION,),
        is_core=False,
    ),
    Seed(
        "Society Working Group for Constructive Activism",
        Kind.SOCIETY_WORKING_GROUP,
        "organising constructive activism, for its society",
        committees=(ACTIVISM,),
        is_core=False,
    ),
    Seed(
        "Policy Society for Defence",
        Kind.SOCIETY_WORKING_GROUP,
        "the Party’s policy on defence",
        committees=(POLICY_SOCIETIES,),
    ),
)


@transaction.atomic
def seed_party(*, at: datetime | None = None) -> int:
    """Make whatever the Party still lacks of its core; return how many assemblies were made.

    Running it again changes nothing: what exists, under whatever name, is left as it is.
    """
    made = 0
    found: dict[str, Assembly] = {}
    for seed in ASSEMBLIES:
        found[seed.name], is_new = _assembly(seed, at)
        made += is_new
        if is_new:
            for committee in seed.committees:
                affiliate(group=found[seed.name], committee=found[committee], at=at)
        ensure_offices(found[seed.name])
    return made


def _assembly(seed: Seed, at: datetime | None) -> tuple[Assembly, bool]:
    """Return the seed's assembly, and whether it had to be founded."""
    slug = seed.slug or slugify(seed.name)
    existing = Assembly.objects.filter(slug=slug).first()
    if existing:
        return existing, False
    founded = found_assembly(
        name=seed.name,
        slug=slug,
        kind=seed.kind,
        remit=seed.remit,
        aliases=seed.aliases,
        is_core=seed.is_core,
        at=at,
    )
    return founded, True
