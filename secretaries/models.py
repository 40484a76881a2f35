"""Who organises: offices and the terms of those who hold them (part E)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commons.intervals import IntervalQuerySet, begins_before_it_ends


class Office(models.Model):
    """A post: of an Assembly Secretary, a Deputy, or one of the Party's own (E1, E6, E7)."""

    class Post(models.TextChoices):
        SECRETARY = "secretary", _("Secretary")
        DEPUTY = "deputy", _("Deputy Secretary")
        RESOLUTION = "resolution", _("Secretary of Resolution")
        TREASURER = "treasurer", _("Treasurer")

    assembly = models.ForeignKey("assemblies.Assembly", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(_("post"), max_length=12, choices=Post.choices)
    title = models.CharField(_("title"), max_length=160, unique=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    is_of_party = models.BooleanField(_("a Party Secretary's"), default=False)
    is_elected = models.BooleanField(_("elected"), default=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.UniqueConstraint(fields=["assembly", "post"], name="one_office_of_a_kind")
        ]

    def __str__(self) -> str:
        return self.title


class Term(models.Model):
    """One person in one seat of one office, from `since` until `until` (E11)."""

    class Beginning(models.TextChoices):
        FOUNDING = "founding", _("in post at the founding")
        ELECTED = "elected", _("elected")
        APPOINTED = "appointed", _("appointed")

    class Ending(models.TextChoices):
        RESIGNED = "resigned", _("resigned")
        SUCCEEDED = "succeeded", _("succeeded")
        LAPSED = "lapsed", _("membership ended")
        ENDED = "ended", _("ended on the record")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="terms")
    seat = models.PositiveSmallIntegerField(_("seat"), default=1)
    person = models.ForeignKey("assemblies.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    began_by = models.CharField(_("began by"), max_length=10, choices=Beginning.choices)
    ended_by = models.CharField(_("ended by"), max_length=10, choices=Ending.choices, blank=True)
    basis = models.ForeignKey(
        "record.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = IntervalQuerySet["Term"].as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "seat"],
                condition=Q(until=None),
                name="one_current_term_per_seat",
                violation_error_message=_("Somebody holds this seat already."),
            ),
            models.UniqueConstraint(
                fields=["office", "person"],
                condition=Q(until=None),
                name="one_seat_of_an_office_each",
                violation_error_message=_("This person holds this office already."),
            ),
            begins_before_it_ends("term_begins_before_it_ends"),
        ]
        indexes = [models.Index(fields=["person", "until"], name="term_by_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"
