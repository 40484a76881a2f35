"""The pages of a matter and the register of decisions."""

from consensus.views.acts import call_debate, declare_division
from consensus.views.matters import matter, matter_history, raise_matter
from consensus.views.register import decisions
from consensus.views.talk import proposal, propose, say

__all__ = [
    "call_debate",
    "decisions",
    "declare_division",
    "matter",
    "matter_history",
    "proposal",
    "propose",
    "raise_matter",
    "say",
]
