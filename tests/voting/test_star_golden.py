"""254 elections with official winners; source and licence in tests/data/README.md."""

import json
from pathlib import Path

import pytest

from voting import star

ELECTIONS = json.loads(
    (Path(__file__).parent.parent / "data" / "star-elections.json").read_text(encoding="utf-8")
)


def test_there_are_254_elections():
    assert len(ELECTIONS) == 254


@pytest.mark.parametrize("election", ELECTIONS, ids=lambda e: f"{e['name']}-{e['method']}")
def test_elects_the_official_winners_by_the_official_steps(election):
    counted = star.count(
        election["ballots"],
        election["options"],
        seats=election["seats"],
        method=election["method"],
        lot=election["lot"],
    )
    assert list(counted.winners) == election["winners"]
    assert [tie.step for turn in counted.rounds for tie in turn.ties] == election["ties"]
    assert counted.lot_used == election["needs_lot"]
