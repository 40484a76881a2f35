"""The groups of the demo party that people join or live in, and who has held office where."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from assemblies.models import Assembly, Kind
from secretaries.models import Office, Term

POLICY_SOCIETIES = "policy-societies-committee"
CONSTITUENCY_SOCIETIES = "constituency-societies-committee"


@dataclass(frozen=True)
class Founding:
    """A group that the seed does not make, and the day it was founded."""

    day: int
    name: str
    remit: str
    kind: Kind = Kind.SOCIETY_WORKING_GROUP
    committees: tuple[str, ...] = (POLICY_SOCIETIES,)
    belonging: Assembly.Belonging = Assembly.Belonging.JOINING


# By the short names that `people.csv` uses.
SEEDED = {
    "media": "media-working-group",
    "research": "research-working-group",
    "finance": "financial-working-group",
    "operations": "operational-working-group",
    "presentation": "society-working-group-for-presentation-of-policy",
    "activism": "society-working-group-for-constructive-activism",
    "defence": "policy-society-for-defence",
}


def _policy_society(day: int, subject: str, remit: str) -> Founding:
    return Founding(day, f"Policy Society for {subject}", remit)


def _constituency_society(day: int, constituency: str) -> Founding:
    return Founding(
        day,
        f"Constituency Society for {constituency}",
        f"the concerns of {constituency}, for everybody registered there",
        committees=(CONSTITUENCY_SOCIETIES,),
        belonging=Assembly.Belonging.INHERENT,
    )


FOUNDED = {
    "housing": _policy_society(-500, "Housing", "the Party’s policy on homes, rents and land"),
    "health": _policy_society(
        -492, "Health and Social Care", "the Party’s policy on health, care and disability"
    ),
    "education": _policy_society(
        -468, "Education", "the Party’s policy on schools, colleges and learning at any age"
    ),
    "energy": _policy_society(
        -455, "Energy and Climate", "the Party’s policy on energy, climate and nature"
    ),
    "transport": _policy_society(
        -262, "Transport", "the Party’s policy on roads, rails, buses, and feet"
    ),
    "welcome": Founding(
        -225,
        "Welcome Working Group",
        "looking after newcomers from the day they sign up until they have voted once",
        Kind.WORKING_GROUP,
        committees=(),
    ),
    "cardiff": _constituency_society(-480, "Cardiff East"),
    "hackney": _constituency_society(-480, "Hackney South and Shoreditch"),
    "leeds": _constituency_society(-479, "Leeds Central and Headingley"),
    "birmingham": _constituency_society(-478, "Birmingham Ladywood"),
    "manchester": _constituency_society(-476, "Manchester Rusholme"),
    "bristol": _constituency_society(-471, "Bristol Central"),
    "newcastle": _constituency_society(-466, "Newcastle upon Tyne Central and West"),
    "norwich": _constituency_society(-440, "Norwich South"),
    "glasgow": _constituency_society(-433, "Glasgow East"),
    "leith": _constituency_society(-420, "Edinburgh North and Leith"),
    "truro": _constituency_society(-402, "Truro and Falmouth"),
    "belfast": _constituency_society(-350, "Belfast East"),
}


@dataclass(frozen=True)
class Holding:
    """Somebody's term in an assembly's office, until they resigned or still."""

    key: str
    assembly: str
    since: int
    until: int | None = None
    post: Office.Post = Office.Post.SECRETARY
    began_by: Term.Beginning = Term.Beginning.ELECTED


# E8: nobody here for Defence, Resolutions, Activism and most others, so Gwen acts in them.
HOLDINGS = (
    Holding("eleri", "media", -410, -190),
    Holding("adaeze", "media", -186),
    Holding("callum", "media", -186, post=Office.Post.DEPUTY),
    Holding("agnieszka", "operations", -395),
    Holding("daniel", "operations", -120, post=Office.Post.DEPUTY),
    Holding("sunita", "party", -380, -215, Office.Post.TREASURER, Term.Beginning.APPOINTED),
    Holding("wendy", "party", -212, None, Office.Post.TREASURER, Term.Beginning.APPOINTED),
    Holding("helen", "housing", -340),
    Holding("bilal", "housing", -340, post=Office.Post.DEPUTY),
    Holding("deborah", "health", -310),
    Holding("kavita", "education", -300, -45),
    Holding("nikhil", "energy", -280),
    Holding("rebecca", "energy", -100, post=Office.Post.DEPUTY),
    Holding("clive", "transport", -180),
    Holding("nora", CONSTITUENCY_SOCIETIES, -205),
    Holding("joyce", "welcome", -160),
    Holding("carys", "cardiff", -260),
    Holding("jamal", "hackney", -240),
    Holding("tamsin", "truro", -150),
)


def slug_of(name: str) -> str:
    """Return the address of a group by its short name; any other address is its own."""
    return SLUGS.get(name, name)


def _slugs() -> Iterator[tuple[str, str]]:
    yield from SEEDED.items()
    for name, founding in FOUNDED.items():
        yield name, slugify(founding.name)


SLUGS = dict(_slugs())
