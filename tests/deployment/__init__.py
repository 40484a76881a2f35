"""That Harmony can be put on a server, kept, and mended, as `docs/operating.md` says."""
