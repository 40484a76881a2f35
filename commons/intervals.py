"""What holds from one moment until another: belonging, affiliation, terms of office."""

from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

M = TypeVar("M", bound=models.Model)


class IntervalQuerySet(models.QuerySet[M]):
    """Rows with `since` and `until`; `until` is empty while the end is not known."""

    def current_at(self, at: datetime) -> Self:
        """The rows that hold at that moment: `since` belongs to the interval, `until` does not."""
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


def begins_before_it_ends(name: str) -> models.CheckConstraint:
    """Return the constraint of that name, that no interval ends before it begins."""
    return models.CheckConstraint(
        condition=Q(until=None) | Q(until__gte=F("since")),
        name=name,
    )
