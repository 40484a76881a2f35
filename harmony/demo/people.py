"""The people of the demo party, and the groups they have joined."""

from dataclasses import dataclass

MEDIA = "media-working-group"
DEFENCE = "policy-society-for-defence"
RESEARCH = "research-working-group"
FINANCE = "financial-working-group"
OPERATIONS = "operational-working-group"
PRESENTATION = "society-working-group-for-presentation-of-policy"
ACTIVISM = "society-working-group-for-constructive-activism"

DOMAIN = "harmony.example"
PASSWORD = "harmony-demo-party"  # noqa: S105 - printed, and shown on the page that says who is who


@dataclass(frozen=True)
class Somebody:
    """One person of the demo: the first part of the address is how stories call them."""

    key: str
    name: str
    groups: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


GENERAL_SECRETARY = "gwen"
MEDIA_SECRETARY = "adaeze"
MEDIA_DEPUTY = "callum"
LATE_TO_MEDIA = "farah"
"""Joined the Media Working Group after its vote had opened, so has no ballot in it (B7)."""

MEMBERS = (
    Somebody("gwen", "Gwen Pritchard", (OPERATIONS,)),
    Somebody("adaeze", "Adaeze Nwosu", (MEDIA,)),
    Somebody("callum", "Callum Fraser", (MEDIA, RESEARCH)),
    Somebody("priya", "Priya Raghavan", (MEDIA, DEFENCE)),
    Somebody("tomasz", "Tomasz Zieliński", (MEDIA, FINANCE)),
    Somebody("siobhan", "Siobhán Doherty", (MEDIA,)),
    Somebody("yusuf", "Yusuf Rahman", (MEDIA, DEFENCE)),
    Somebody("hattie", "Hattie Clarke", (MEDIA, DEFENCE, ACTIVISM)),
    Somebody("kwame", "Kwame Boateng", (MEDIA, DEFENCE)),
    Somebody("eleri", "Eleri Vaughan", (MEDIA, PRESENTATION)),
    Somebody("marcus", "Marcus Campbell", (MEDIA, ACTIVISM)),
    Somebody("zainab", "Zainab Hussain", (MEDIA, OPERATIONS)),
    Somebody("oliver", "Oliver Thwaite", (MEDIA,)),
    Somebody("meiling", "Mei-Ling Chan", (MEDIA, RESEARCH)),
    Somebody("rhys", "Rhys Llewellyn", (MEDIA,)),
    Somebody("sunita", "Sunita Patel", (MEDIA, FINANCE)),
    Somebody("jonah", "Jonah Levy", (MEDIA, PRESENTATION)),
    Somebody("farah", "Farah Aziz", (DEFENCE, PRESENTATION)),
    Somebody("duncan", "Duncan MacLeod", (DEFENCE,)),
    Somebody("ngozi", "Ngozi Adeyemi", (DEFENCE, RESEARCH)),
    Somebody("isla", "Isla Robertson", (DEFENCE,)),
    Somebody("harpreet", "Harpreet Gill", (DEFENCE, FINANCE)),
    Somebody("bethan", "Bethan Morgan", (DEFENCE, ACTIVISM)),
    Somebody("daniel", "Daniel Osei", (DEFENCE, OPERATIONS)),
    Somebody("leila", "Leila Karimi", (DEFENCE, RESEARCH)),
    Somebody("george", "George Whitfield", (DEFENCE,)),
    Somebody("roisin", "Róisín Gallagher", (DEFENCE, ACTIVISM)),
    Somebody("imran", "Imran Chaudhry", (DEFENCE, FINANCE)),
    Somebody("agnieszka", "Agnieszka Nowak", (OPERATIONS, PRESENTATION)),
    Somebody("terence", "Terence Blake", (ACTIVISM,)),
)
APPLICANTS = (
    Somebody("molly", "Molly Sanders"),
    Somebody("abdi", "Abdi Warsame"),
)
EVERYBODY = MEMBERS + APPLICANTS
