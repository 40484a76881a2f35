"""What happened, provably: one entry an act, each written in its act's own transaction (C15)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: str) -> "EntryQuerySet":
        """Entries about one subject, such as "matter:44", in the order they happened."""
        return self.filter(subject=subject).order_by("at", "pk")

    def unnumbered(self) -> "EntryQuerySet":
        return self.filter(number=None).order_by("pk")


class Entry(models.Model):
    """One act on the record.

    Public: number, at, act, assembly, subject, facts and `actor_digest`, SHA-256(salt ‖ uuid).
    Private: actor and salt, by which members are shown a name; both go when a person is erased,
    and the digest then names nobody for ever.
    """

    number = models.PositiveBigIntegerField(_("number"), null=True, unique=True, editable=False)
    at = models.DateTimeField(_("at"))
    act = models.CharField(_("act"), max_length=60)
    assembly = models.CharField(_("assembly"), max_length=80, blank=True)
    subject = models.CharField(_("subject"), max_length=80)
    facts = models.JSONField(_("facts"), default=dict)
    actor_digest = models.CharField(max_length=64, blank=True)
    actor = models.UUIDField(null=True, editable=False)
    salt = models.BinaryField(max_length=16, null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(fields=["subject", "at"], name="entry_by_subject"),
            models.Index(fields=["assembly", "-at"], name="entry_by_assembly"),
            models.Index(fields=["actor"], name="entry_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"

    def is_by(self, person: uuid.UUID) -> bool:
        return self.actor == person
