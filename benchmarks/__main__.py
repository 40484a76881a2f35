"""The command: `python -m benchmarks [cast|close|all] [--size N] [--rounds N] [--json]`."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"


def main() -> int:
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="harmony-bench-keys-") as keys:
        os.environ["KEY_DIR"] = keys
        django.setup()
        return _run(asked)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("what", nargs="?", choices=["cast", "close", "all"], default="all")
    parser.add_argument("--size", type=int, default=20_000, help="ballots already cast")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median is told")
    parser.add_argument("--seconds", type=float, default=2, help="of load in a round")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args()


def _run(asked: argparse.Namespace) -> int:
    # Models can be imported only now that Django is set up.
    from benchmarks import cast, close, database, figures  # noqa: PLC0415

    known: dict[str, Callable[[argparse.Namespace], list[figures.Figure]]] = {
        "cast": cast.measure,
        "close": close.measure,
    }
    wanted = known if asked.what == "all" else [asked.what]
    try:
        with figures.LoadWatch() as load, database.own_database():
            found = [figure for name in wanted for figure in known[name](asked)]
    except database.NotPostgreSQLError as refusal:
        print(refusal, file=sys.stderr)
        return 2
    if asked.json:
        told = {"load": asdict(load.seen), "figures": [asdict(figure) for figure in found]}
        print(json.dumps(told, indent=2))
    else:
        print(figures.table(found), load.in_words(), sep="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
