"""The verbs of the voting room."""

from voting.services.asking import current_scores, has_voted, turnout, voted_in
from voting.services.casting import cast_ballot
from voting.services.closing import close_due_votes, close_if_due, close_vote
from voting.services.destroying import end_check_windows, scrub_closed_votes
from voting.services.opening import NewOption, open_vote

__all__ = [
    "NewOption",
    "cast_ballot",
    "close_due_votes",
    "close_if_due",
    "close_vote",
    "current_scores",
    "end_check_windows",
    "has_voted",
    "open_vote",
    "scrub_closed_votes",
    "turnout",
    "voted_in",
]
