"""Moments in words, in UK time, for messages that stand outside a template."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

UK = ZoneInfo("Europe/London")


def in_words(moment: datetime) -> str:
    """Return "18:00 on Tuesday 3 March 2026, UK time"."""
    local = moment.astimezone(UK)
    return _("%(time)s on %(day)s, UK time") % {
        "time": formats.date_format(local, "H:i"),
        "day": formats.date_format(local, "l j F Y"),
    }


def short(moment: datetime) -> str:
    """Return "Tue 3 March, 18:00", in UK time, where the year is plain."""
    return formats.date_format(moment.astimezone(UK), "D j F, H:i")


def day_and_month(moment: datetime) -> str:
    """Return "3 March", in UK time."""
    return formats.date_format(moment.astimezone(UK), "j F")
