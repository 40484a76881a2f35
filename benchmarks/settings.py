"""Harmony's settings as shipped, with the bare page that casting is measured against."""

from harmony.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
