"""A close holds few ballots in memory at once, however many there are."""

import sys

import pytest

from benchmarks.close import _timed
from benchmarks.party import fill, open_a_vote
from voting.services import close_vote

pytestmark = pytest.mark.django_db


@pytest.mark.postgres
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_close_of_a_hundred_thousand_ballots_grows_by_16_megabytes_at_most(party):
    vote = open_a_vote(party, is_over=True)
    fill(vote, 100_000)
    _seconds, grown = _timed(lambda: close_vote(vote=vote))
    vote.refresh_from_db()
    assert vote.result["ballots"] == 100_000
    assert grown <= 16
