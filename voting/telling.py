"""A result told in words, from the numbers kept with the vote.

Sentences are HTML: in them the names of options are set strong, so that "Leave things as they are"
reads as a name, and a name with quotation marks of its own keeps to one pair.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.letters import letter_of
from voting.publication import Extent
from voting.spirit import Spirit

Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OptionTold:
    """One option of the result. `finalist` is 1 for the carried one, 2 for the other, else 0."""

    label: str
    total: int
    mean: float
    histogram: list[int]
    blanks: int
    keen: int
    cold: int
    agreement: float
    words: str
    finalist: int


@dataclass(frozen=True, slots=True)
class RunoffTold:
    winner: str
    other: str
    for_winner: int
    no_preference: int
    for_other: int


@dataclass(frozen=True, slots=True)
class Preferred:
    """A row of the head-to-head table; the cell of the option itself is None.

    `short` heads the column: the option's letter on the ballot, or the first word of the one that
    stands last and is nobody's proposal (D9).
    """

    short: str
    has_letter: bool
    label: str
    cells: list[int | None]


def outcome(result: Result) -> list[str]:
    """The outcome in plain sentences, the first naming what is carried."""
    if not result["winners"]:
        return [_("Nobody voted, so nothing is carried.")]
    winner = result["winners"][0]
    sentences = [format_html(_("{option} is carried."), option=strong(winner))]
    if result["extent"] == Extent.OUTCOME:
        few = _("Fewer than three members voted, so the outcome is all that is shown.")
        return [*sentences, few]
    told = runoff(result)
    if told is None:
        return [*sentences, _("There was no other option.")]
    return [*sentences, *_finalists(result, told), *_last_word(result)]


def _finalists(result: Result, told: RunoffTold) -> list[str]:
    totals = _totals(result)
    x, y = totals[told.other], totals[told.winner]
    names = {"winner": strong(told.winner), "other": strong(told.other)}
    if x > y and told.for_winner > told.for_other:  # the leader on points is not preferred
        words = _(
            "{other} had the higher total ({x} to {y}), but more members preferred "
            "{winner} to {other} ({a} to {b}). The runoff decides."
        )
        numbers = {"x": x, "y": y, "a": told.for_winner, "b": told.for_other}
        return [format_html(words, **names, **numbers)]
    two = format_html(_("{winner} and {other} had the two highest totals."), **names)
    return [two, _preferred(told)]


def _preferred(told: RunoffTold) -> str:
    either = told.for_winner + told.for_other
    if not either:
        return _("No member preferred one to the other.")
    words = ngettext(
        "{a} of the {either} member who preferred one to the other preferred {winner}",
        "{a} of the {either} members who preferred one to the other preferred {winner}",
        either,
    )
    preferred = format_html(words, a=told.for_winner, either=either, winner=strong(told.winner))
    if not told.no_preference:
        return format_html("{}.", preferred)
    equal = format_html(_("{equal} scored them equally."), equal=told.no_preference)
    return format_html("{}; {}", preferred, equal)


def _last_word(result: Result) -> list[SafeString]:
    """What decided a level runoff, told where the outcome is told."""
    return [
        tie_words(result, tie)
        for tie in result["rounds"][0]["ties"]
        if tie["step"].startswith("runoff:")
    ]


def runoff(result: Result) -> RunoffTold | None:
    """The runoff, the carried option first; None where there was none."""
    if not result["rounds"] or result["rounds"][0]["runoff"] is None:
        return None
    first = result["rounds"][0]
    winner = first["winner"]
    other = next(name for name in first["finalists"] if name != winner)
    preferring = first["runoff"]["for"]
    return RunoffTold(
        winner, other, preferring[winner], first["runoff"]["no_preference"], preferring[other]
    )


def options(result: Result) -> list[OptionTold]:
    """Every option, the highest total first; empty where the counts are not shown."""
    if not result["totals"] or not result["ballots"]:
        return []
    finalists = _places(result)
    columns = zip(
        result["options"], result["totals"], result["histograms"], result["blanks"], strict=True
    )
    told = [
        told_option(label, total, histogram, blanks, finalists.get(label, 0))
        for label, total, histogram, blanks in columns
    ]
    return sorted(told, key=lambda option: (-option.total, option.finalist or 3))


def _places(result: Result) -> dict[str, int]:
    told = runoff(result)
    return {told.winner: 1, told.other: 2} if told else {result["winners"][0]: 1}


def told_option(
    label: str, total: int, histogram: list[int], blanks: int, finalist: int
) -> OptionTold:
    """One option in words; without a ballot for it a mean of 0."""
    spirit = Spirit.of(histogram, carried=finalist == 1)
    return OptionTold(
        label=label,
        total=total,
        mean=spirit.mean,
        histogram=histogram,
        blanks=blanks,
        keen=round(100 * spirit.keen),
        cold=round(100 * spirit.cold),
        agreement=spirit.agreement,
        words=_(spirit.words),
        finalist=finalist,
    )


def head_to_head(result: Result, *, last: Container[str] = ()) -> list[Preferred]:
    """For each option, how many members scored it above each other one.

    `last` holds the label of the option that stands last on every ballot (D9).
    """
    if not result["preferred"] or len(result["options"]) < 2:
        return []
    return [
        Preferred(
            label.split()[0] if label in last else letter_of(i),
            label not in last,
            label,
            [None if i == j else n for j, n in enumerate(result["preferred"][i])],
        )
        for i, label in enumerate(result["options"])
    ]


def ties(result: Result) -> list[SafeString]:
    """How each tie was broken, step by step; empty where there was none to break."""
    return [tie_words(result, tie) for turn in result["rounds"] for tie in turn["ties"]]


def tie_words(result: Result, tie: Mapping[str, Any]) -> SafeString:
    """One step of the tie-breaking protocol in a sentence."""
    return _TIES[tie["step"]](result, tie)


def _points(result: Result, tie: Mapping[str, Any]) -> SafeString:
    points = _totals(result)[tie["among"][0]]
    words = _("{options} tied on {points} points;")
    return format_html(words, options=_listed(tie["among"]), points=points)


def _by_head_to_head(result: Result, tie: Mapping[str, Any]) -> SafeString:
    chosen = tie["chosen"][0]
    other = next(name for name in tie["among"] if name != chosen)
    words = _("more members scored {x} above {y} ({a} to {b}), so {x} went to the runoff.")
    numbers = {"a": tie["numbers"][chosen], "b": tie["numbers"][other]}
    then = format_html(words, x=strong(chosen), y=strong(other), **numbers)
    return _joined(_points(result, tie), then)


def _by_fives(result: Result, tie: Mapping[str, Any]) -> SafeString:
    words = [format_html(_("fives were counted: {numbers}."), numbers=_numbers(tie))]
    if tie["chosen"]:
        on = _("To the runoff: {options}.")
        words.append(format_html(on, options=_listed(tie["chosen"])))
    if tie["left"]:
        words.append(format_html(_("Still level: {options}."), options=_listed(tie["left"])))
    return _joined(_points(result, tie), *words)


def _by_lot(result: Result, tie: Mapping[str, Any]) -> SafeString:
    words = _(
        "{options} were level on every count. The lot was drawn from a seed fixed before anyone "
        "could know it, and fell on {chosen}: see the draw."
    )
    return format_html(words, options=_listed(tie["among"]), chosen=_listed(tie["chosen"]))


def _runoff_by_total(result: Result, tie: Mapping[str, Any]) -> SafeString:
    words = _("As many members preferred one as the other; {chosen} had the higher total ({n}).")
    return format_html(words, chosen=strong(tie["chosen"][0]), n=_numbers(tie))


def _runoff_by_fives(result: Result, tie: Mapping[str, Any]) -> SafeString:
    words = _(
        "As many members preferred one as the other, and the totals were the same; "
        "{chosen} had more fives ({n})."
    )
    return format_html(words, chosen=strong(tie["chosen"][0]), n=_numbers(tie))


_TIES = {
    "score:head_to_head": _by_head_to_head,
    "score:five_star": _by_fives,
    "score:lot": _by_lot,
    "runoff:score": _runoff_by_total,
    "runoff:five_star": _runoff_by_fives,
    "runoff:lot": _by_lot,
}


def _totals(result: Result) -> dict[str, int]:
    return dict(zip(result["options"], result["totals"], strict=True))


def _numbers(tie: Mapping[str, Any]) -> SafeString:
    pairs = ((strong(name), number) for name, number in tie["numbers"].items())
    return format_html_join(", ", "{} {}", pairs)


def _listed(names: Sequence[str]) -> SafeString:
    before = format_html_join(", ", "{}", ((strong(name),) for name in names[:-1]))
    last = strong(names[-1])
    return format_html(_("{before} and {last}"), before=before, last=last) if before else last


def strong(name: str) -> SafeString:
    """A name inside a sentence: strong, and without a full stop of its own."""
    return format_html("<b>{}</b>", name.removesuffix("."))


def _joined(*sentences: SafeString) -> SafeString:
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))
