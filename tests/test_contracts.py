"""What holds for the whole house, checked by the tools that know."""

import os
import re
import secrets
import shutil
import subprocess
import sys
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = settings.BASE_DIR

PRODUCTION = {
    "HARMONY_SECURE": "1",
    "HARMONY_BEHIND_PROXY": "1",
    "ALLOWED_HOSTS": "harmony.example",
    "CSRF_TRUSTED_ORIGINS": "https://harmony.example",
    "EMAIL_URL": "smtp://mail.example:25",
}
NOT_IN_PRODUCTION = {
    "DEBUG",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "HARMONY_DEMO",
    "HARMONY_HONOUR_GIVEN_MOMENTS",
}


def run(*command: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False
    )


def assert_clean(done: subprocess.CompletedProcess) -> None:
    assert done.returncode == 0, f"\n{done.stdout}\n{done.stderr}"


def tool(name: str) -> str:
    """Return the path of a tool of this environment."""
    beside = Path(sys.executable).parent
    found = shutil.which(name, path=f"{beside}{os.pathsep}{os.environ.get('PATH', '')}")
    assert found, f"{name} is not installed"
    return found


def production(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_IN_PRODUCTION}
    # Django's checks ask the database what it can do; this one needs no server and leaves no file.
    own = {"SECRET_KEY": secrets.token_urlsafe(60), "DATABASE_URL": "sqlite://:memory:"}
    return kept | PRODUCTION | own | more


def test_rooms_import_only_downwards():
    assert_clean(run(tool("lint-imports"), "--no-cache"))


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    written = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=written)
    except SystemExit:
        pytest.fail(written.getvalue())


def test_ruff_has_nothing_to_say():
    assert_clean(run(tool("ruff"), "check", "."))


def test_everything_is_formatted():
    assert_clean(run(tool("ruff"), "format", "--check", "."))


@pytest.mark.skipif(find_spec("mypy") is None, reason="mypy is not installed (the group `full`)")
def test_types_hold():
    assert_clean(run(sys.executable, "-m", "mypy", "."))


def test_production_settings_pass_djangos_deployment_check():
    check = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    assert_clean(run(sys.executable, *check, env=production()))


def test_the_check_would_find_a_weak_setting():
    check = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = run(sys.executable, *check, env=production(HARMONY_SECURE="0"))
    assert "security.W" in done.stderr


def test_static_files_collect_with_a_hash_in_every_name(tmp_path):
    env = production(STATIC_ROOT=str(tmp_path))
    assert_clean(run(sys.executable, "manage.py", "collectstatic", "--no-input", env=env))
    assert list(tmp_path.glob("css/harmony.*.css"))
    assert (tmp_path / "staticfiles.json").exists()


def test_every_setting_of_the_environment_is_explained():
    explained = (ROOT / ".env.example").read_text()
    read = {
        name
        for file in ("settings.py", "gunicorn.py")
        for name in re.findall(
            r"env(?:iron)?\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "harmony" / file).read_text()
        )
    }
    assert {"DATABASE_URL", "HARMONY_BIND"} <= read
    assert sorted(name for name in read if f"{name}=" not in explained) == []
