"""A small vote for anybody to try: nine ballots, and one more of the reader's own.

It is counted as every vote is, and nothing of it is recorded. The nine are chosen so that the
option with the most points loses the runoff, and that a tenth ballot can carry any of three
options without the lot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consensus.models import LEAVE
from voting import star, telling
from voting.forms import PREFIX, ScoreForm
from voting.models import Option
from voting.publication import Extent

QUESTION = gettext_lazy("What do we do with the £600 that the spring fair made?")
LABELS = (
    gettext_lazy("Buy a sound desk for our stalls"),
    gettext_lazy("Put leaflets through every door"),
    gettext_lazy("Hold a summer picnic for everybody"),
    LEAVE,
)
ROWS = ("5230", "345-", "3343", "5430", "4420", "5451", "5420", "1520", "1450")
# One ballot for each outcome, to begin with.
TRIES = (
    (gettext_lazy("Somebody who wants the sound desk"), "5430"),
    (gettext_lazy("Somebody who wants the leaflets"), "1502"),
    (gettext_lazy("Somebody who wants the picnic"), "0150"),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count as the page of a result tells it."""

    outcome: list[str]
    options: list[telling.OptionTold]
    runoff: telling.RunoffTold | None
    head_to_head: list[telling.Preferred]
    ties: list[SafeString]
    winner: str


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What the reader's ballot did in each round, in sentences; HTML, as those of telling are."""

    scoring: str
    runoff: str
    difference: SafeString


def options() -> list[Option]:
    """The options as they stand on the ballot; none of them is in the database."""
    return [
        Option(pk=place + 1, place=place, label=str(label), stands_last=label is LEAVE)
        for place, label in enumerate(LABELS)
    ]


def form_of(query: QueryDict) -> ScoreForm:
    """The ballot as scored in the query, less the score to clear; not bound if none was sent."""
    data = query.copy()
    data.pop(query.get("clear", ""), None)
    was_sent = "count" in query or any(name.startswith(PREFIX) for name in query)
    return ScoreForm(data if was_sent else None, options=options())


def row_of(form: ScoreForm) -> str:
    """A valid form's scores as a row ("50-1")."""
    scores = form.scores
    return "".join("-" if scores[n] is None else str(scores[n]) for n in range(len(LABELS)))


def counted(rows: Sequence[str]) -> Counted:
    result = star.count(rows, [str(label) for label in LABELS]).to_dict()
    result |= {"extent": Extent.BALLOTS}
    return Counted(
        outcome=telling.outcome(result),
        options=telling.options(result),
        runoff=telling.runoff(result),
        head_to_head=telling.head_to_head(result, last={str(LEAVE)}),
        ties=telling.ties(result),
        winner=result["winners"][0],
    )


def own_part(row: str, without: Counted, together: Counted) -> OwnPart:
    given = {str(label): mark for label, mark in zip(LABELS, row, strict=True)}
    return OwnPart(_scoring(given), _runoff(given, together), _difference(without, together))


def _scoring(given: dict[str, str]) -> str:
    points = ((telling.strong(label), _points(mark)) for label, mark in given.items())
    added = format_html_join(", ", "{} {}", (pair for pair in points if pair[1]))
    if not added:
        return _("Your ballot added nothing to any total: a blank counts as 0.")
    words = _("Your ballot added to the totals: {added}.")
    if "-" in given.values():
        words += " " + _("What you left blank counts as 0.")
    return format_html(words, added=added)


def _runoff(given: dict[str, str], together: Counted) -> str:
    if together.runoff is None:
        return ""
    pair = (together.runoff.winner, together.runoff.other)
    first, second = sorted(pair, key=lambda label: -_points(given[label]))
    a, b = _points(given[first]), _points(given[second])
    if a == b:
        words = _(
            "You scored {first} and {second} the same ({a}), so here your ballot counts as no "
            "preference."
        )
    else:
        words = _(
            "You scored {first} {a} and {second} {b}, so here your ballot counts once, for {first}."
        )
    names = {"first": telling.strong(first), "second": telling.strong(second)}
    return format_html(words, **names, a=a, b=b)


def _difference(without: Counted, together: Counted) -> SafeString:
    if without.winner == together.winner:
        words = _("The outcome is the same without your ballot: {before} is carried.")
    else:
        words = _("Your ballot changed the outcome: without it, {before} would be carried.")
    return format_html(words, before=telling.strong(without.winner))


def _points(mark: str) -> int:
    return 0 if mark == "-" else int(mark)


def ballots() -> list[tuple[str, str]]:
    """The nine ballots as the rows of a table: option, and its mark on each ballot."""
    return [(str(label), "".join(row[n] for row in ROWS)) for n, label in enumerate(LABELS)]


def tries() -> list[tuple[str, str]]:
    return [(str(who), _query_of(row)) for who, row in TRIES]


def _query_of(row: str) -> str:
    """The query that scores a ballot so."""
    query = QueryDict(mutable=True)
    for option, mark in zip(options(), row, strict=True):
        if mark != "-":
            query[f"{PREFIX}{option.pk}"] = mark
    return query.urlencode()
