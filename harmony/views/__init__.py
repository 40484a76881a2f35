"""Pages that draw on several rooms."""

from harmony.views.assembly import assembly
from harmony.views.decision import decision
from harmony.views.home import home
from harmony.views.result import result

__all__ = ["assembly", "decision", "home", "result"]
