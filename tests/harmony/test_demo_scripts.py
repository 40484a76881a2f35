"""The scripts from which the demo's stories are read."""

from datetime import timedelta
from itertools import pairwise

import pytest

from harmony.demo.people import EVERYBODY
from harmony.demo.scripts import When, all_stories, stories_in

SCRIPT = """
# Which kettle do we buy?

## -9 10:15 ada raises
It broke.
On Tuesday.

It matters,
rather.

## +1 12:00 ben proposes A copper one
It lasts:
1. in hard
water
2. in soft

## +4 09:00 ada calls debate +5, vote +8, close +12 20:00
## ballots 2×50 1×5-
"""


def test_a_script_reads_as_a_story():
    (story,) = stories_in(SCRIPT, "media-working-group")
    assert (story.assembly, story.question) == ("media-working-group", "Which kettle do we buy?")
    raising, proposing, calling = story.acts
    assert (raising.when, raising.by, raising.verb) == (When(-9, "10:15"), "ada", "raises")
    assert raising.text == "It broke. On Tuesday.\n\nIt matters, rather."
    assert proposing.object == "A copper one"
    assert proposing.text == "It lasts:\n1. in hard water\n2. in soft"
    assert calling.times == [When(5, "18:00"), When(8, "18:00"), When(12, "20:00")]
    assert story.ballots == ("50", "50", "5-")


@pytest.mark.parametrize("line", ["## soon ben says", "## +1 ben says", "## +1 12:00 ben"])
def test_a_line_that_says_nothing_known_is_refused_with_its_words(line):
    with pytest.raises(ValueError, match=line.removeprefix("## ").replace("+", r"\+")):
        list(stories_in(f"{SCRIPT}\n{line}\n", "party"))


def test_no_two_texts_of_the_demo_are_alike():
    acts = [act for story in all_stories() for act in story.acts]
    texts = [act.text for act in acts if act.text]
    assert len(texts) > 300
    assert len(set(texts)) == len(texts)
    assert {act.by for act in acts} <= {somebody.key for somebody in EVERYBODY} | {"nobody"}


def test_calls_keep_the_limits_where_clocks_go_forward_an_hour():
    spring = timedelta(hours=1)
    for story in all_stories():
        for act in (act for act in story.acts if act.verb == "calls" and act.times):
            moments = [_hours(story.acts[0].when, 0), *(_hours(when) for when in act.times)]
            lengths = [later - earlier - spring for earlier, later in pairwise(moments)]
            days = 7 if story.assembly == "party" else 3
            for length, least in zip(lengths, (3, 2, days), strict=True):
                assert length >= timedelta(days=least), story.question


def _hours(when: When, days: int | None = None) -> timedelta:
    hours, minutes = map(int, when.hour.split(":"))
    return timedelta(days=when.days if days is None else days, hours=hours, minutes=minutes)
