"""How fast Harmony is, as ratios to a floor measured in turn with it in the same run.

    DATABASE_URL=postgres://... uv run python -m benchmarks [cast|close|all] [--json]

See `docs/speed.md` for what the figures mean. A benchmark makes a database of its own beside the
one named, and drops it at the end. Nothing here is a timed test.
"""
