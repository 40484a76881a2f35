"""The heartbeat of worker and beat: a file each, touched with every round they have done or sent.

It lies in the folder for temporary files, so each container has its own; `harmony.probe` reads it.
"""

import tempfile
import time
from contextlib import suppress
from pathlib import Path


def keep(name: str) -> None:
    """Note that the process of that name has just done its part."""
    with suppress(OSError):  # a full disk must not stop the clock
        _file(name).touch()


def age(name: str) -> float:
    """Return the seconds since the process last did its part; infinity where it never has."""
    try:
        return time.time() - _file(name).stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _file(name: str) -> Path:
    return Path(tempfile.gettempdir()) / f"harmony-{name}.alive"
