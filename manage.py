#!/usr/bin/env python
"""Harmony's command line."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line, with Harmony's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "harmony.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("HARMONY_DEMO", "1")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
