import hashlib
from collections import Counter

import pytest

from voting import lots

NONCE = bytes(range(32))
ROWS = ["50-", "000", "50-", "123"]
OPTIONS = ["Ada", "Bé", "Cy"]
FROZEN_LOT = ("Ada", "Cy", "Bé")


def test_the_lot_is_drawn_from_the_documented_bytes():
    rows = hashlib.sha256(b"000\n123\n50-\n50-\n").digest()
    tickets = {
        name: hashlib.sha256(NONCE + rows + name.encode("utf-8")).hexdigest() for name in OPTIONS
    }
    assert lots.draw(NONCE, ROWS, OPTIONS) == tuple(sorted(OPTIONS, key=tickets.__getitem__))


def test_the_lot_stays_as_it_was_when_this_was_written():
    assert lots.draw(NONCE, ROWS, OPTIONS) == FROZEN_LOT


def test_the_order_of_rows_and_of_options_does_not_matter():
    assert lots.draw(NONCE, ROWS, OPTIONS) == lots.draw(NONCE, reversed(ROWS), OPTIONS[::-1])


def test_one_repeated_ballot_more_is_another_digest():
    assert lots.rows_digest(sorted(ROWS)) != lots.rows_digest(sorted([*ROWS, "50-"]))


def test_the_digest_of_no_rows_is_that_of_nothing():
    assert lots.rows_digest([]) == hashlib.sha256(b"").digest()


def test_a_digest_made_beforehand_draws_the_same_lot():
    digest = lots.rows_digest(iter(sorted(ROWS)))
    assert lots.draw_from_digest(NONCE, digest, OPTIONS) == lots.draw(NONCE, ROWS, OPTIONS)


def test_refuses_rows_that_are_not_sorted():
    with pytest.raises(ValueError, match="sorted"):
        lots.rows_digest(ROWS)


def test_refuses_two_options_of_one_name():
    with pytest.raises(ValueError, match="name of its own"):
        lots.draw(NONCE, ROWS, ["Ada", "Ada"])


def test_the_digest_on_the_record_is_sha256_of_the_nonce_in_hex():
    assert lots.digest_of(b"abc") == hashlib.sha256(b"abc").hexdigest()


def test_nonces_are_32_bytes_and_never_the_same():
    assert len(lots.new_nonce()) == 32
    assert lots.new_nonce() != lots.new_nonce()


def test_every_option_is_drawn_first_about_as_often():
    firsts = Counter(lots.draw(bytes([i, i]), ROWS, OPTIONS)[0] for i in range(256))
    assert set(firsts) == set(OPTIONS)
    assert min(firsts.values()) > 50
