"""Who needs to know: rows written with the act, and the outbox for mail later."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from notices import words


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_person(self, person: Any) -> "NoticeQuerySet":
        return self.filter(person=person).order_by("-at", "-pk")

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing one person should know, with the page it is about."""

    person = models.ForeignKey("assemblies.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    url = models.CharField(max_length=200)
    context = models.JSONField(default=dict)
    at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            # The same news reaches a person once, however often its act is tried again.
            models.UniqueConstraint(fields=["person", "kind", "url"], name="told_once")
        ]
        indexes = [models.Index(fields=["person", "-at"], name="notice_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"

    @property
    def title(self) -> str:
        """What it is about, in one line."""
        return words.title_of(self.kind, self.context)

    @property
    def sentence(self) -> str:
        """What happened."""
        return words.sentence_of(self.kind, self.context)
