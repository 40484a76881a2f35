"""How many have voted: told only where it points at nobody."""

import pytest

from tests.moments import NOON
from tests.voting.votes import cast_all, closed_vote, open_a_vote, people_in
from voting.services import turnout

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("cast", "told"), [(0, None), (9, None), (10, 10)])
def test_while_the_vote_is_open(cast, told, media):
    vote = open_a_vote_with(media, cast)
    assert turnout(vote) == told


@pytest.mark.parametrize(("cast", "told"), [(0, 0), (1, None), (2, None), (3, 3)])
def test_once_it_is_closed(cast, told, media):
    assert turnout(closed_vote(media, NOON, ["5-10"] * cast)) == told


def open_a_vote_with(media, cast):
    people = people_in(media, cast)
    vote = open_a_vote(media, NOON)
    cast_all(vote, people, ["5-10"] * cast)
    return vote
