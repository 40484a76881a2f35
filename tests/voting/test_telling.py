"""Every way a result can come about, in words."""

from django.utils.html import strip_tags

from voting import star, telling
from voting.publication import Extent, publishable

NAMES = ["Ada", "Ben", "Cy"]


def result_of(rows, options=None, lot=None):
    counted = star.count(rows, options or NAMES[: len(rows[0])], lot=lot).to_dict()
    told = {"extent": Extent.BALLOTS, "spirit": [], "nonce": "", "roll": len(rows)}
    return publishable(counted | told)


def outcome(result):
    return [strip_tags(sentence) for sentence in telling.outcome(result)]


def ties(result):
    return [strip_tags(sentence) for sentence in telling.ties(result)]


def test_names_are_strong_and_escaped():
    told = telling.outcome(result_of(["50", "50"], ["Leave things as they are", "<i>Move</i>."]))
    assert told[:2] == [
        "<b>Leave things as they are</b> is carried.",
        (
            "<b>Leave things as they are</b> and <b>&lt;i&gt;Move&lt;/i&gt;</b> "
            "had the two highest totals."
        ),
    ]


def test_a_lone_option():
    assert outcome(result_of(["5"])) == ["Ada is carried.", "There was no other option."]


def test_nobody_preferred_one_to_the_other():
    told = outcome(result_of(["55", "55"]))
    assert told[2] == "No member preferred one to the other."


def test_no_equal_scores_are_not_mentioned():
    told = outcome(result_of(["50", "50", "05"]))
    assert told[2] == "2 of the 3 members who preferred one to the other preferred Ada."


def test_a_level_runoff_is_decided_by_the_total():
    told = outcome(result_of(["50", "01"]))
    assert told[3] == (
        "As many members preferred one as the other; Ada had the higher total (Ada 5, Ben 1)."
    )


def test_a_level_runoff_with_level_totals_is_decided_by_fives():
    told = outcome(result_of(["50", "10", "03", "03"]))
    assert told[3].endswith("Ada had more fives (Ada 1, Ben 0).")


def test_a_tie_for_second_place_is_told_by_who_is_scored_above_whom():
    assert ties(result_of(["550", "501", "504"])) == [
        (
            "Ben and Cy tied on 5 points; more members scored Cy above Ben (2 to 1), "
            "so Cy went to the runoff."
        )
    ]


def test_a_tie_for_second_place_by_fives():
    assert ties(result_of(["550", "510", "503", "503"])) == [
        "Ben and Cy tied on 6 points; fives were counted: Ben 1, Cy 0. To the runoff: Ben."
    ]


def test_three_level_options_are_told_by_fives_and_the_lot():
    told = ties(result_of(["500", "050", "005"], lot=["Cy", "Ada", "Ben"]))
    assert told[0] == (
        "Ada, Ben and Cy were level on every count. The lot was drawn from a seed fixed before "
        "anyone could know it, and fell on Cy and Ada: see the draw."
    )


def test_options_come_with_the_carried_one_first_where_totals_are_level():
    told = telling.options(result_of(["05", "50"], lot=["Ben", "Ada"]))
    assert [(option.label, option.finalist) for option in told] == [("Ben", 1), ("Ada", 2)]


def test_the_head_to_head_table_has_letters_and_an_empty_diagonal():
    told = telling.head_to_head(result_of(["50", "50", "05"]))
    assert [(row.short, row.label, row.cells) for row in told] == [
        ("A", "Ada", [None, 2]),
        ("B", "Ben", [1, None]),
    ]


def test_the_option_that_is_nobodys_proposal_has_no_letter():
    result = result_of(["50", "50"], ["Ada", "Leave things as they are"])
    told = telling.head_to_head(result, last={"Leave things as they are"})
    assert [(row.short, row.has_letter) for row in told] == [("A", True), ("Leave", False)]


def test_letters_go_on_after_z():
    options = [f"Option {n}" for n in range(28)]
    told = telling.head_to_head(result_of(["5" * 28], options))
    assert [row.short for row in told[24:]] == ["Y", "Z", "AA", "AB"]
