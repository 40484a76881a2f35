"""What has been decided, how, and how warmly (A3)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consensus.models.matter import Matter
from consensus.models.talk import Proposal


class DecisionQuerySet(models.QuerySet["Decision"]):
    def in_register_order(self) -> "DecisionQuerySet":
        """The latest first, with their assemblies; `roll_size` is how many could vote."""
        with_roll = self.select_related("assembly").annotate(roll_size=F("vote__roll_size"))
        return with_roll.order_by("-decided_at", "-pk")

    def before(self, typed: str) -> "DecisionQuerySet":
        """The older ones than the decision of that number, for paging by key."""
        if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
            return self
        last = Decision.objects.filter(pk=int(typed)).first()
        if last is None:
            return self
        same = Q(decided_at=last.decided_at, pk__lt=last.pk)
        return self.filter(Q(decided_at__lt=last.decided_at) | same)

    def found_by(self, words: str) -> "DecisionQuerySet":
        return self.filter(Q(title__icontains=words) | Q(text__icontains=words))


class Decision(models.Model):
    """One matter resolved.

    `proposal` is the one carried, or empty where the assembly chose to leave things as they are
    (D9). `enthusiasm` holds for every option, in the order of the ballot: label, total, mean,
    histogram [n0 … n5], and the words of the spirit.
    """

    class Means(models.TextChoices):
        VOTE = "vote", _("by vote")

    class Standing(models.TextChoices):
        IN_FORCE = "in_force", _("In force")

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="decision")
    assembly = models.ForeignKey("assemblies.Assembly", on_delete=models.PROTECT, related_name="+")
    vote = models.OneToOneField(
        "voting.Vote", on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposal = models.OneToOneField(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text as carried"), blank=True)
    text_html = models.TextField(editable=False, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    means = models.CharField(_("how"), max_length=10, choices=Means.choices)
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices, default=Standing.IN_FORCE
    )
    enthusiasm = models.JSONField(default=list)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [
            models.Index(fields=["-decided_at", "-id"], name="decision_register"),
            models.Index(fields=["assembly", "-decided_at"], name="decision_by_assembly"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    @property
    def warmth(self) -> dict[str, Any] | None:
        """The enthusiasm for the carried option, None where too few voted to show it."""
        return next((option for option in self.enthusiasm if option.get("carried")), None)

    @property
    def scored(self) -> int:
        """How many voted; 0 also where too few did to show it."""
        return sum(self.warmth["histogram"]) if self.warmth else 0

    @property
    def headline(self) -> str:
        """What was decided, in one line that stands alone."""
        if self.proposal_id is not None:
            return self.title
        return _("Leave things as they are: %(question)s") % {"question": self.title}

    @property
    def ref(self) -> str:
        return f"D-{self.pk}"
