"""Harmony's own drawings, badges and moments, as template tags and filters.

Every drawing is inline SVG measured in percentages, so that it keeps its line widths at any size
and needs no inline style. Where no label is given a drawing is hidden from assistive technology:
the words beside it must then say the same.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import floatformat
from django.utils import dateformat, timezone
from django.utils.functional import Promise
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

register = template.Library()

UK = ZoneInfo("Europe/London")
BEST = 5
# A strip with more ticks than this would wrap on a phone of 320 px.
MOST_TICKS = 14


class Piece(TypedDict):
    """One rectangle of a bar; the measures are percentages of the drawing."""

    name: str
    x: str
    width: str
    y: str
    height: str
    edge: str


def _percent(share: float) -> str:
    """Write a share of 1 as an SVG percentage, with a dot whatever the language."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def _pieces(
    amounts: Sequence[tuple[str, int]], heights: Mapping[str, float] | None = None
) -> list[Piece]:
    """Lay amounts side by side from the left; a height below 1 stands on the ground."""
    total = sum(amount for _, amount in amounts)
    pieces: list[Piece] = []
    before = 0
    for name, amount in amounts:
        height = (heights or {}).get(name, 1.0)
        if amount and height:
            pieces.append(
                Piece(
                    name=name,
                    x=_percent(before / total),
                    width=_percent(amount / total),
                    y=_percent(1 - height),
                    height=_percent(height),
                    edge=_percent((before + amount) / total) if before + amount < total else "",
                )
            )
        before += amount
    return pieces


def _scores(counts: Sequence[int]) -> list[tuple[str, int]]:
    """Turn [n0 … n5] into [("s5", n5) … ("s0", n0)]."""
    if len(counts) != BEST + 1:
        raise ValueError(f"A bar of scores takes six counts, n0 to n5; got {len(counts)}.")
    return [(f"s{score}", counts[score]) for score in range(BEST, -1, -1)]


@register.inclusion_tag("commons/warmth_bar.html")
def warmth_bar(counts: Sequence[int], label: str = "", size: str = "") -> dict[str, object]:
    """Draw how warmly an option was scored: width is the share of voters, height the score.

    The filled area is therefore mean / 5. `counts` is [n0 … n5]; `size` may be "tall".
    """
    heights = {f"s{score}": score / BEST for score in range(BEST + 1)}
    return {"pieces": _pieces(_scores(counts), heights), "label": label, "size": size}


@register.inclusion_tag("commons/score_bar.html")
def score_bar(counts: Sequence[int], label: str = "") -> dict[str, object]:
    """Draw a 100 % bar of scores, 5 on the left to 0 on the right, for a table's cell."""
    return {"pieces": _pieces(_scores(counts)), "label": label}


@register.inclusion_tag("commons/runoff_bar.html")
def runoff_bar(
    for_first: int, no_preference: int, for_second: int, label: str = ""
) -> dict[str, object]:
    """Draw the runoff: finalist, no preference (hatched), finalist; a tick stands at half."""
    amounts = [("first", for_first), ("hatched", no_preference), ("second", for_second)]
    return {"pieces": _pieces(amounts), "label": label}


@register.inclusion_tag("commons/balance_bar.html")
def balance_bar(for_: int, neutral: int, against: int) -> dict[str, object]:
    """Draw how many speak for, neutrally and against, with the three numbers in words below."""
    amounts = [("for", for_), ("hatched", neutral), ("against", against)]
    return {
        "pieces": _pieces(amounts, {"against": 0.5}),
        "for_": for_,
        "neutral": neutral,
        "against": against,
    }


@register.filter
def true_minus(number: float, places: int) -> str:
    """Return the number with so many decimal places, and a minus as wide as a plus."""
    return floatformat(number, places).replace("-", "−")


KINDS = {"party", "committee", "society_committee", "working_group", "society_working_group"}


@register.inclusion_tag("commons/assembly_shape.html")
def assembly_shape(kind: str, full: bool = False) -> dict[str, object]:
    """Draw the shape of a kind of assembly, to stand before its name; `full` fills it.

    An unknown kind draws nothing.
    """
    return {"kind": kind if kind in KINDS else "", "full": full}


STANDINGS: dict[str, Promise] = {
    "in_force": gettext_lazy("In force"),
    "overridden": gettext_lazy("Overridden"),
    "superseded": gettext_lazy("Replaced"),
    "in_clash": gettext_lazy("In clash"),
    "lapsed": gettext_lazy("Lapsed"),
    "deciding": gettext_lazy("Being decided"),
}


@register.inclusion_tag("commons/standing_badge.html")
def standing_badge(standing: str) -> dict[str, object]:
    """Name a decision's standing; the place of the bar repeats what word and colour say."""
    standing = str(standing)
    return {"css": standing.replace("_", "-"), "words": STANDINGS.get(standing, standing)}


@register.inclusion_tag("commons/breadcrumb.html")
def breadcrumb(*labels_and_urls: object) -> dict[str, object]:
    """Say where one is: label and address of each page above this one, the uppermost first."""
    return {"crumbs": list(zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True))}


class Step(TypedDict, total=False):
    """A step of a matter. `state` is done, now or next; `part` (0 to 1) is how far now has got."""

    name: str
    state: str
    note: str
    part: float


# How many threads are left in each step but the last, which is one solid bar.
THREADS: dict[int, list[int]] = {0: [], 1: [3], 2: [5, 2], 3: [5, 3, 2]}
# A step's own drawing is 100 long and 40 across; threads run straight, then close up.
STRAIGHT = 62
ACROSS = 40


def _lanes(count: int) -> list[float]:
    """Return the places across, centred, of so many threads."""
    apart = 9.0 if count > 2 else 10.0
    return [ACROSS / 2 + (lane - (count - 1) / 2) * apart for lane in range(count)]


def _thread_paths(count: int, next_count: int, *, upright: bool) -> list[str]:
    """Draw each thread along its step and into the lane it joins in the next."""
    here, there = _lanes(count), _lanes(next_count)
    paths = []
    for lane, start in enumerate(here):
        end = there[round(lane * (next_count - 1) / (count - 1))] if count > 1 else there[0]
        points = [(0, start), (STRAIGHT, start), (80, start), (82, end), (100, end)]
        m, line, c1, c2, stop = [f"{b:g} {a:g}" if upright else f"{a:g} {b:g}" for a, b in points]
        paths.append(f"M{m}L{line}C{c1} {c2} {stop}")
    return paths


@register.inclusion_tag("commons/stepper.html")
def stepper(steps: Sequence[Step]) -> dict[str, object]:
    """Draw a matter's way: threads that become fewer, a tick for today, one bar for the decision.

    Each step carries its own drawing, wide and narrow, so that any length of note fits.
    """
    inner = max(len(steps) - 1, 0)
    counts = THREADS.get(inner) or [7] * (inner - 3) + THREADS[3]
    counts = [*counts[:inner], 1]
    drawn = []
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        here, there = counts[number], counts[min(number + 1, inner)]
        drawn.append(
            {
                **step,
                "last": last,
                "today": f"{float(step.get('part', 0.5)) * 100:g}",
                "wide": [] if last else _thread_paths(here, there, upright=False),
                "narrow": [] if last else _thread_paths(here, there, upright=True),
            }
        )
    return {"steps": drawn}


@register.inclusion_tag("commons/owed_strip.html")
def owed_strip(
    what: str, who: str, note: str = "", elapsed: int = 0, total: int = 0
) -> dict[str, object]:
    """Say in the open what is owed, and by whom: hatched edge, one tick for each day.

    `elapsed` and `total` are days; days past the total are drawn as late ones.
    """
    late = max(elapsed - total, 0)
    shown = min(max(total, elapsed), MOST_TICKS)
    ticks = [
        {"x": day * 20, "state": "late" if day >= total else "full" if day < elapsed else ""}
        for day in range(shown)
    ]
    if late:
        words = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    else:
        words = ngettext(
            "%(elapsed)s of %(total)s day gone", "%(elapsed)s of %(total)s days gone", total
        ) % {"elapsed": elapsed, "total": total}
    return {
        "what": what,
        "who": who,
        "note": note,
        "ticks": ticks,
        "width": shown * 20,
        "words": words,
        "late": late,
    }


def _in_uk(value: date) -> date:
    """Bring an aware moment to UK time; a day or a naive moment stays as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(UK)
    return value


def _as_day(value: date) -> date:
    local = _in_uk(value)
    return local.date() if isinstance(local, datetime) else local


@register.filter
def uk_moment(value: datetime | None) -> str:
    """Write "Thursday 12 March 2026, 18:00", UK time whatever zone is active."""
    if not value:
        return ""
    return dateformat.format(_in_uk(value), pgettext("date format", "l j F Y, H:i"))


@register.filter
def uk_short(value: datetime | None, at: datetime | None = None) -> str:
    """Write "Thursday 12 March, 18:00": without the year where it is the year of `at`."""
    if not value or not at or _in_uk(value).year != _in_uk(at).year:
        return uk_moment(value)
    return dateformat.format(_in_uk(value), pgettext("date format", "l j F, H:i"))


@register.filter
def uk_day(value: date | None) -> str:
    """Write "Thursday 12 March 2026"."""
    return dateformat.format(_in_uk(value), pgettext("date format", "l j F Y")) if value else ""


@register.filter
def uk_date(value: date | None) -> str:
    """Write "12 March 2026", where the day of the week says nothing."""
    return dateformat.format(_in_uk(value), pgettext("date format", "j F Y")) if value else ""


@register.filter
def uk_time(value: datetime | None) -> str:
    """Write "18:00", UK time."""
    return dateformat.format(_in_uk(value), pgettext("date format", "H:i")) if value else ""


@register.filter
def uk_iso(value: date | None) -> str:
    """Write the value of a <time>'s datetime attribute, in UK time."""
    return _in_uk(value).isoformat() if value else ""


def _days_until(value: date, at: datetime | None) -> int:
    return (_as_day(value) - _as_day(at or timezone.now())) // timedelta(days=1)


def _days_away(days: int) -> str:
    if days > 0:
        return ngettext("In %(days)s day", "In %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": -days}


@register.filter
def until_words(value: date | None, at: datetime | None = None) -> str:
    """Say how near a moment or a day is, seen from `at` (now, if not given).

    "Today, 18:00", "Tomorrow, 18:00", "In 3 days", "Yesterday, 18:00", "4 days ago". Days are
    counted by the UK calendar, not in lots of 24 hours.
    """
    if not value:
        return ""
    days = _days_until(value, at)
    near = {0: gettext("Today"), 1: gettext("Tomorrow"), -1: gettext("Yesterday")}
    if days not in near:
        return _days_away(days)
    if not isinstance(value, datetime):
        return near[days]
    return gettext("%(day)s, %(time)s") % {"day": near[days], "time": uk_time(value)}


@register.filter
def until_rest(value: datetime | None, at: datetime) -> str:
    """Write what `until_words` leaves open: the day, and the time where that has not said it."""
    if not value:
        return ""
    if abs(_days_until(value, at)) > 1:
        return uk_short(value, at)
    return dateformat.format(_in_uk(value), pgettext("date format", "l j F"))


@register.filter
def labelled(cells: Sequence[str], headers: Sequence[Mapping[str, str]]) -> list[str]:
    """Give each cell of a row of the admin its column's name, for where the rows are stacked."""
    named = zip(cells, headers, strict=True)
    return [mark_safe(c.replace("<td ", _td(h["text"]), 1)) for c, h in named]  # noqa: S308


def _td(column: str) -> str:
    return format_html('<td data-label="{}" ', capfirst(strip_tags(column)))
