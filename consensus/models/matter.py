"""A matter and the phases that follow from its moments (C1)."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    DISCUSSION = "discussion", _("Discussion")
    DEBATE = "debate", _("Debate")
    RESOLUTION = "resolution", _("Resolution")
    DECISION = "decision", _("Decision")


class MatterQuerySet(models.QuerySet["Matter"]):
    def in_discussion_at(self, at: datetime) -> "MatterQuerySet":
        return self.filter(Q(debate_opens_at=None) | Q(debate_opens_at__gt=at))

    def in_debate_at(self, at: datetime) -> "MatterQuerySet":
        return self.filter(debate_opens_at__lte=at, vote_opens_at__gt=at)

    def under_way(self) -> "MatterQuerySet":
        return self.filter(ended_at=None)

    def owing_debate(self) -> "MatterQuerySet":
        """Divided, and nobody has called the debate and the vote yet (C5)."""
        return self.exclude(divided_at=None).filter(debate_opens_at=None)

    def with_overdue_call_at(self, at: datetime) -> "MatterQuerySet":
        """Whose debate and vote open by themselves, since nobody has called them in time."""
        return self.owing_debate().filter(call_due_at__lte=at)

    def with_vote_to_open_at(self, at: datetime) -> "MatterQuerySet":
        return self.filter(vote_opens_at__lte=at, vote=None, ended_at=None)

    def counted(self) -> "MatterQuerySet":
        """Matters whose vote is closed and whose outcome is not written yet."""
        return self.filter(vote__closed_at__isnull=False, ended_at=None)


class Matter(models.Model):
    """Something an assembly has to reach consensus on.

    It begins with the event that caused the need (`trigger`). Its phase at any moment is derived
    from its moments, never stored. The limits are copied when it is raised, so that changing a
    rule never moves a running deadline (C16).
    """

    assembly = models.ForeignKey("assemblies.Assembly", on_delete=models.PROTECT, related_name="+")
    trigger = models.TextField(_("what happened"), max_length=1_000)
    question = models.CharField(_("question"), max_length=160)
    why = models.TextField(_("why it matters"), max_length=5_000, blank=True)
    raised_by = models.ForeignKey("assemblies.Person", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(_("raised at"))

    divided_at = models.DateTimeField(_("divided at"), null=True, blank=True)
    divided_by = models.ForeignKey(
        "assemblies.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    division_reason = models.TextField(_("reason"), max_length=1_000, blank=True)
    # Until when the Secretary owes the call for debate and vote; then both open by themselves.
    call_due_at = models.DateTimeField(_("call due at"), null=True, blank=True)

    called_by = models.ForeignKey(
        "assemblies.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    debate_opens_at = models.DateTimeField(_("debate opens at"), null=True, blank=True)
    vote_opens_at = models.DateTimeField(_("vote opens at"), null=True, blank=True)
    vote_closes_at = models.DateTimeField(_("vote closes at"), null=True, blank=True)
    vote = models.OneToOneField(
        "voting.Vote", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    discussion_days = models.PositiveSmallIntegerField()
    debate_days = models.PositiveSmallIntegerField()
    vote_days = models.PositiveSmallIntegerField()
    act_days = models.PositiveSmallIntegerField()

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        constraints = [
            models.CheckConstraint(
                condition=Q(debate_opens_at=None, vote_opens_at=None, vote_closes_at=None)
                | Q(
                    divided_at__isnull=False,
                    debate_opens_at__gte=F("raised_at"),
                    vote_opens_at__gt=F("debate_opens_at"),
                    vote_closes_at__gt=F("vote_opens_at"),
                ),
                name="phases_follow_each_other",
                violation_error_message=_("Debate, vote and its close must follow in order."),
            ),
            models.CheckConstraint(
                condition=Q(divided_at=None, call_due_at=None)
                | Q(divided_at__isnull=False, call_due_at__isnull=False),
                name="division_obliges",
            ),
            models.CheckConstraint(
                condition=Q(vote=None) | Q(vote_opens_at__isnull=False),
                name="vote_comes_after_debate",
            ),
        ]
        indexes = [
            models.Index(fields=["assembly", "-raised_at"], name="matter_by_assembly"),
            models.Index(
                fields=["vote_opens_at"], condition=Q(ended_at=None), name="matter_under_way"
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("matter", args=[self.pk])

    @property
    def ref(self) -> str:
        return f"M-{self.pk}"

    def phase_at(self, at: datetime) -> Phase:
        """The phase the matter is in at that moment."""
        if self.ended_at is not None and self.ended_at <= at:
            return Phase.DECISION
        if self.vote_opens_at is not None and self.vote_opens_at <= at:
            return Phase.RESOLUTION
        if self.debate_opens_at is not None and self.debate_opens_at <= at:
            return Phase.DEBATE
        return Phase.DISCUSSION

    def is_open_for_proposals_at(self, at: datetime) -> bool:
        """Options freeze when the vote opens, and not before."""
        return self.phase_at(at) in (Phase.DISCUSSION, Phase.DEBATE)

    @property
    def discussion_until(self) -> datetime:
        """The earliest moment at which debate may open."""
        return self.raised_at + timedelta(days=self.discussion_days)

    def call_due_after(self, divided_at: datetime) -> datetime:
        """Until when a call is owed on a division declared at that moment (C5)."""
        return max(divided_at + timedelta(days=self.act_days), self.discussion_until)
