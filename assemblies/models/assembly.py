"""The assemblies of Table A and how groups belong to committees."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assemblies.models.membership import Membership
from assemblies.models.person import Person, PersonQuerySet
from commons.intervals import IntervalQuerySet, begins_before_it_ends
from commons.reading import asked_once


class Kind(models.TextChoices):
    PARTY = "party", _("Party")
    COMMITTEE = "committee", _("Committee")
    SOCIETY_COMMITTEE = "society_committee", _("Society Committee")
    WORKING_GROUP = "working_group", _("Working Group")
    SOCIETY_WORKING_GROUP = "society_working_group", _("Society Working Group")


COMMITTEES = {Kind.COMMITTEE, Kind.SOCIETY_COMMITTEE}
GROUP_OF = {
    Kind.COMMITTEE: Kind.WORKING_GROUP,
    Kind.SOCIETY_COMMITTEE: Kind.SOCIETY_WORKING_GROUP,
}
# C9, C10: the Party's decisions go before a committee's, a committee's before a group's.
RANKS = {
    Kind.PARTY: 3,
    Kind.COMMITTEE: 2,
    Kind.SOCIETY_COMMITTEE: 2,
    Kind.WORKING_GROUP: 1,
    Kind.SOCIETY_WORKING_GROUP: 1,
}


class AssemblyQuerySet(models.QuerySet["Assembly"]):
    def standing_at(self, at: datetime) -> "AssemblyQuerySet":
        """Assemblies founded and not wound up at that moment."""
        return self.filter(Q(wound_up_at=None) | Q(wound_up_at__gt=at), founded_at__lte=at)

    def of_person(self, person: Person, at: datetime) -> "AssemblyQuerySet":
        """Every assembly the person is in at that moment, committees included (B2)."""
        direct = Membership.objects.current_at(at).filter(person=person)
        through = Affiliation.objects.current_at(at).filter(
            committee=OuterRef("pk"), group__in=direct.values("assembly")
        )
        return self.filter(Q(pk__in=direct.values("assembly")) | Exists(through))

    def committees(self) -> "AssemblyQuerySet":
        return self.filter(kind__in=COMMITTEES)

    def named(self, words: str) -> "AssemblyQuerySet":
        """Assemblies whose name, alias or remit contains `words`."""
        return self.filter(
            Q(name__icontains=words) | Q(aliases__icontains=words) | Q(remit__icontains=words)
        )


class Assembly(models.Model):
    """One of the smaller democracies that make up the Party, or the Party itself."""

    class Belonging(models.TextChoices):
        JOINING = "joining", _("by joining")
        INHERENT = "inherent", _("inherently")

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=25, choices=Kind.choices)
    remit = models.TextField(_("remit"), blank=True)
    # The source uses several names for one body: searchable, one a line, never two bodies.
    aliases = models.TextField(_("also called"), blank=True)
    belonging = models.CharField(
        _("how one belongs"), max_length=10, choices=Belonging.choices, default=Belonging.JOINING
    )
    is_core = models.BooleanField(_("core assembly"), default=False)
    founded_at = models.DateTimeField(_("founded at"))
    wound_up_at = models.DateTimeField(_("wound up at"), null=True, blank=True)
    basis = models.ForeignKey(
        "record.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        verbose_name = _("assembly")
        verbose_name_plural = _("assemblies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="party"),
                name="one_party",  # B1
                violation_error_message=_("There is exactly one Party."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("assembly", args=[self.slug])

    @property
    def is_party(self) -> bool:
        return self.kind == Kind.PARTY

    @property
    def is_committee(self) -> bool:
        return self.kind in COMMITTEES

    @property
    def can_be_joined(self) -> bool:
        """Whether a member joins and leaves it of their own accord (B3)."""
        return not (self.is_party or self.is_committee) and self.belonging == "joining"

    @property
    def rank(self) -> int:
        return RANKS[Kind(self.kind)]

    def people_at(self, at: datetime) -> PersonQuerySet:
        """Everybody in the assembly, and in the Party, at that moment (B2, B7), each once."""
        belongs = self.memberships_at(at).filter(person=OuterRef("pk"))
        people = Person.objects.filter(Exists(belongs))
        return people if self.is_party else people.in_party_at(at)

    @asked_once
    def has_at(self, person: Any, at: datetime) -> bool:
        """Whether `person` is in the assembly, and in the Party, at that moment."""
        return self.people_at(at).filter(pk=person.pk).exists()

    def memberships_at(self, at: datetime) -> models.QuerySet[Membership]:
        """The memberships by which people are in it: its own, or its groups' for a committee."""
        current = Membership.objects.current_at(at)
        if self.is_committee:
            groups = Affiliation.objects.current_at(at).filter(committee=self)
            return current.filter(assembly__in=groups.values("group"))
        return current.filter(assembly=self)

    def groups_at(self, at: datetime) -> AssemblyQuerySet:
        """The groups that are members of this committee at that moment."""
        affiliations = Affiliation.objects.current_at(at).filter(committee=self)
        return Assembly.objects.filter(pk__in=affiliations.values("group"))

    def committees_at(self, at: datetime) -> AssemblyQuerySet:
        """The committees this group is a member of at that moment."""
        affiliations = Affiliation.objects.current_at(at).filter(group=self)
        return Assembly.objects.filter(pk__in=affiliations.values("committee"))


class Affiliation(models.Model):
    """One group as a member of one committee from `since` until `until` (B2)."""

    group = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="affiliations")
    committee = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    basis = models.ForeignKey(
        "record.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = IntervalQuerySet["Affiliation"].as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "committee"],
                condition=Q(until=None),
                name="one_open_affiliation",
            ),
            begins_before_it_ends("affiliation_begins_before_it_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.group} in {self.committee}"
