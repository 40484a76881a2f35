"""Opening a vote: its options freeze, its roll is copied, its key and its lot's seed are made."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, UUIDField, Value
from django.utils.translation import gettext as _

from assemblies.models import Assembly
from assemblies.models.person import PersonQuerySet
from assemblies.services import hold_belonging
from commons import clock
from record.services import enter
from voting import keys, lots
from voting.models import Elector, Option, Vote

MOST_OPTIONS = 100  # a row of scores is as long


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOption:
    """One thing to score; `stands_last` marks the option of D9."""

    label: str
    text: str = ""
    about_url: str = ""
    stands_last: bool = False


@transaction.atomic
def open_vote(
    *,
    assembly: Assembly,
    question: str,
    options: Sequence[NewOption],
    opens_at: datetime,
    closes_at: datetime,
    about_url: str = "",
    belonged_days: int = 0,
    publication: str = Vote.Publication.FULL,
    pk: uuid.UUID | None = None,
    at: datetime | None = None,
) -> Vote:
    """Open a vote of `assembly` with the roll as of `opens_at` (B7), and return it.

    Give a `pk` made from what the vote is about (a uuid5), so that two workers opening the same
    vote meet on the primary key: the second gets IntegrityError, having changed nothing, and one
    roll and one key remain. A key file left by an opening that never committed is adopted.

    ValidationError for options that are none, too many or named alike, and for a vote whose moment
    has not come or whose end is not after its beginning.
    """
    at = clock.settle(at)
    _check(options, opens_at, at)
    vote = Vote(
        pk=pk or uuid.uuid4(),
        assembly=assembly,
        question=question,
        about_url=about_url,
        opens_at=opens_at,
        closes_at=closes_at,
        publication=publication,
        roll_size=0,
    )
    _arm(vote)
    # A second opening is the primary key's to refuse; the roll is not copied yet.
    vote.full_clean(exclude=["roll_digest"], validate_unique=False)
    vote.save(force_insert=True)
    _freeze(vote, options)
    _copy_roll(vote, _entitled(assembly, opens_at, belonged_days))
    _enter(vote, options, belonged_days, at)
    return vote


def _check(options: Sequence[NewOption], opens_at: datetime, at: datetime) -> None:
    labels = [option.label for option in options]
    if not 0 < len(labels) <= MOST_OPTIONS:
        raise ValidationError(_("A vote has between one option and a hundred."))
    if len(set(labels)) < len(labels):
        raise ValidationError(_("Two options have the same name."))
    if opens_at > at:  # B7: nobody knows yet who will be on the roll
        raise ValidationError(_("A vote cannot open before its moment."))


def _arm(vote: Vote) -> None:
    """Make the key's two shares, the file's first and synced, and the seed of the lot (D4)."""
    vote.key_share = keys.new_share()
    key = keys.derive(vote.pk, vote.key_share, keys.make_file_share(vote.pk))
    vote.key_check = keys.check_of(key, vote.pk)
    vote.nonce = lots.new_nonce()
    vote.nonce_digest = lots.digest_of(vote.nonce)


def _freeze(vote: Vote, options: Sequence[NewOption]) -> None:
    rows = [
        Option(
            vote=vote,
            place=place,
            label=option.label,
            text=option.text,
            about_url=option.about_url,
            stands_last=option.stands_last,
        )
        for place, option in enumerate(options)
    ]
    for row in rows:
        row.clean_fields(exclude=["vote"])
    Option.objects.bulk_create(rows)


def _entitled(assembly: Assembly, opens_at: datetime, belonged_days: int) -> PersonQuerySet:
    """Everybody in the assembly at that moment who had belonged long enough by then (B7)."""
    people = assembly.people_at(opens_at)
    if not belonged_days:
        return people
    since = opens_at - timedelta(days=belonged_days)
    belonged = assembly.memberships_at(opens_at).filter(person=OuterRef("pk"), since__lte=since)
    return people.filter(Exists(belonged))


def _copy_roll(vote: Vote, people: PersonQuerySet) -> None:
    """Copy the roll in one statement, in the order of the uuids, and keep its digest."""
    hold_belonging()  # B7: who joined by the opening is in it, be it not yet committed
    this_vote = Value(vote.pk, output_field=UUIDField())
    rows = people.annotate(_vote=this_vote, _person=F("pk")).values_list("_vote", "_person")
    select, parameters = rows.order_by("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        # The inner statement is the ORM's own; its values stay parameters.
        cursor.execute(
            f"INSERT INTO voting_elector (vote_id, person) {select}",
            parameters,
        )
    vote.roll_digest, vote.roll_size = roll_digest_of(vote)
    vote.save(update_fields=["roll_digest", "roll_size"])


def roll_digest_of(vote: Vote) -> tuple[str, int]:
    """Return the SHA-256, in hex, of the roll's uuids (16 bytes each, ascending), and its size."""
    digest, size = hashlib.sha256(), 0
    people = Elector.objects.filter(vote=vote).order_by("person").values_list("person", flat=True)
    for person in people.iterator(chunk_size=10_000):
        digest.update(person.bytes)
        size += 1
    return digest.hexdigest(), size


def _enter(vote: Vote, options: Sequence[NewOption], belonged_days: int, at: datetime) -> None:
    enter(
        "vote.open",
        subject=f"vote:{vote.pk}",
        at=at,
        assembly=vote.assembly.slug,
        question=vote.question,
        options=[option.label for option in options],
        opens_at=vote.opens_at.isoformat(),
        closes_at=vote.closes_at.isoformat(),
        publication=str(vote.publication),
        belonged_days=belonged_days,
        roll_size=vote.roll_size,
        roll_digest=vote.roll_digest,
        nonce_digest=vote.nonce_digest,
    )
