"""What we deliberate and what we have decided."""

from consensus.models.decision import Decision
from consensus.models.matter import Matter, Phase
from consensus.models.talk import LEAVE, Contribution, Proposal

__all__ = ["LEAVE", "Contribution", "Decision", "Matter", "Phase", "Proposal"]
