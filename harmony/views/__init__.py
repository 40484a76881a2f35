"""Pages that draw on several rooms."""

from harmony.views.assembly import assembly
from harmony.views.decision import decision
from harmony.views.home import home

__all__ = ["assembly", "decision", "home"]
