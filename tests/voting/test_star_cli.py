import io
import itertools
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from voting import ballot_files, lots, star

ROOT = Path(__file__).parent.parent.parent
HEADER = {"vote": "v-1", "options": ["Ada", "Ben, Jr.", "Cy"], "seats": 1, "method": "star"}


def published(*lines, **changes):
    return ballot_files.published_header(**(HEADER | changes)) + "".join(lines)


LINES = [
    ballot_files.published_line("aa11", "50-"),
    ballot_files.published_line("bb22", "450"),
    ballot_files.published_line("cc33", "305"),
]


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command line on a file of this content; gives status, out and err."""

    def run(content, *arguments):
        path = tmp_path / "ballots"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        try:
            status = star.main([str(path), *arguments])
        except SystemExit as stop:
            status = stop.code
        out, err = capsys.readouterr()
        return SimpleNamespace(status=status, out=out, err=err)

    return run


def result(done):
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_counts_the_published_file(run):
    counted = result(run(published(*LINES), "--json"))
    assert counted["options"] == HEADER["options"]
    assert (counted["ballots"], counted["totals"]) == (3, [12, 5, 5])
    assert counted["winners"] == ["Ada"]


def test_json_has_the_promised_fields(run):
    counted = result(run(published(*LINES), "--json"))
    assert counted == star.count(["50-", "450", "305"], HEADER["options"]).to_dict()
    promised = "method seats options ballots totals means histograms blanks preferred rounds"
    assert {*promised.split(), "winners", "lot", "lot_used"} <= set(counted)
    assert {"finalists", "runoff", "winner", "ties"} <= set(counted["rounds"][0])
    assert set(counted["rounds"][0]["runoff"]) == {"for", "no_preference"}
    assert {"step", "among", "numbers", "chosen"} <= set(counted["rounds"][0]["ties"][0])


def test_a_proportional_round_has_no_finalists_and_no_runoff(run):
    counted = result(run(published(*LINES, seats=2, method="proportional"), "--json"))
    assert counted["rounds"][0]["finalists"] is counted["rounds"][0]["runoff"] is None
    assert counted["rounds"][0]["allocation"]["quota"] == "3/2"


def test_the_published_nonce_draws_the_lot(run):
    nonce = b"n" * 32
    counted = result(run(published(*LINES, nonce=nonce), "--json"))
    assert counted["lot"] == list(lots.draw(nonce, ["50-", "450", "305"], HEADER["options"]))
    assert counted["lot_given"] is True


def test_a_published_file_without_ballots_has_no_result(run):
    done = run(published())
    assert done.status == 0
    assert "No result: there are no ballots." in done.out


@pytest.mark.parametrize(
    "content",
    [
        "Ada,Ben,Cy\n5,0,\n4,5,0\n",
        "\ufeffAda,Ben,Cy\r\n5,0,-\r\n4,5,0\r\n\r\n",
        "Tracker,Ada,Ben,Cy\nx1,5,0,\nx2,4,5,0",
        "Ada,Ben,Cy,Count\n5,0,,1\n4,5,0,1\n",
        "tracker,Ada,Ben,Cy,count\nx1,5,0,,1\nx2,4,5,0,1\n",
        "ballot_id,precinct,Ada,Ben,Cy\nb-1,,5,0,\nb-2,north,4,5,0",
        '"Ada",Ben,"Cy"\n"5",0,\n4,5,0\n',
    ],
)
def test_reads_each_kind_of_csv(run, content):
    counted = result(run(content, "--json"))
    assert counted == star.count(["50-", "450"], ["Ada", "Ben", "Cy"]).to_dict()


def test_a_count_column_stands_for_many_ballots(run):
    counted = result(run("Ada,Ben,count\n5,0,40000\n0,5,39999\n5,0,0\n", "--json"))
    assert (counted["ballots"], counted["totals"]) == (79_999, [200_000, 199_995])


def test_a_csv_of_one_option_loses_no_blank_line_in_silence(run):
    assert result(run("Ada\n5\n-\n", "--json"))["ballots"] == 2
    assert run("Ada\n5\n\n").status == 2


def test_several_seats_are_bloc_star_unless_said_otherwise(run):
    content = "Ada,Ben,Cy\n5,4,0\n5,4,0\n0,1,5\n"
    assert result(run(content, "--seats", "2", "--json"))["method"] == "bloc"
    asked = result(run(content, "--seats", "2", "--method", "proportional", "--json"))
    assert asked["method"] == "proportional"


def test_the_lot_can_be_given(run):
    content = 'Ada,"Ben, Jr."\n3,3\n'
    counted = result(run(content, "--lot", '"Ben, Jr.", Ada', "--json"))
    assert (counted["winners"], counted["lot_used"]) == (["Ben, Jr."], True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        (b"Ada,Ben\n5,\xff\n", "not UTF-8"),
        ("Ada,Ada\n5,5\n", "Two options are called “Ada”"),
        ("Ada,\n5,5\n", "Option 2 has no name"),
        ("count\n5\n", "no options"),
        ("Ada,Ben\n5,4\n5,6\n", "Ballot 2: “6” for “Ben”"),
        ("Ada,Ben\n5, 4\n", "Ballot 1: “ 4” for “Ben”"),
        ("Ada,Ben\n5,05\n", "Ballot 1: “05” for “Ben”"),
        ("Ada,Ben\n5,٣\n", "Ballot 1: “\\u0663” for “Ben”"),
        ("Ada,Ben\n5\n", "Ballot 1: no score for “Ben”"),
        ("Ada,Ben\n\n5,4\n", "Ballot 1: no score for “Ada”"),
        ("Ada,Ben\n5,4,3\n", "Ballot 1: its line goes on after “Ben”"),
        ("Ada,Ben,count\n5,4,x\n", "Ballot 1: its count “x”"),
        ("Ada,Ben,count\n5,4\n", "Ballot 1: its count “”"),
        ("Ada,Ben,count\n5,4,-1\n", "Ballot 1: its count “-1”"),
        ("Ada,Ben,count\n5,4,1" + "0" * 5000 + "\n", "Ballot 1: its count"),
        ("tracker,Ada\nx,5\nx,5\n", "Ballot 2: the tracker “x” stands twice"),
        ('Ada,Ben\n5,"4\n', "not CSV"),
        ("ballot_id,precinct,R!!Ada,S!!Ben\nb,,5,4\n", "several races"),
        ("{", "not the header"),
        ("x" * 200_000, "not CSV"),
        ('{"a":' * 100_000, "not the header"),
        ('{"harmony_ballots":2}\n', "Only version 1"),
        ('{"harmony_ballots":1}\n', "lacks its options"),
        ('{"harmony_ballots":1,"options":["A"],"seats":1,"nonce":5}\n', "“nonce” is not text"),
        (published("aa11 50-\n"), "Ballot 1: its line"),
        (published(LINES[0], "\n"), "Ballot 2: its line"),
        (published(LINES[0], LINES[0]), "Ballot 2: the tracker"),
        (published("aa11,50\n"), "Ballot 1: no score for “Cy”"),
        (published("aa11,50-\r\n"), "Ballot 1: 4 scores for 3 options"),
    ],
    ids=itertools.count(),
)
def test_bad_input_ends_with_exit_2_and_one_line(run, content, words):
    done = run(content)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("star: ")
    assert done.err.count("\n") == 1
    assert words in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--seats", "0"],
        ["--seats", "x"],
        ["--seats", "٣"],
        ["--seats", "-1"],
        ["--method", "irv"],
        ["--method", "star", "--seats", "2"],
        ["--lot", "Ada"],
        ["--lot", ""],
        ["--frobnicate"],
    ],
)
def test_bad_arguments_end_with_exit_2_and_one_line(run, arguments):
    done = run("Ada,Ben\n5,4\n", *arguments)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("path", ["nowhere/at-all.csv", ".", "a\0b"])
def test_a_file_that_cannot_be_read_ends_with_exit_2_and_one_line(path, capsys):
    with pytest.raises(SystemExit) as stop:
        star.main([path])
    assert stop.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_report_can_be_followed_by_hand(run):
    done = run("Ada,Ben,Cy\n5,1,2\n5,1,2\n5,3,0\n0,0,1\n")
    assert done.status == 0
    for line in (
        "STAR: 3 options, 1 seat, 4 ballots.",
        "Ada        15  3.75  3  0  0  0  0  1               0",
        "  To the runoff, by the highest totals: Ada (15) and Cy (5).",
        "  Ada is elected.",
        "It was not needed.",
        "Elected: Ada.",
    ):
        assert line in done.out
    assert "Tied on 5 points. Scored higher than the other, in ballots: Ben 1, Cy 3." in done.out
    assert "  Runoff: 3 for Ada and 1 for Cy; 0 scored them equally." in done.out


def test_the_report_says_when_a_lot_decided_and_that_none_was_given(run):
    done = run("Ada,Ben\n3,3\n")
    assert "The runoff is tied. Place in the lot: Ada 1, Ben 2. Ada goes through." in done.out
    assert "No lot was given; the options' own order stands in. It was used." in done.out


def test_the_report_of_a_proportional_count_gives_its_fractions(run):
    done = run("Ada,Ben,Cy\n5,4,0\n5,4,0\n0,4,5\n", "--seats", "2", "--method", "proportional")
    assert "Quota: 3/2 (≈ 1.5000)" in done.out
    assert "weight × score 4 for Ben: 3/2 (≈ 1.5000) of a weight of 3" in done.out
    assert "Elected: Ben and Ada." in done.out


def test_the_report_says_which_seats_stay_empty(run):
    assert "Of 3 seats, 1 cannot be filled." in run("Ada,Ben\n5,4\n", "--seats", "3").out


def test_a_name_cannot_steer_the_terminal(run):
    done = run("Ada\x1b[2J,Ben\n5,4\n")
    assert done.status == 0
    assert "\x1b" not in done.out


def test_counts_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Ada,Ben\n5,4\n")))
    assert star.main(["-"]) == 0
    assert "Elected: Ada." in capsys.readouterr().out


def test_it_is_a_command():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "voting.star", "-", "--json"],
        input=published(*LINES),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    assert json.loads(done.stdout)["winners"] == ["Ada"]
