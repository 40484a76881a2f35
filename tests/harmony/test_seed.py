"""The Party as table G gives it (B6, E1, E6, E7)."""

import pytest
from django.core.management import call_command
from django.db import models

from assemblies.models import Affiliation, Assembly, Kind
from harmony.seed import ASSEMBLIES, seed_party
from record.models import Entry
from secretaries.models import Office

pytestmark = pytest.mark.django_db

CORE = {
    "Committee for Resolutions": Kind.COMMITTEE,
    "Operational Working Group": Kind.WORKING_GROUP,
    "Financial Working Group": Kind.WORKING_GROUP,
    "Foundational Committee": Kind.COMMITTEE,
    "Society for Presentation of Policy": Kind.SOCIETY_COMMITTEE,
    "Media Working Group": Kind.WORKING_GROUP,
    "Research Working Group": Kind.WORKING_GROUP,
    "Society for Constructive Activism": Kind.SOCIETY_COMMITTEE,
    "Policy Societies Committee": Kind.SOCIETY_COMMITTEE,
    "Constituency Societies Committee": Kind.SOCIETY_COMMITTEE,
}
PARTY_SECRETARIES = {
    "General Secretary",
    "Secretary of the Committee for Resolutions",
    "Secretary of the Operational Working Group",
    "Treasurer",
    "Secretary for the Constituencies Society",
    "Secretary of the Media Working Group",
    "Secretary for the Activism Society",
}


def contents() -> dict[type[models.Model], list[dict[str, object]]]:
    return {model: list(model.objects.values()) for model in (Assembly, Affiliation, Office, Entry)}


def test_makes_every_core_assembly_with_its_remit():
    seed_party()
    made = dict(Assembly.objects.filter(is_core=True).values_list("name", "kind"))
    assert made.items() >= CORE.items()
    assert not Assembly.objects.filter(remit="").exists()
    assert Assembly.objects.filter(kind=Kind.PARTY).count() == 1


def test_running_it_again_changes_nothing(capsys):
    call_command("seed_party")
    before = contents()
    call_command("seed_party")
    assert contents() == before
    assert "already" in capsys.readouterr().out


def test_makes_again_only_what_is_missing():
    seed_party()
    Affiliation.objects.filter(group__kind=Kind.WORKING_GROUP).delete()
    Office.objects.all().delete()
    Assembly.objects.filter(kind=Kind.WORKING_GROUP).delete()
    assert seed_party() == 4
    assert Affiliation.objects.count() == 11
    assert not Assembly.objects.exclude(pk__in=Office.objects.values("assembly")).exists()


def test_leaves_a_renamed_assembly_as_it_is():
    seed_party()
    Assembly.objects.filter(slug="media-working-group").update(name="Media and Press")
    assert seed_party() == 0
    assert Assembly.objects.get(slug="media-working-group").name == "Media and Press"


@pytest.mark.parametrize("name", ["Committee for Resolutions", "Foundational Committee"])
def test_the_core_committees_hold_the_four_core_groups(name):
    seed_party()
    groups = Affiliation.objects.filter(committee__name=name).values_list("group__name", flat=True)
    assert set(groups) == {name for name, kind in CORE.items() if kind == Kind.WORKING_GROUP}


def test_three_society_committees_have_a_first_group():
    seed_party()
    pairs = Affiliation.objects.filter(committee__kind=Kind.SOCIETY_COMMITTEE)
    assert set(pairs.values_list("committee__name", "group__kind")) == {
        ("Society for Presentation of Policy", Kind.SOCIETY_WORKING_GROUP),
        ("Society for Constructive Activism", Kind.SOCIETY_WORKING_GROUP),
        ("Policy Societies Committee", Kind.SOCIETY_WORKING_GROUP),
    }


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Committee for Presentation of Policy", "Society for Presentation of Policy"),
        ("Activism Society", "Society for Constructive Activism"),
        ("Constituencies Society", "Constituency Societies Committee"),
    ],
)
def test_other_names_find_the_one_body(alias, name):
    seed_party()
    assert Assembly.objects.named(alias).get().name == name


def test_every_assembly_has_a_secretary_and_deputies():
    seed_party()
    posts = (Office.Post.SECRETARY, Office.Post.DEPUTY)
    offices = Office.objects.filter(post__in=posts)
    assert offices.count() == 2 * len(ASSEMBLIES)


def test_the_party_secretaries_are_those_of_the_constitution():
    seed_party()
    offices = Office.objects.filter(is_of_party=True)
    assert set(offices.values_list("title", flat=True)) == PARTY_SECRETARIES
    assert list(offices.filter(is_elected=False).values_list("title", flat=True)) == ["Treasurer"]


def test_there_are_three_secretaries_of_resolution():
    seed_party()
    office = Office.objects.get(post=Office.Post.RESOLUTION)
    assert (office.assembly.name, office.seats, office.is_of_party) == (
        "Committee for Resolutions",
        3,
        False,
    )


def test_each_founding_is_on_the_record():
    seed_party()
    assert Entry.objects.filter(act="assembly.found").count() == len(ASSEMBLIES)
