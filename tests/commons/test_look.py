"""The drawings, badges and moments of `commons/templatetags/look.py`."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone

from tests.moments import NOON

LOAD = "{% load look %}"
COUNTS = [2, 1, 3, 6, 12, 18]


def render(source: str, **context: object) -> str:
    return Template(LOAD + source).render(Context(context))


def attributes(svg: str, css: str) -> dict[str, str]:
    found = re.search(rf'<rect class="{css}"([^>]*)/>', svg)
    assert found, f"no {css} in {svg}"
    return dict(re.findall(r'([a-z]+)="([^"]*)"', found[1]))


def share(text: str) -> float:
    return float(text.rstrip("%")) / 100


def test_the_filled_area_of_a_warmth_bar_is_the_mean_over_five():
    svg = render("{% warmth_bar counts %}", counts=COUNTS)
    pieces = [attributes(svg, f"s{score}") for score in range(1, 6)]
    area = sum(share(piece["width"]) * share(piece["height"]) for piece in pieces)
    mean = sum(score * count for score, count in enumerate(COUNTS)) / sum(COUNTS)
    assert area == pytest.approx(mean / 5, abs=0.001)


def test_a_warmth_bar_begins_with_five_on_the_left():
    svg = render("{% warmth_bar counts %}", counts=COUNTS)
    assert attributes(svg, "s5")["x"] == "0%"
    assert attributes(svg, "s5")["y"] == "0%"


def test_a_bar_with_a_label_is_an_image_and_without_one_is_hidden():
    assert 'role="img" aria-label="keen &amp; calm"' in render(
        "{% warmth_bar counts label %}", counts=COUNTS, label="keen & calm"
    )
    assert 'aria-hidden="true"' in render("{% warmth_bar counts %}", counts=COUNTS)


def test_a_bar_of_no_votes_is_an_empty_ground():
    svg = render("{% warmth_bar counts %}{% score_bar counts %}", counts=[0] * 6)
    assert 'class="s' not in svg


def test_refuses_a_bar_that_has_not_six_counts():
    with pytest.raises(ValueError, match="six counts"):
        render("{% warmth_bar counts %}", counts=[1, 2, 3])


def test_a_number_below_zero_has_a_true_minus():
    assert render("{{ number|true_minus:2 }}", number=-0.478) == "−0.48"


def test_a_score_bar_fills_the_whole_width():
    svg = render("{% score_bar counts %}", counts=COUNTS)
    widths = [share(attributes(svg, f"s{score}")["width"]) for score in range(6)]
    assert sum(widths) == pytest.approx(1, abs=0.001)


def test_a_runoff_bar_has_three_parts_and_a_tick_at_half():
    svg = render("{% runoff_bar 26 6 8 %}")
    assert attributes(svg, "first")["width"] == "65%"
    assert attributes(svg, "hatched")["x"] == "65%"
    assert attributes(svg, "second")["x"] == "80%"
    assert 'class="half" x1="50%"' in svg


def test_a_balance_bar_says_its_numbers_in_words():
    text = re.sub(r"<[^>]+>", "", render("{% balance_bar 19 6 4 %}"))
    assert text.split() == ["19", "for", "6", "neutral", "4", "against"]


def test_a_debate_in_which_nobody_spoke_draws_a_dashed_line():
    assert 'class="none"' in render("{% balance_bar 0 0 0 %}")


@pytest.mark.parametrize(
    "kind",
    ["party", "committee", "society_committee", "working_group", "society_working_group"],
)
def test_every_kind_of_assembly_has_a_shape_hidden_from_screen_readers(kind):
    svg = render("{% assembly_shape kind %}", kind=kind)
    assert 'aria-hidden="true"' in svg
    assert len(re.findall(r"<(?:path|circle)", svg)) == (2 if kind.startswith("society_w") else 1)


def test_an_unknown_kind_draws_nothing():
    assert render("{% assembly_shape 'guild' %}").strip() == ""


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("in_force", "In force"),
        ("overridden", "Overridden"),
        ("superseded", "Replaced"),
        ("in_clash", "In clash"),
        ("lapsed", "Lapsed"),
        ("deciding", "Being decided"),
    ],
)
def test_a_standing_is_said_in_words(standing, words):
    badge = render("{% standing_badge standing %}", standing=standing)
    assert f">{words}<" in badge
    assert f"standing-{standing.replace('_', '-')}" in badge


STEPS = [
    {"name": "Discussion", "state": "done", "note": "2 to 8 March"},
    {"name": "Debate", "state": "now", "note": "Until Thursday", "part": 0.25},
    {"name": "Resolution", "state": "next"},
    {"name": "Decision", "state": "next"},
]


def test_the_threads_of_a_stepper_become_fewer():
    steps = render("{% stepper steps %}", steps=STEPS).split("<li ")[1:]
    threads = [step.split("narrow-svg")[0].count('<path d="') for step in steps]
    assert threads == [5, 3, 2, 0]
    assert 'class="box"' in steps[3]


def test_a_stepper_marks_the_present_step_and_ticks_today():
    html = render("{% stepper steps %}", steps=STEPS)
    assert html.count('aria-current="step"') == 1
    assert 'd="M25 0V40"' in html
    assert "Discussion" in html.split("aria-current")[0]


@pytest.mark.parametrize("length", range(7))
def test_a_stepper_takes_any_number_of_steps(length):
    steps = [{"name": str(number), "state": "next"} for number in range(length)]
    assert render("{% stepper steps %}", steps=steps).count("<li ") == length


def test_an_owed_strip_ticks_the_days_that_have_gone():
    html = render("{% owed_strip 'minutes' 'Callum Reid' 'Offer to write them.' 5 7 %}")
    assert html.count('class="full"') == 5
    assert html.count("<rect") == 7
    assert "Owed: minutes." in html
    assert "By Callum Reid. Offer to write them." in html
    assert "5 of 7 days gone" in html


def test_an_owed_strip_says_how_late_it_is():
    html = render("{% owed_strip 'minutes' 'Callum Reid' '' 8 7 %}")
    assert html.count('class="late"') == 1
    assert "1 day late" in html


def test_an_owed_strip_escapes_what_members_wrote():
    assert "<script>" not in render("{% owed_strip what 'x' %}", what="<script>")


SUMMER = datetime(2026, 7, 16, 17, 0, tzinfo=UTC)


def test_a_moment_is_written_in_uk_time_whatever_zone_is_active():
    with timezone.override("America/New_York"):
        assert render("{{ at|uk_moment }}", at=SUMMER) == "Thursday 16 July 2026, 18:00"
        assert render("{{ at|uk_time }}", at=SUMMER) == "18:00"


def test_a_day_is_the_uk_day():
    at = datetime(2026, 7, 15, 23, 30, tzinfo=UTC)
    assert render("{{ at|uk_day }}", at=at) == "Thursday 16 July 2026"
    assert render("{{ day|uk_date }}", day=date(2026, 3, 1)) == "1 March 2026"
    assert render("{{ at|uk_iso }}", at=at) == "2026-07-16T00:30:00+01:00"


def test_the_year_is_said_only_where_it_is_another():
    at = datetime(2026, 7, 16, tzinfo=UTC)
    assert render("{{ m|uk_short:at }}", m=SUMMER, at=at) == "Thursday 16 July, 18:00"
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert render("{{ m|uk_short:at }}", m=SUMMER, at=later) == "Thursday 16 July 2026, 18:00"


def test_no_moment_is_written_as_nothing():
    for name in ("uk_moment", "uk_short", "uk_day", "uk_date", "uk_time", "uk_iso", "until_words"):
        assert render("{{ at|" + name + " }}", at=None) == ""


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 10, 18, tzinfo=UTC), "Today, 18:00"),
        (datetime(2026, 3, 10, 0, tzinfo=UTC), "Today, 00:00"),
        (datetime(2026, 3, 11, 0, tzinfo=UTC), "Tomorrow, 00:00"),
        (datetime(2026, 3, 12, 23, tzinfo=UTC), "In 2 days"),
        (datetime(2026, 3, 9, 18, tzinfo=UTC), "Yesterday, 18:00"),
        (datetime(2026, 3, 7, 18, tzinfo=UTC), "3 days ago"),
        (date(2026, 3, 11), "Tomorrow"),
    ],
)
def test_says_how_near_a_moment_is_by_the_uk_calendar(moment, words):
    at = datetime(2026, 3, 10, 23, 59, tzinfo=UTC)
    assert render("{{ moment|until_words:at }}", moment=moment, at=at) == words


class QuestionForm(forms.Form):
    question = forms.CharField(help_text="One sentence.")
    how = forms.ChoiceField(
        choices=[("online", "Online"), ("moot", "In a moot")], widget=forms.RadioSelect
    )
    why = forms.CharField(required=False, widget=forms.Textarea)


def test_an_error_stands_before_its_control_and_is_named_by_it():
    html = str(QuestionForm({"how": "online"}))
    assert html.index('id="id_question_error"') < html.index('name="question"')
    assert 'aria-describedby="id_question_helptext id_question_error"' in html
    assert 'aria-invalid="true"' in html


def test_an_optional_field_says_so():
    assert str(QuestionForm()).count("(optional)") == 1


def test_the_error_summary_takes_focus_and_links_to_each_field():
    form = QuestionForm({})
    html = render('{% include "commons/error_summary.html" %}', form=form)
    assert "There is a problem" in html
    assert 'tabindex="-1" data-autofocus' in html
    assert 'href="#id_question"' in html
    assert 'href="#id_how_0"' in html
    assert 'id="id_how_0"' in str(form)


def test_a_form_without_errors_has_no_summary():
    assert render('{% include "commons/error_summary.html" %}', form=QuestionForm()).strip() == ""


def test_a_breadcrumb_links_each_page_above():
    html = render('{% breadcrumb "Assemblies" "/assemblies/" "Media" "/assemblies/media/" %}')
    assert '<li><a href="/assemblies/">Assemblies</a></li>' in html
    assert '<li><a href="/assemblies/media/">Media</a></li>' in html


@pytest.mark.parametrize(
    ("days", "rest"),
    [
        (0, "Tuesday 3 March"),
        (1, "Wednesday 4 March"),
        (-1, "Monday 2 March"),
        (3, "Friday 6 March, 12:00"),
    ],
)
def test_beside_how_near_it_is_stands_the_rest_of_a_moment(days, rest):
    moment = NOON + timedelta(days=days)
    assert render("{{ moment|until_rest:at }}", moment=moment, at=NOON) == rest
