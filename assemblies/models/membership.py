"""Belonging, kept as intervals (B3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commons.intervals import IntervalQuerySet, begins_before_it_ends


class Membership(models.Model):
    """One person in one assembly from `since` until `until` (None: still).

    Party membership is the membership of the Party itself. An inherent membership (B4) follows
    from where the person is registered and is neither joined nor left.
    """

    class Basis(models.TextChoices):
        JOINED = "joined", _("joined")
        INHERENT = "inherent", _("belongs inherently")

    person = models.ForeignKey(
        "assemblies.Person", on_delete=models.PROTECT, related_name="memberships"
    )
    assembly = models.ForeignKey(
        "assemblies.Assembly", on_delete=models.PROTECT, related_name="memberships"
    )
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices, default=Basis.JOINED)

    objects = IntervalQuerySet["Membership"].as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "assembly"],
                condition=Q(until=None),
                name="one_open_membership_per_assembly",
                violation_error_message=_("This person belongs to this assembly already."),
            ),
            begins_before_it_ends("membership_begins_before_it_ends"),
        ]
        indexes = [
            models.Index(fields=["person", "assembly", "since"], name="member_by_person"),
            models.Index(
                fields=["assembly", "since", "until", "person"], name="member_by_assembly"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.assembly}"
