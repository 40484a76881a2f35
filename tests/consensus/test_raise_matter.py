"""C1, C2, C15, C16: raising a matter."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assemblies.models import Limit
from consensus import services
from consensus.models import Matter, Phase
from record import services as record
from record.models import Entry
from tests.consensus.conftest import DAY, RAISED, SECOND
from tests.moments import T0

WORDS = {"trigger": "The lease ends.", "question": "Where should we meet?"}


def test_anyone_in_the_assembly_raises_a_matter(media, ben):
    matter = services.raise_matter(assembly=media, by=ben, at=RAISED, **WORDS)
    assert matter.phase_at(RAISED) == Phase.DISCUSSION
    assert (matter.raised_by, matter.raised_at) == (ben, RAISED)


def test_goes_on_the_record_with_the_actor_only_as_a_digest(media, ben):
    matter = services.raise_matter(assembly=media, by=ben, at=RAISED, **WORDS)
    entry = Entry.objects.about(f"matter:{matter.pk}").get()
    assert (entry.act, entry.assembly, entry.number) == ("matter.raise", "media", None)
    assert len(entry.actor_digest) == 64
    assert str(ben.pk) not in str(entry.facts)


def test_refuses_a_member_of_another_assembly(media, dan):
    with pytest.raises(PermissionDenied, match="Only people of this assembly"):
        services.raise_matter(assembly=media, by=dan, at=RAISED, **WORDS)
    assert not Matter.objects.exists()


def test_refuses_a_question_without_words(media, ben):
    with pytest.raises(ValidationError):
        services.raise_matter(assembly=media, by=ben, trigger="x", question="  ", at=RAISED)


def test_copies_the_limits_so_that_a_new_rule_moves_no_deadline(media, ben):
    matter = services.raise_matter(assembly=media, by=ben, at=RAISED, **WORDS)
    basis = record.enter("limit.change", subject="limit:debate_days", at=RAISED)
    Limit.objects.create(name="debate_days", value=9, since=RAISED + SECOND, basis=basis)
    matter.refresh_from_db()
    assert matter.debate_days == 2
    later = services.raise_matter(assembly=media, by=ben, at=RAISED + DAY, **WORDS)
    assert later.debate_days == 9


def test_a_matter_of_the_party_takes_the_partys_longer_vote(party, dan):
    matter = services.raise_matter(assembly=party, by=dan, at=RAISED, **WORDS)
    assert (matter.discussion_days, matter.vote_days) == (3, 7)


def test_ignores_a_given_moment_where_it_is_not_honoured(media, ben, settings):
    settings.HONOUR_GIVEN_MOMENTS = False
    matter = services.raise_matter(assembly=media, by=ben, at=T0, **WORDS)
    assert matter.raised_at > RAISED
