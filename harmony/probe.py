"""Whether the process beside this one is well: `python -m harmony.probe web|worker|beat`.

The exit code answers, as container engines ask: 0 for well, 1 for not, with words on stderr.
"""

import sys
import urllib.request

from harmony import heartbeat
from harmony.settings import CLOCK_SECONDS, env

_PATIENCE = 5  # seconds


def what_is_wrong(name: str) -> str:
    """Return in words why the process is not well; nothing where it is."""
    return _wrong_with_web() if name == "web" else _wrong_with_clock(name)


def _wrong_with_web() -> str:
    port = env.str("HARMONY_BIND", "127.0.0.1:8000").rpartition(":")[2]
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=_PATIENCE):
            return ""
    except OSError as error:  # refused, too slow, or answered with 503
        return f"/healthz: {error}"


def _wrong_with_clock(name: str) -> str:
    seconds = heartbeat.age(name)
    if seconds < 3 * CLOCK_SECONDS + 30:  # as for the clock thread
        return ""
    return f"The {name} last did its part {seconds:.0f} seconds ago."


if __name__ == "__main__":
    sys.exit(what_is_wrong(sys.argv[1]) or 0)
