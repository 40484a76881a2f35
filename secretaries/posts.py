"""Which offices an assembly has, and what they are called (E1, E6, E7)."""

from dataclasses import dataclass

from django.db.models import Q

from assemblies.models import Assembly
from secretaries.models import Office

Post = Office.Post

ORGANISING = {Post.SECRETARY, Post.DEPUTY}
ORDER: list[str] = [Post.SECRETARY, Post.DEPUTY, Post.RESOLUTION, Post.TREASURER]
IS_GENERAL_SECRETARYS = Q(office__assembly__kind="party", office__post=Post.SECRETARY)

# E6: these Party Secretaries are their assemblies' Secretaries, under these titles.
PARTY_SECRETARIES = {
    "party": "General Secretary",
    "committee-for-resolutions": "Secretary of the Committee for Resolutions",
    "operational-working-group": "Secretary of the Operational Working Group",
    "constituency-societies-committee": "Secretary for the Constituencies Society",
    "media-working-group": "Secretary of the Media Working Group",
    "society-for-constructive-activism": "Secretary for the Activism Society",
}
RESOLUTIONS = "committee-for-resolutions"
DEPUTY_SEATS = 2


@dataclass(frozen=True)
class OfficeNeeded:
    """One office that an assembly must have."""

    post: Office.Post
    title: str
    seats: int = 1
    is_of_party: bool = False
    is_elected: bool = True

    def of(self, assembly: Assembly) -> Office:
        """Return the office for that assembly, not saved."""
        return Office(
            assembly=assembly,
            post=self.post,
            title=self.title,
            seats=self.seats,
            is_of_party=self.is_of_party,
            is_elected=self.is_elected,
        )


def needed_by(assembly: Assembly) -> tuple[OfficeNeeded, ...]:
    """Return every office the assembly has by the constitution."""
    title = PARTY_SECRETARIES.get(assembly.slug, f"Secretary of the {assembly.name}")
    needed = [
        OfficeNeeded(Post.SECRETARY, title, is_of_party=assembly.slug in PARTY_SECRETARIES),
        OfficeNeeded(Post.DEPUTY, f"Deputy {title}", seats=DEPUTY_SEATS),
    ]
    if assembly.slug == RESOLUTIONS:  # E7
        needed.append(OfficeNeeded(Post.RESOLUTION, "Secretary of Resolution", seats=3))
    if assembly.is_party:
        needed.append(OfficeNeeded(Post.TREASURER, "Treasurer", is_of_party=True, is_elected=False))
    return tuple(needed)
