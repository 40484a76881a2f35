"""docs/operating.md promises nothing that is not there."""

import re
import shlex

import pytest
from django.apps import apps
from django.core.management import get_commands as commands
from django.core.management import load_command_class
from django.db import connection

from assemblies.models import Person
from commons import clock
from harmony.bootstrap import make_first_general_secretary
from harmony.recovery import recover_account
from harmony.seed import seed_party
from record.models import Entry
from secretaries.models import Term
from secretaries.organisers import general_secretary_at
from tests.deployment import compose, operating

DOCS = compose.ROOT / "docs"
TYPED = [
    line
    for block in operating.blocks(operating.PAGE)
    for line in block.splitlines()
    if "docker compose" in line
]
MANAGED = [line.split("manage.py ", 1)[1] for line in TYPED if "manage.py " in line]


def test_every_setting_is_named():
    named = set(re.findall(r"`([A-Z_]+)`", operating.PAGE))
    assert sorted(set(compose.example()) - named) == []


def test_the_settings_an_operator_must_choose_are_those_compose_asks_for():
    table = operating.section("First start")
    chosen = set(re.findall(r"`([A-Z_]+)`", table))
    assert compose.required() <= chosen
    assert len(chosen) == 6
    assert "Six settings" in table


@pytest.mark.parametrize("line", MANAGED)
def test_every_command_takes_what_the_page_gives_it(line):
    if line.startswith("shell -c"):
        line = "shell -c pass"  # the rest follows below the line
    name, *words = shlex.split(line)
    command = load_command_class(commands()[name], name)
    command.create_parser("manage.py", name).parse_args(words)


@pytest.mark.parametrize("line", TYPED)
def test_every_service_named_is_one(line):
    services = set(compose.load(**dict.fromkeys(compose.required(), "x"))["services"])
    told = line.split("docker compose ", 1)[1]
    match re.split(r" [<>|;]", told)[0].split():
        case ["exec" | "run", *words]:
            assert next(word for word in words if not word.startswith("-")) in services
        case ["stop" | "logs", *words]:
            assert set(words) <= services
        case ["up", *words]:
            assert {word for word in words if not word.startswith("-")} <= services
        case [other, *_]:
            assert other == "ps"


def test_every_alarm_is_told_apart():
    texts = "".join(path.read_text() for path in (compose.ROOT / "voting").rglob("*.py"))
    raised = set(re.findall(r'"ALARM: ([^."]+)', texts))
    table = operating.section("What to watch").replace("…", "%s")
    assert sorted(words for words in raised if words not in table) == []


def test_every_table_that_holds_a_person_is_named():
    holding = {
        relation.related_model._meta.db_table
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    by_uuid = {"assemblies_person", "voting_elector", "record_entry", "django_session"}
    assert {model._meta.db_table for model in apps.get_models()} > by_uuid
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", operating.PAGE))
    assert sorted((holding | by_uuid) - named) == []


@pytest.mark.parametrize("page", ["operating.md", "privacy-notice.md"])
def test_links_lead_somewhere(page):
    text = (DOCS / page).read_text()
    linked = re.findall(r"\]\(([^)#]+)\)", text)
    assert [name for name in linked if not (DOCS / name).exists()] == []


@pytest.mark.django_db
def test_a_general_secretary_who_is_gone_can_be_followed_by_another(gwen):
    seed_party()
    (block,) = operating.blocks(operating.section("A lost account"))[1:]
    exec(re.search(r'shell -c "\n(.*?)"\n', block, re.S)[1], {})
    assert Term.objects.get(person=gwen).until is not None
    assert "successor" in Entry.objects.get(act="term.end").facts["words"]
    rhys = make_first_general_secretary(email="rhys@your-party.example", name="Rhys Llewellyn")
    assert general_secretary_at(clock.now()) == rhys


@pytest.mark.postgres
@pytest.mark.django_db
def test_erasing_by_hand_takes_the_identity_off_account_and_record(ada):
    recover_account(person=ada, words="Seen in person.")
    Entry.objects.create(at=clock.now(), act="matter.raise", subject="matter:1", actor=ada.pk)
    block = operating.blocks(operating.section("What is kept, and for how long"))[-1]
    statements = re.search(r"<<'SQL'\n(.*?)^SQL", block, re.M | re.S)[1]
    with connection.cursor() as cursor:
        cursor.execute(statements.replace(":'person'", f"'{ada.pk}'"))
    ada.refresh_from_db()
    assert (ada.name, ada.email) == ("Former member", f"{ada.pk}@erased.invalid")
    assert not ada.is_active
    assert not Entry.objects.filter(actor=ada.pk).exists()
    ada.full_clean(exclude={"number"})
