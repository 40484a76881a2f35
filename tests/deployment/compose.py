"""Reading docker-compose.yml, Dockerfile and .env.example as the tools that run them do."""

import re
import shlex
from typing import Any

import yaml
from django.conf import settings

ROOT = settings.BASE_DIR
FILE = ROOT / "docker-compose.yml"
APP = ("release", "web", "worker", "beat")

# $$ is a dollar; ${NAME}, ${NAME:-otherwise}, ${NAME:?complaint}.
_VARIABLE = re.compile(r"\$\$|\$\{([A-Z_]+)(?::([-?])([^}]*))?\}")


def variables() -> set[str]:
    """Return the names that docker-compose.yml takes from .env."""
    return {found[1] for found in _VARIABLE.finditer(FILE.read_text()) if found[1]}


def required() -> set[str]:
    """Return those without which it refuses to start."""
    return {found[1] for found in _VARIABLE.finditer(FILE.read_text()) if found[2] == "?"}


def load(**values: str) -> dict[str, Any]:
    """Return the file with `values` in the place of variables; LookupError for one that lacks."""

    def value(found: re.Match[str]) -> str:
        name, kind, otherwise = found.groups()
        if name is None:
            return "$"
        if values.get(name):
            return values[name]
        if kind == "?":
            raise LookupError(otherwise)
        return otherwise or ""

    return yaml.safe_load(_VARIABLE.sub(value, FILE.read_text()))


def check_of(service: dict[str, Any]) -> list[str]:
    """Return the command that tells whether the service is healthy."""
    kind, *command = service["healthcheck"]["test"]
    assert kind == "CMD"
    return command


def example() -> dict[str, str]:
    """Return every setting that .env.example names, with the value shown."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = [re.fullmatch(r"#?([A-Z_]+)=(.*)", line) for line in lines]
    return {pair[1]: pair[2] for pair in pairs if pair}


def read_by_harmony() -> set[str]:
    """Return the settings that Harmony's own code takes from the environment."""
    files = (ROOT / "harmony").glob("*.py")
    texts = "".join(file.read_text() for file in files)
    return set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", texts))


class Dockerfile:
    """The last stage of the Dockerfile, and what was run before it."""

    def __init__(self) -> None:
        text = (ROOT / "Dockerfile").read_text()
        text = re.sub(r"^#.*\n", "", text, flags=re.M).replace("\\\n", " ")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        self.steps = [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in lines]
        starts = [place for place, (word, _) in enumerate(self.steps) if word == "FROM"]
        self.build, self.last = self.steps[: starts[-1]], self.steps[starts[-1] :]

    def last_of(self, word: str) -> str:
        return [told for kind, told in self.last if kind == word][-1]

    @property
    def environment(self) -> dict[str, str]:
        told = [told for word, told in self.last if word == "ENV"]
        return dict(pair.split("=", 1) for line in told for pair in shlex.split(line))

    def run_with(self, words: str) -> str:
        """Return the one RUN of the build that holds `words`."""
        (found,) = [told for kind, told in self.build if kind == "RUN" and words in told]
        return found


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a path out of the image: the last line that fits decides."""
    answer = False
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        if pattern and not pattern.startswith("#") and _fits(pattern, path):
            answer = not line.startswith("!")
    return answer


def _fits(pattern: str, path: str) -> bool:
    """Whether the pattern names the path or a folder it lies in."""
    parts = path.split("/")
    if pattern.startswith("**/"):
        last = re.escape(pattern[3:]).replace(r"\*", "[^/]*")
        return any(re.fullmatch(last, part) for part in parts)
    ours = re.escape(pattern).replace(r"\*", "[^/]*")
    return bool(re.fullmatch(ours, parts[0]))
