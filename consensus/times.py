"""The three moments that a call for debate and vote fixes (C16)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from consensus.models import Matter


@dataclass(frozen=True)
class DebateTimes:
    """When debate opens, when it ends and the vote opens, and when the vote closes."""

    debate_opens_at: datetime
    vote_opens_at: datetime
    vote_closes_at: datetime

    def replaced(
        self, debate: datetime | None, vote: datetime | None, close: datetime | None
    ) -> "DebateTimes":
        """Return these times with the given moments in place; later ones keep their distance."""
        debate_opens = debate or self.debate_opens_at
        vote_opens = vote or debate_opens + (self.vote_opens_at - self.debate_opens_at)
        vote_closes = close or vote_opens + (self.vote_closes_at - self.vote_opens_at)
        return replace(
            self,
            debate_opens_at=debate_opens,
            vote_opens_at=vote_opens,
            vote_closes_at=vote_closes,
        )

    def facts(self) -> dict[str, str]:
        """Return the moments as they stand on the record."""
        return {name: moment.isoformat() for name, moment in vars(self).items()}


def default_times(matter: Matter, at: datetime) -> DebateTimes:
    """Return the earliest times the matter's limits allow from `at` on."""
    debate_opens = max(at, matter.discussion_until)
    vote_opens = debate_opens + timedelta(days=matter.debate_days)
    vote_closes = vote_opens + timedelta(days=matter.vote_days)
    return DebateTimes(debate_opens, vote_opens, vote_closes)
