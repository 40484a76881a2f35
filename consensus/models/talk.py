"""What members put forward and what they say."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.letters import letter_of
from consensus.models.matter import Matter

# D9: every vote on a matter carries this option, so that a member can turn all proposals down.
LEAVE = _("Leave things as they are")


class Proposal(models.Model):
    """One answer to a matter's question, put forward by one member."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="proposals")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=10_000)
    text_html = models.TextField(editable=False)
    author = models.ForeignKey("assemblies.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"))

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["matter", "place"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "place"], name="one_proposal_per_place"),
            models.UniqueConstraint(
                fields=["matter", "title"],
                name="proposals_have_own_titles",
                violation_error_message=_("Another proposal has this title. Choose another one."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.matter_id, self.pk])

    @property
    def letter(self) -> str:
        """A, B … Z, AA, AB … in the order they were put forward."""
        return letter_of(self.place)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def speeches(self) -> "ContributionQuerySet":
        """What was said in debate, for, against or neutral."""
        return self.exclude(stance="")

    def before(self, at: datetime, pk: int) -> "ContributionQuerySet":
        """The older ones, for paging by key."""
        return self.filter(Q(said_at__lt=at) | Q(said_at=at, pk__lt=pk))


class Contribution(models.Model):
    """What one member said on a matter: talk in discussion, a speech in debate."""

    class Stance(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")
        NEUTRAL = "neutral", _("Neutral")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="contributions")
    author = models.ForeignKey("assemblies.Person", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(_("said at"))
    stance = models.CharField(_("stance"), max_length=8, choices=Stance.choices, blank=True)
    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="contributions"
    )
    reply_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    text = models.TextField(_("what you say"), max_length=5_000)
    text_html = models.TextField(editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.CheckConstraint(
                condition=Q(stance="") | Q(reply_to=None),
                name="replies_take_no_stance",
            )
        ]
        indexes = [models.Index(fields=["matter", "-said_at", "-id"], name="talk_by_matter")]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"

    def get_absolute_url(self) -> str:
        return f"{reverse('matter', args=[self.matter_id])}#said-{self.pk}"
