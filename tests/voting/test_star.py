import json
import random
import subprocess
import sys
import tracemalloc
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting import slow_star
from voting import star, tally
from voting.star import BallotError, Tally

ABC = ["Ada", "Ben", "Cy"]


def steps(counted):
    return [tie.step for turn in counted.rounds for tie in turn.ties]


# Ballots


def test_blank_counts_as_zero_and_apart():
    counted = star.count(["50-", (4, None, 1)], ABC)
    assert counted.totals == (9, 0, 1)
    assert counted.means == (4.5, 0.0, 0.5)
    assert counted.blanks == (0, 1, 1)
    assert counted.histograms == ((0, 0, 0, 0, 1, 1), (2, 0, 0, 0, 0, 0), (1, 1, 0, 0, 0, 0))
    assert counted.preferred == ((0, 2, 2), (0, 0, 0), (0, 1, 0))


def test_a_ballot_that_scores_all_the_same_counts():
    with_flat, without = star.count(["530", "333"], ABC), star.count(["530"], ABC)
    assert with_flat.ballots == without.ballots + 1
    assert with_flat.means[2] == 1.5
    assert with_flat.rounds[0].runoff.no_preference == without.rounds[0].runoff.no_preference + 1


@pytest.mark.parametrize(
    "mark", ["6", "9", "a", "٣", "５", "²", " ", "_", "+", "\n", "\0", "é", "\ud800", "−"]
)
def test_refuses_a_mark_that_is_no_score_and_names_ballot_and_option(mark):
    with pytest.raises(BallotError, match=r"Ballot 3: .*Ben") as caught:
        star.count(["500", "050", f"5{mark}0", "005"], ABC)
    assert (caught.value.ballot, caught.value.option) == (3, "Ben")


@pytest.mark.parametrize(
    "mark", [6, -1, True, 5.0, "5", "-", pytest.param(10**6000, id="huge"), [5], float("nan")]
)
def test_refuses_an_element_that_is_no_score(mark):
    with pytest.raises(BallotError, match=r"Ballot 2: .*Cy") as caught:
        star.count([(5, 0, None), (5, 0, mark)], ABC)
    assert caught.value.option == "Cy"


@pytest.mark.parametrize(("row", "option"), [("", "Ada"), ("50", "Cy"), ("5000", "Cy")])
def test_refuses_a_row_of_another_length(row, option):
    with pytest.raises(BallotError, match=rf"Ballot 2: .*{option}") as caught:
        star.count(["500", row], ABC)
    assert caught.value.option == option


def test_two_wrong_lengths_that_make_up_for_each_other_are_seen():
    with pytest.raises(BallotError, match="Ballot 1"):
        star.count(["50", "5000"], ABC)


@pytest.mark.parametrize("row", [None, 5, {5, 0, 1}, object()])
def test_refuses_what_is_no_row(row):
    with pytest.raises(BallotError, match=r"Ballot 1: .*not a row"):
        star.count([row], ABC)


def test_a_bad_ballot_far_down_is_named_by_its_number():
    rows = ["505"] * (tally.CHUNK + 5)
    rows[tally.CHUNK + 3] = "5x5"
    for method in star.METHODS:
        with pytest.raises(BallotError) as caught:
            star.count(iter(rows), ABC, method=method)
        assert caught.value.ballot == tally.CHUNK + 4


@pytest.mark.parametrize(
    ("options", "changes", "words"),
    [
        (["A", "A"], {}, "called “A”"),
        (["A", ""], {}, "Option 2 has no name"),
        (["A", "B"], {"seats": 0}, "one seat or more"),
        (["A", "B"], {"seats": True}, "one seat or more"),
        (["A", "B"], {"seats": 2}, "STAR fills one seat"),
        (["A", "B"], {"method": "irv"}, "no method"),
        (["A", "B"], {"lot": ["A"]}, "every option once"),
        (["A", "B"], {"lot": ["A", "A"]}, "every option once"),
        (["A", "B"], {"lot": []}, "every option once"),
    ],
)
def test_refuses_a_vote_that_makes_no_sense(options, changes, words):
    with pytest.raises(ValueError, match=words):
        star.count(["50"], options, **changes)


# One seat


@pytest.mark.parametrize("method", star.METHODS)
@pytest.mark.parametrize(("rows", "options"), [([], ABC), ([], []), (["", ""], []), ([], ["A"])])
def test_nobody_is_elected_out_of_nothing(rows, options, method):
    counted = star.count(rows, options, method=method)
    assert (counted.winners, counted.rounds, counted.lot_used) == ((), (), False)
    assert counted.ballots == len(rows)
    assert counted.means == (None,) * len(options)


def test_one_option_is_elected_without_a_runoff():
    counted = star.count(["0"], ["Ada"])
    assert counted.winners == ("Ada",)
    assert (counted.rounds[0].finalists, counted.rounds[0].runoff) == (("Ada",), None)


def test_two_options_are_both_finalists_and_the_runoff_decides_against_the_higher_total():
    counted = star.count(["51", "45", "45"], ["Ada", "Ben"])
    assert counted.totals == (13, 11)
    assert counted.rounds[0].finalists == ("Ada", "Ben")
    assert counted.rounds[0].runoff.preferring == {"Ada": 1, "Ben": 2}
    assert (counted.winners, steps(counted)) == (("Ben",), [])


def test_two_tied_for_first_advance_without_a_tie_break():
    counted = star.count(["541", "451", "550"], ABC)
    assert counted.rounds[0].finalists == ("Ada", "Ben")
    assert not any(step.startswith("score:") for step in steps(counted))


def test_two_tied_for_second_are_parted_head_to_head():
    counted = star.count(["512", "512", "531"], ABC, lot=["Ben", "Ada", "Cy"])
    assert counted.totals == (15, 5, 5)
    (tie,) = counted.rounds[0].ties
    assert (tie.step, tie.among, tie.places) == ("score:head_to_head", ("Ben", "Cy"), 1)
    assert (tie.numbers, tie.chosen, tie.left) == ({"Ben": 1, "Cy": 2}, ("Cy",), ())


def test_three_tied_for_one_place_are_parted_by_fives():
    options = ["Top", "Ada", "Ben", "Cy"]
    counted = star.count(["5500", "5023", "5032"], options, lot=options[::-1])
    assert counted.totals == (15, 5, 5, 5)
    assert steps(counted) == ["score:five_star"]
    assert counted.rounds[0].ties[0].numbers == {"Ada": 1, "Ben": 0, "Cy": 0}
    assert counted.rounds[0].finalists == ("Top", "Ada")


def test_fives_that_only_narrow_a_tie_leave_the_rest_to_the_lot_not_head_to_head():
    rows = ["5501", "5054", "5201", "5010", "5011"]
    counted = star.count(rows, ["Top", "Ada", "Ben", "Cy"], lot=["Cy", "Ada", "Ben", "Top"])
    assert counted.totals == (25, 7, 7, 7)
    assert counted.preferred[2][1] > counted.preferred[1][2]
    fives, lot = counted.rounds[0].ties
    assert (fives.step, fives.chosen, fives.left) == ("score:five_star", (), ("Ada", "Ben"))
    assert (lot.step, lot.among, lot.chosen) == ("score:lot", ("Ada", "Ben"), ("Ada",))
    assert lot.numbers == {"Ada": 2, "Ben": 3}


def test_of_three_tied_for_two_places_fives_take_one_and_the_lot_the_other():
    counted = star.count(["522", "033", "111"], ABC, lot=["Cy", "Ben", "Ada"])
    assert counted.totals == (6, 6, 6)
    fives, lot = counted.rounds[0].ties[:2]
    assert (fives.step, fives.chosen, fives.left) == ("score:five_star", ("Ada",), ("Ben", "Cy"))
    assert (lot.step, lot.places, lot.chosen) == ("score:lot", 1, ("Cy",))
    assert counted.rounds[0].finalists == ("Ada", "Cy")


@pytest.mark.parametrize(
    ("rows", "step", "winner"),
    [
        (["53", "01", "22"], "runoff:score", "Ada"),
        (["51", "04"], "runoff:five_star", "Ada"),
        (["32", "23"], "runoff:lot", "Ben"),
        (["00"], "runoff:lot", "Ben"),
    ],
)
def test_a_tied_runoff_goes_by_total_then_fives_then_the_lot(rows, step, winner):
    counted = star.count(rows, ["Ada", "Ben"], lot=["Ben", "Ada"])
    assert (steps(counted), counted.winners) == ([step], (winner,))
    assert counted.lot_used == (step == "runoff:lot")


def test_without_a_lot_the_order_of_the_options_stands_in_and_the_result_says_so():
    counted = star.count(["33"], ["Ben", "Ada"])
    assert (counted.winners, counted.lot, counted.lot_given) == (("Ben",), ("Ben", "Ada"), False)
    given = star.count(["33"], ["Ben", "Ada"], lot=["Ada", "Ben"])
    assert (given.winners, given.lot_given) == (("Ada",), True)


# Several seats


@pytest.mark.parametrize("method", ["bloc", "proportional"])
def test_more_seats_than_options_elects_all_in_order(method):
    counted = star.count(["135", "045"], ABC, seats=5, method=method)
    assert counted.winners == ("Cy", "Ben", "Ada")
    assert counted.seats == 5


def test_bloc_repeats_the_round_without_those_elected():
    rows = ["5410"] * 3 + ["0145"] * 2
    counted = star.count(rows, ["A", "B", "C", "D"], seats=2, method="bloc")
    assert counted.winners == ("A", "B")
    assert "A" not in counted.rounds[1].finalists


def test_bloc_of_one_seat_is_star():
    rows = ["531", "150", "235"]
    assert star.count(rows, ABC, method="bloc").rounds == star.count(rows, ABC).rounds


def test_proportional_spends_exact_fractions():
    counted = star.count(["540", "540", "045"], ABC, seats=2, method="proportional")
    first = counted.rounds[0].allocation
    assert counted.winners == ("Ben", "Ada")
    assert first.quota == Fraction(3, 2)
    assert first.sums == {"Ada": 10, "Ben": 12, "Cy": 5}
    assert [(g.worth, g.weight, g.spent) for g in first.groups] == [(4, 3, Fraction(3, 2))]
    assert counted.rounds[1].allocation.sums == {"Ada": 5, "Cy": Fraction(5, 2)}


def test_proportional_pays_whole_quotas_to_the_last_seat():
    rows = ["5000", "5500", "0050", "0051", "0000", "1234", "4321"]
    counted = star.count(rows, ["A", "B", "C", "D"], seats=3, method="proportional")
    for turn in counted.rounds:
        assert sum(group.spent for group in turn.allocation.groups) == Fraction(7, 3)


def test_proportional_cannot_be_counted_from_sums():
    with pytest.raises(ValueError, match="ballots themselves"):
        star.count_tally(Tally.of(["50"], ["A", "B"]), method="proportional")


# Tallies


def test_tallies_add_up_in_any_cut():
    rows = ["50-", "142", "333", "---", "005"]
    whole = Tally.of(rows, ABC)
    assert Tally.of(rows[:2], ABC) + Tally.of(rows[2:], ABC) == whole
    assert Tally.of_texts(["\n".join(rows[:3]), "", "\n".join(rows[3:]) + "\n"], ABC) == whole
    assert Tally.of_piles(dict.fromkeys(rows, 3), ABC) == whole.times(3) == whole + whole + whole
    assert star.count_tally(whole) == star.count(rows, ABC)


def test_tallies_of_other_options_do_not_add_up():
    with pytest.raises(ValueError, match="same options"):
        Tally.empty(ABC) + Tally.empty(ABC[::-1])


@pytest.mark.parametrize(
    "text", ["50-\n5x0", "50-\n50\n5000", "50-5\n00\n111", "50-\n5٣0", "50-\n\n500"]
)
def test_refuses_a_text_of_rows_with_a_bad_one(text):
    with pytest.raises(BallotError):
        Tally.of_texts(["505", text], ABC)


def test_a_bad_row_in_a_text_is_named_by_its_number_among_all():
    with pytest.raises(BallotError) as caught:
        Tally.of_texts(["505\n505", "50-\n5x0"], ABC)
    assert (caught.value.ballot, caught.value.option) == (4, "Ben")


@pytest.mark.parametrize("number", [1, 2, 3, tally.LANES - 1, tally.LANES + 1, tally.CHUNK + 7])
def test_every_size_of_chunk_adds_up_like_ballots_asked_one_by_one(number):
    rng = random.Random(number)
    rows = ["".join(rng.choices("012345-", k=3)) for _ in range(number)]
    scores = [[0 if mark == "-" else int(mark) for mark in row] for row in rows]
    whole = Tally.of(rows, ABC)
    assert Tally.of_texts(["\n".join(rows)], ABC) == whole
    assert whole.totals == tuple(sum(column) for column in zip(*scores, strict=True))
    assert whole.blanks == tuple(sum(row[i] == "-" for row in rows) for i in range(3))
    for i in range(3):
        assert sum(whole.histograms[i]) == number
        assert whole.histograms[i] == tuple(sum(s[i] == k for s in scores) for k in range(6))
        assert whole.preferred[i] == tuple(sum(s[i] > s[j] for s in scores) for j in range(3))


def test_a_long_stream_of_ballots_is_counted_in_constant_memory():
    def peak(number):
        tracemalloc.start()
        Tally.of(("5" + str(n % 6) + "-" for n in range(number)), ABC)
        _, high = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return high

    assert peak(4 * tally.CHUNK) < 1.2 * peak(2 * tally.CHUNK) < 64 * 2**20


# Against an independent counter, and properties


@pytest.mark.parametrize("method", star.METHODS)
def test_agrees_with_the_slow_counter_on_small_elections_full_of_ties(method):
    rng = random.Random(f"ties {method}")
    seen = set()
    for _ in range(2_500):
        options = list("ABCDEF"[: rng.randint(1, 6)])
        marks = rng.choice(["05", "012345-", "45", "0235"])
        rows = ["".join(rng.choices(marks, k=len(options))) for _ in range(rng.randint(0, 7))]
        seats = 1 if method == "star" else rng.randint(1, 4)
        lot = rng.sample(options, len(options))
        winners, pairs, breaks = slow_star.elect(rows, options, seats, method, lot)
        counted = star.count(rows, options, seats=seats, method=method, lot=lot)
        assert list(counted.winners) == winners, (rows, options, seats, lot)
        assert steps(counted) == breaks, (rows, options, seats, lot)
        assert [t.finalists and set(t.finalists) for t in counted.rounds] == pairs
        seen.update(breaks)
    assert seen == ({"pr:lot"} if method == "proportional" else ALL_STEPS)


ALL_STEPS = {
    "score:head_to_head",
    "score:five_star",
    "score:lot",
    "runoff:score",
    "runoff:five_star",
    "runoff:lot",
}

elections = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.text("012345-", min_size=n, max_size=n), min_size=1, max_size=12)
)


@given(elections, st.sampled_from(star.METHODS), st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_does_not_matter(rows, method, rng):
    options = list("ABCDE"[: len(rows[0])])
    shuffled = rng.sample(rows, len(rows))
    assert star.count(rows, options, method=method) == star.count(shuffled, options, method=method)


@given(elections, st.sampled_from(star.METHODS), st.randoms(use_true_random=False))
def test_the_order_of_the_options_does_not_matter_under_one_lot(rows, method, rng):
    options = list("ABCDE"[: len(rows[0])])
    order = rng.sample(range(len(options)), len(options))
    turned = star.count(
        ["".join(row[i] for i in order) for row in rows],
        [options[i] for i in order],
        method=method,
        lot=options,
    )
    assert turned.winners == star.count(rows, options, method=method, lot=options).winners


@given(elections, st.sampled_from(star.METHODS), st.integers(2, 4))
def test_every_ballot_cast_several_times_over_changes_no_winner(rows, method, times):
    options = list("ABCDE"[: len(rows[0])])
    once, often = (star.count(r, options, method=method) for r in (rows, rows * times))
    assert once.winners == often.winners


@given(elections, st.integers(1, 5), st.sampled_from(["bloc", "proportional"]))
def test_each_seat_goes_to_another_and_all_is_reported(rows, seats, method):
    options = list("ABCDE"[: len(rows[0])])
    counted = star.count(rows, options, seats=seats, method=method)
    assert len(set(counted.winners)) == len(counted.winners) == min(seats, len(options))
    assert json.loads(counted.to_json()) == counted.to_dict()
    for turn in counted.rounds:
        for tie in turn.ties:
            assert set(tie.numbers) == set(tie.among)
            assert set(tie.chosen) | set(tie.left) <= set(tie.among)
            assert set(tie.chosen) | set(tie.left)


def test_it_runs_alone_without_django():
    root = Path(__file__).parent.parent.parent
    code = (
        "import sys; sys.modules['django'] = None; from voting import star, lots, spirit; "
        "print(star.count(['50', '51', '05'], ['A', 'B']).winners[0])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(root)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "A\n"
