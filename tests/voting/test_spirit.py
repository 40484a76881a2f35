import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.spirit import Spirit, agreement

histograms = st.lists(st.integers(0, 1000), min_size=6, max_size=6)
SPLIT = "split: 56\N{NARROW NO-BREAK SPACE}% gave 4 or 5, 44\N{NARROW NO-BREAK SPACE}% gave 0 or 1"


def test_agreement_gives_van_der_eijks_own_check_value():
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113, abs=0.00005)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 0, 9, 0, 0, 0], 1.0),
        ([7, 7, 7, 7, 7, 7], 0.0),
        ([5, 0, 0, 0, 0, 5], -1.0),
        ([0, 0, 0, 0, 4, 4], 0.8),
        ([0, 0, 0, 0, 0, 0], 0.0),
        ([3], 1.0),
        ([3, 3], 0.0),
    ],
)
def test_agreement_at_its_landmarks(counts, expected):
    assert agreement(counts) == pytest.approx(expected)


@pytest.mark.parametrize("counts", [[], [1, -1, 0]])
def test_agreement_refuses_what_is_no_count(counts):
    with pytest.raises(ValueError, match="one count"):
        agreement(counts)


@given(histograms)
def test_agreement_stays_between_minus_one_and_one_and_reads_the_same_backwards(counts):
    assert -1 - 1e-9 <= agreement(counts) <= 1 + 1e-9
    assert agreement(counts) == pytest.approx(agreement(counts[::-1]))
    assert agreement(counts) == pytest.approx(agreement([3 * n for n in counts]))


@pytest.mark.parametrize(
    ("histogram", "key", "carried", "not_carried"),
    [
        (
            [0, 0, 0, 0, 4, 6],
            "keen",
            "keen, and largely of one mind",
            "scored high, with little disagreement",
        ),
        (
            [0, 0, 0, 10, 0, 0],
            "accepted",
            "accepted, few strongly for or against",
            "found acceptable, few strongly for or against",
        ),
        (
            [5, 5, 0, 0, 0, 0],
            "cool",
            "carried without much warmth",
            "scored low, with little disagreement",
        ),
        (
            [3, 1, 0, 0, 1, 4],
            "split",
            SPLIT,
            SPLIT,
        ),
        ([1, 1, 1, 1, 1, 1], "spread", "a wide spread of views", "a wide spread of views"),
        ([0, 0, 0, 0, 0, 0], "silent", "nobody voted", "nobody voted"),
    ],
)
def test_each_spirit_has_its_words_carried_or_not(histogram, key, carried, not_carried):
    assert Spirit.of(histogram, carried=True).key == key
    assert Spirit.of(histogram, carried=True).words == carried
    assert Spirit.of(histogram, carried=False).words == not_carried


def test_an_option_just_keen_enough_is_keen():
    assert Spirit.of([0, 0, 0, 5, 5, 0], carried=True).key == "keen"  # mean 3.5, E = .70
    assert Spirit.of([0, 0, 0, 51, 49, 0], carried=True).key == "accepted"


def test_the_shares_are_of_all_ballots():
    spirit = Spirit.of([1, 1, 2, 0, 3, 1], carried=True)
    assert (spirit.ballots, spirit.mean, spirit.keen, spirit.cold) == (8, 2.75, 0.5, 0.25)


def test_refuses_a_histogram_of_another_scale():
    with pytest.raises(ValueError, match="six counts"):
        Spirit.of([1, 2, 3], carried=True)


@given(histograms, st.booleans())
def test_every_histogram_has_words(counts, carried):
    assert "{" not in Spirit.of(counts, carried=carried).words
