"""The rules of the Party: time limits, notice and thresholds, in one place (C16)."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class LimitQuerySet(models.QuerySet["Limit"]):
    def value_at(self, name: str, at: datetime) -> int:
        """The value of a limit at that moment: the latest change, else the default."""
        latest = self.filter(name=name, since__lte=at).order_by("-since", "-pk")
        changed = latest.values_list("value", flat=True).first()
        return DEFAULTS[Limit.Name(name)] if changed is None else changed


class Limit(models.Model):
    """One change of one limit, and the entry of the decision that made it."""

    class Name(models.TextChoices):
        DISCUSSION_DAYS = "discussion_days", _("Discussion lasts at least, in days")
        DEBATE_DAYS = "debate_days", _("Debate lasts at least, in days")
        VOTE_DAYS = "vote_days", _("A vote is open at least, in days")
        PARTY_VOTE_DAYS = "party_vote_days", _("A vote of the Party is open at least, in days")
        ACT_DAYS = "act_days", _("Whoever owes an act has this long, in days")
        DELAY_DAYS = "delay_days", _("A call can put debate or vote off by at most, in days")
        BELONGED_DAYS = "belonged_days", _("Days one must have belonged to have a ballot")

    name = models.CharField(_("limit"), max_length=30, choices=Name.choices)
    value = models.PositiveIntegerField(_("value"))
    since = models.DateTimeField(_("since"))
    basis = models.ForeignKey("record.Entry", on_delete=models.PROTECT, related_name="+")

    objects = LimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        indexes = [models.Index(fields=["name", "-since"], name="limit_by_name")]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


# C16 gives these, but for the time to act, where the charter says only "the limit", and for how
# long a call can put a matter off, without which calling late would be a pocket veto (C5).
DEFAULTS: dict[Limit.Name, int] = {
    Limit.Name.DISCUSSION_DAYS: 3,
    Limit.Name.DEBATE_DAYS: 2,
    Limit.Name.VOTE_DAYS: 3,
    Limit.Name.PARTY_VOTE_DAYS: 7,
    Limit.Name.ACT_DAYS: 3,
    Limit.Name.DELAY_DAYS: 30,
    Limit.Name.BELONGED_DAYS: 0,
}
