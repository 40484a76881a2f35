"""Joining and leaving while a vote opens: the roll is who was in the assembly then (B7)."""

import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from assemblies.services import join_assembly, leave_assembly
from commons import clock
from tests.factories import PersonFactory
from tests.voting.beside import at_once
from tests.voting.votes import open_a_vote, people_in
from voting.models import Elector, Vote

pytestmark = pytest.mark.django_db(transaction=True)

AN_HOUR = timedelta(hours=1)


def roll_of(vote):
    return set(Elector.objects.filter(vote=vote).values_list("person", flat=True))


def people_then(vote):
    return set(vote.assembly.people_at(vote.opens_at).values_list("pk", flat=True))


def open_now(assembly):
    return open_a_vote(assembly, clock.now(), lasts=AN_HOUR)


def commit_late(act, **how):
    with transaction.atomic():
        act(**how)
        time.sleep(0.6)


def a_little_later(act, *what):
    time.sleep(0.3)
    return act(*what)


def test_a_join_not_yet_committed_when_the_vote_opens_is_on_the_roll(media, ada, dan):
    join = partial(commit_late, join_assembly, assembly=media, by=dan)
    _joined, vote = at_once([join, partial(a_little_later, open_now, media)], threads=2)
    assert roll_of(vote) == people_then(vote) == {ada.pk, dan.pk}


def test_a_leave_not_yet_committed_when_the_vote_opens_is_off_the_roll(media, ada, ben):
    leave = partial(commit_late, leave_assembly, assembly=media, by=ben)
    _left, vote = at_once([leave, partial(a_little_later, open_now, media)], threads=2)
    assert roll_of(vote) == people_then(vote) == {ada.pk}


def test_a_join_that_waited_behind_the_opening_is_later_than_it(media, ada, dan):
    def open_and_commit_late():
        with transaction.atomic():
            vote = open_now(media)
            time.sleep(0.6)
            return vote, clock.now()

    def join():
        return join_assembly(assembly=media, by=dan)

    (vote, end), membership = at_once([open_and_commit_late, partial(a_little_later, join)], 2)
    assert membership.since > end
    assert roll_of(vote) == people_then(vote) == {ada.pk}


def test_joins_and_leaves_at_the_very_moments_of_openings_agree_with_every_roll(media, ada):
    leaving = people_in(media, 20)
    joining = [PersonFactory() for _ in range(20)]
    jobs = [partial(leave_assembly, assembly=media, by=person) for person in leaving]
    jobs += [partial(join_assembly, assembly=media, by=person) for person in joining]
    for place in range(4, len(jobs), 8):
        jobs.insert(place, partial(open_now, media))
    answers = at_once(jobs, threads=8)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    votes = list(Vote.objects.all())
    assert len(votes) == 5
    assert [roll_of(vote) for vote in votes] == [people_then(vote) for vote in votes]
