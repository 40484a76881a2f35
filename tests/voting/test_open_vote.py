"""Opening: options, roll, key and seed, each fixed at the moment the vote opens (B7)."""

import hashlib
import os
import stat
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from record.models import Entry
from tests.factories import AffiliationFactory, AssemblyFactory, MembershipFactory, PersonFactory
from tests.moments import DAY, NOON, SECOND
from tests.voting.votes import LABELS, LEAVE, open_a_vote, options_of
from voting import keys, lots
from voting.models import Elector, Option, Vote
from voting.services import NewOption, open_vote

pytestmark = pytest.mark.django_db


def roll_of(vote):
    return set(Elector.objects.filter(vote=vote).values_list("person", flat=True))


def test_freezes_the_options_in_their_order(media):
    vote = open_a_vote(media, NOON)
    told = Option.objects.filter(vote=vote).values_list("place", "label", "stands_last")
    assert list(told) == [(i, label, label == LEAVE) for i, label in enumerate(LABELS)]


def test_the_roll_is_whoever_was_in_the_assembly_at_the_opening(media, ada, ben, dan):
    late, gone = PersonFactory(name="Late"), PersonFactory(name="Gone")
    MembershipFactory(person=late, assembly=media, since=NOON + SECOND)
    MembershipFactory(person=gone, assembly=media, until=NOON)
    vote = open_a_vote(media, NOON)
    assert roll_of(vote) == {ada.pk, ben.pk}
    assert vote.roll_size == 2
    assert set(Elector.objects.values_list("participated", flat=True)) == {None}


def test_the_roll_is_that_of_the_announced_moment_when_opened_late(media, ada):
    MembershipFactory(person=PersonFactory(), assembly=media, since=NOON + SECOND)
    vote = open_vote(
        assembly=media,
        question="Where?",
        options=options_of(),
        opens_at=NOON,
        closes_at=NOON + DAY,
        at=NOON + timedelta(minutes=30),
    )
    assert roll_of(vote) == {ada.pk}


def test_a_committee_has_each_member_of_its_groups_once(media, ada, ben):
    other = AssemblyFactory()
    committee = AffiliationFactory(group=media).committee
    AffiliationFactory(group=other, committee=committee)
    MembershipFactory(person=ada, assembly=other)
    assert roll_of(open_a_vote(committee, NOON)) == {ada.pk, ben.pk}


def test_those_who_have_not_belonged_long_enough_are_left_out(media, ada):
    day_short, just = PersonFactory(), PersonFactory()
    MembershipFactory(person=day_short, assembly=media, since=NOON - 10 * DAY + SECOND)
    MembershipFactory(person=just, assembly=media, since=NOON - 10 * DAY)
    assert roll_of(open_a_vote(media, NOON, belonged_days=10)) == {ada.pk, just.pk}


def test_whoever_left_the_party_is_on_no_roll(media, ada, ben):
    ben.memberships.filter(assembly__kind="party").update(until=NOON)
    assert roll_of(open_a_vote(media, NOON)) == {ada.pk}


def test_the_record_says_what_was_fixed(media, ada, ben):
    vote = open_a_vote(media, NOON)
    people = sorted([ada.pk, ben.pk])
    facts = Entry.objects.get(subject=f"vote:{vote.pk}", act="vote.open").facts
    assert facts["roll_digest"] == hashlib.sha256(people[0].bytes + people[1].bytes).hexdigest()
    assert facts["nonce_digest"] == lots.digest_of(bytes(vote.nonce))
    assert facts["options"] == list(LABELS)
    assert bytes(vote.nonce).hex() not in str(facts)


def test_the_file_share_is_only_for_the_server(media, ada):
    path = keys.file_of(open_a_vote(media, NOON).pk)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) == 32
    assert not [name for name in os.listdir(path.parent) if name.startswith(".")]


def test_the_file_share_is_on_disk_before_the_row_is_written(media, ada):
    pk = uuid.uuid4()
    with pytest.raises(ValidationError), transaction.atomic():
        open_a_vote(media, NOON, pk=pk, lasts=-DAY)
    assert keys.file_of(pk).exists()
    assert not Vote.objects.exists()


def test_adopts_the_file_share_of_an_opening_that_never_committed(media, ada):
    pk = uuid.uuid4()
    orphan = keys.make_file_share(pk)
    vote = open_a_vote(media, NOON, pk=pk)
    assert keys.file_of(pk).read_bytes() == orphan
    assert keys.key_of(vote) == keys.derive(pk, vote.key_share, orphan)


def test_a_second_opening_hits_the_primary_key_and_changes_nothing(media, ada):
    pk = uuid.uuid4()
    first = open_a_vote(media, NOON, pk=pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        open_a_vote(media, NOON, pk=pk)
    vote = Vote.objects.get(pk=pk)
    assert keys.key_of(vote) == keys.key_of(first)
    assert (Elector.objects.count(), Option.objects.count()) == (1, len(LABELS))


@pytest.mark.parametrize("labels", [[], ["A", "A"], [f"Option {n}" for n in range(101)], [""]])
def test_refuses_options_nobody_could_score(media, ada, labels):
    with pytest.raises(ValidationError):
        open_a_vote(media, NOON, labels=labels)
    assert not Vote.objects.exists()


def test_refuses_to_open_a_second_before_its_moment(media, ada):
    with pytest.raises(ValidationError, match="before its moment"):
        open_vote(
            assembly=media,
            question="Where?",
            options=[NewOption(label="A"), NewOption(label="B")],
            opens_at=NOON,
            closes_at=NOON + DAY,
            at=NOON - SECOND,
        )
