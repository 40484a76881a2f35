"""What stops a ballot or a close, each with words a member can act on."""

from django.core.exceptions import ValidationError


class VoteNotOpenError(ValidationError):
    """A ballot came before the vote opened, after it closed, or after it was voided: 409."""


class VoteBusyError(Exception):
    """Somebody else holds the vote just now; come again."""


class CloseRefusedError(Exception):
    """The ballots do not agree with the roll: nothing is counted until people have looked."""


class KeyUnavailableError(Exception):
    """A share of a vote's key is missing or wrong: casting answers 503.

    The key is never made anew, which would let people vote twice.
    """
