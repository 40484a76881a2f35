"""The verbs of deliberation, in the order in which a matter meets them."""

from consensus.services.calling import call_debate, open_due_debates
from consensus.services.deciding import write_due_decisions
from consensus.services.dividing import declare_division
from consensus.services.raising import raise_matter
from consensus.services.talking import put_forward, speak
from consensus.services.voting import open_due_votes

__all__ = [
    "call_debate",
    "declare_division",
    "open_due_debates",
    "open_due_votes",
    "put_forward",
    "raise_matter",
    "speak",
    "write_due_decisions",
]
