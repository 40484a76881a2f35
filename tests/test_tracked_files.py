"""What may not stand in any file of the project: registries, mirrors, and paths of one machine."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR

# Written in halves, so that this file does not hold what it forbids.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "npm" + "mirror.com",
    "crates" + ".io",
    "ruby" + "gems.org",
    "proxy.go" + "lang.org",
    "ana" + "conda.org",
    "conda-" + "forge.org",
    "ghc" + "r.io",
    "docker" + ".io",
    "deb.deb" + "ian.org",
    "pypi." + "tuna",
    "mirrors." + "aliyun",
    "js" + "delivr.net",
    "un" + "pkg.com",
    "arti" + "factory",
    "/sim" + "ple/",
    "--index" + "-url",
    "--extra-index" + "-url",
]
PLACES = [
    r"/wo" + r"rk/(main|shared)",
    r"(?<![\w.])/ro" + r"ot/",
    r"(?<![\w.])/ho" + r"me/\w",
    r"(?<![\w.])/Us" + r"ers/\w",
    r"[A-Z]:\\\\?Us" + r"ers",
    r"(?<![\w.$}])/t" + r"mp/",
    r"/opt/wh" + r"eels",
]
NEVER_TRACKED = {"uv.lock", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", ".env", ".npmrc"}


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout of git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def texts() -> dict[str, str]:
    found = {}
    for path in tracked():
        if path.is_file():
            found[str(path.relative_to(ROOT))] = path.read_bytes().decode("utf-8", "replace")
    return found


def offenders(pattern: str) -> list[str]:
    return [name for name, text in texts().items() if re.search(pattern, text, re.IGNORECASE)]


def test_finds_the_files_of_the_project():
    assert {"manage.py", "pyproject.toml", "README.md"} <= set(texts())


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_registry_or_a_mirror(host):
    assert offenders(re.escape(host)) == []


@pytest.mark.parametrize("place", PLACES)
def test_no_file_holds_a_path_of_one_machine(place):
    assert offenders(place) == []


def test_no_lock_file_and_no_secret_is_tracked():
    assert [path for path in tracked() if path.name in NEVER_TRACKED] == []


def test_every_pin_is_a_name_and_a_version():
    project = (ROOT / "pyproject.toml").read_text()
    pins = re.search(r"^constraint-dependencies = \[\n(.*?)^\]", project, re.M | re.S)
    assert pins is not None
    lines = pins[1].splitlines()
    assert len(lines) > 50
    assert [
        line for line in lines if not re.fullmatch(r' {4}"[a-z0-9._-]+==[\w.!+]+",', line)
    ] == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (re.escape(REGISTRIES[0]), "see https://py" + "pi.org/project/x"),
        (PLACES[0], "cd /wo" + "rk/main"),
        (PLACES[2], "at /ho" + "me/ada/harmony"),
        (PLACES[5], "> /t" + "mp/log"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern, text):
    assert re.search(pattern, text)
