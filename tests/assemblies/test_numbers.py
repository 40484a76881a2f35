"""Membership numbers and their check digit."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies import numbers

drawn = st.integers(1_000_000, 9_999_999).map(lambda n: f"{n}{numbers.check_digit(str(n))}")


def test_its_examples_run():
    assert doctest.testmod(numbers).failed == 0


def test_draws_eight_digits_that_check():
    for _ in range(200):
        assert numbers.clean(numbers.draw())


@given(drawn)
def test_is_read_as_people_type_it(number):
    assert numbers.clean(f" {number[:4]} - {number[4:]} ") == number
    assert numbers.clean(numbers.shown(number)) == number


@given(drawn, st.integers(0, 7), st.integers(1, 9))
def test_finds_every_single_wrong_digit(number, place, by):
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    with pytest.raises(ValueError, match="last digit"):
        numbers.clean(wrong)


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "1234567a", "１２３４５６７４"])
def test_refuses_what_is_no_number(typed):
    with pytest.raises(ValueError, match="eight digits"):
        numbers.clean(typed)
