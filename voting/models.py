"""How we count: votes, their rolls, ballots nobody can trace, and what is published.

Electors and ballots carry composite keys and no surrogate ids, so that neither order nor number
links a ballot to a person; see `docs/secrecy.md`. The database does not check their votes: each is
written by a statement that has the vote's own row, no vote is ever deleted, and a million checks
would take the close longer than its count.
"""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

CLOSE_AGAIN_AFTER = timedelta(minutes=10)


class VoteQuerySet(models.QuerySet["Vote"]):
    def open_at(self, at: datetime) -> "VoteQuerySet":
        return self.filter(opens_at__lte=at, closes_at__gt=at, closed_at=None, voided_at=None)

    def due_to_close_at(self, at: datetime) -> "VoteQuerySet":
        """Votes to close now; one whose close went wrong lately is left in peace for a while."""
        in_peace = Q(close_failed_at__gt=at - CLOSE_AGAIN_AFTER)
        return self.filter(closes_at__lte=at, closed_at=None, voided_at=None).exclude(in_peace)

    def with_elector(self, person: uuid.UUID) -> "VoteQuerySet":
        """Votes on whose roll the person stands."""
        return self.filter(electors__person=person)

    def unscrubbed(self) -> "VoteQuerySet":
        """Closed votes whose deleted ballots may still be readable in freed pages."""
        return self.exclude(closed_at=None).filter(scrubbed_at=None)


class Vote(models.Model):
    """One STAR vote of one assembly, open from `opens_at` until `closes_at` (D7).

    `about_url` and `about` are what the room that opened it wants shown as the way back, and
    what it calls the thing being decided.
    """

    class Publication(models.TextChoices):
        FULL = "full", _("all ballots, from ten ballots on")
        MATRIX = "matrix", _("counts only, enough to recount")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assembly = models.ForeignKey("assemblies.Assembly", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(_("question"), max_length=200)
    about_url = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=12, default="star")
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    close_failed_at = models.DateTimeField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    scrubbed_at = models.DateTimeField(null=True, blank=True)
    publication = models.CharField(
        max_length=10, choices=Publication.choices, default=Publication.FULL
    )
    # The key that makes pseudonyms: half here, half in a file of KEY_DIR; destroyed after the
    # check window. `key_check` tells a wrong half without telling the key.
    key_share = models.BinaryField(max_length=32, null=True, editable=False)
    key_check = models.CharField(max_length=64, editable=False)
    # The lot (D4): the digest is on the record at the opening, the nonce is published at the close.
    nonce = models.BinaryField(max_length=32, editable=False)
    nonce_digest = models.CharField(max_length=64, editable=False)
    roll_digest = models.CharField(max_length=64, editable=False)
    roll_size = models.PositiveIntegerField(editable=False)
    result = models.JSONField(null=True, editable=False)
    ballots_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="vote_opens_before_it_closes",
                violation_error_message=_("A vote must open before it closes."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("closes_at")),
                name="vote_never_closes_early",  # D7
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(result__isnull=False),
                name="closed_vote_has_a_result",
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at"], condition=Q(closed_at=None), name="vote_to_close")
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("ballot", args=[self.pk])

    def is_open_at(self, at: datetime) -> bool:
        return (
            self.closed_at is None
            and self.voided_at is None
            and self.opens_at <= at < self.closes_at
        )

    def has_elector(self, person: uuid.UUID) -> bool:
        return self.electors.filter(person=person).exists()


class Option(models.Model):
    """One thing that can be scored, frozen when the vote opens.

    `place` is the option's index in every row of scores. `text` is shown on the ballot under the
    label; `stands_last` marks the option of D9, which every voter sees last.
    """

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(_("option"), max_length=200)
    text = models.TextField(blank=True)
    about_url = models.CharField(max_length=200, blank=True)
    stands_last = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["vote", "place"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "place"], name="one_option_per_place"),
            models.UniqueConstraint(fields=["vote", "label"], name="options_have_own_labels"),
        ]

    def __str__(self) -> str:
        return self.label


class Elector(models.Model):
    """One person on the roll of one vote, as of its opening (B7); no foreign key to a person.

    `participated` stays empty until the close fills it for all at once.
    """

    pk = models.CompositePrimaryKey("vote", "person")
    vote = models.ForeignKey(
        Vote, on_delete=models.CASCADE, related_name="electors", db_constraint=False
    )
    person = models.UUIDField()
    participated = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("elector")
        verbose_name_plural = _("electors")
        indexes = [models.Index(fields=["person"], name="elector_by_person")]


class Ballot(models.Model):
    """What somebody scored, under a pseudonym only the vote's key leads to. Nothing else."""

    pk = models.CompositePrimaryKey("vote", "pseudonym")
    vote = models.ForeignKey(
        Vote, on_delete=models.CASCADE, related_name="ballots", db_constraint=False
    )
    pseudonym = models.BinaryField(max_length=32)
    scores = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")


class PublishedBallot(models.Model):
    """One ballot as published at the close, under a random tracker nobody saw before."""

    pk = models.CompositePrimaryKey("vote", "tracker")
    vote = models.ForeignKey(
        Vote, on_delete=models.CASCADE, related_name="published", db_constraint=False
    )
    tracker = models.CharField(max_length=20)
    scores = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("published ballot")
        verbose_name_plural = _("published ballots")


class TrackerNote(models.Model):
    """Which published ballot came from which pseudonym; lives only in the check window."""

    pk = models.CompositePrimaryKey("vote", "pseudonym")
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    pseudonym = models.BinaryField(max_length=32)
    tracker = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("tracker note")
        verbose_name_plural = _("tracker notes")
