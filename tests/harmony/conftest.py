"""The demo party, made once a module: what a test does to it is undone after the test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command

from harmony.demo.making import make_party
from tests.harmony.processes import environment, run


@pytest.fixture(scope="module")
def made_demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """Make the demo party, committed, and give the folder of its votes' keys."""
    keys, others = tmp_path_factory.mktemp("demo") / "keys", project.KEY_DIR
    with django_db_blocker.unblock():
        project.KEY_DIR = keys
        make_party()
        project.KEY_DIR = others
        yield keys
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def demo(made_demo, db, settings, tmp_path) -> None:
    """The demo party, its keys copied: a key destroyed comes back with no rollback."""
    settings.DEMO = True
    settings.KEY_DIR = shutil.copytree(made_demo, tmp_path / "demo-keys")


@pytest.fixture
def lived_demo(made_demo, transactional_db, settings) -> None:
    """The demo party to live in, for the only test of a module: everything is gone after it.

    What scrubs after a vote waits in vain for a test's own transaction to end.
    """
    settings.DEMO = True
    settings.KEY_DIR = made_demo


def demo_environment(folder) -> dict[str, str]:
    url = f"sqlite:///{folder / 'demo.sqlite3'}"
    return environment(url, folder / "keys", HARMONY_CLOCK_SECONDS="1")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A folder with a demo prepared by the command, where an earlier making was cut short."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "demo-in-making.sqlite3").write_text("half of a party")
    run("manage.py", "demo", "--prepare", env=demo_environment(folder))
    return folder
