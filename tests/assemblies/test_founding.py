"""Founding assemblies, and groups as members of committees (B1, B2)."""

import pytest
from django.core.exceptions import ValidationError

from assemblies import services
from assemblies.models import Kind
from record.models import Entry
from secretaries.models import Office
from tests.factories import AssemblyFactory
from tests.moments import NOON

pytestmark = pytest.mark.django_db


def test_founds_an_assembly_on_the_record(noon):
    made = services.found_assembly(
        name="Research Working Group", kind=Kind.WORKING_GROUP, aliases=["Research", "Data"]
    )
    assert (made.slug, made.founded_at) == ("research-working-group", NOON)
    assert made.aliases.splitlines() == ["Research", "Data"]
    assert Entry.objects.get().subject == "assembly:research-working-group"


@pytest.mark.django_db(transaction=True)
def test_a_new_assembly_has_its_offices(noon):
    made = services.found_assembly(name="Allotments", kind=Kind.WORKING_GROUP)
    titles = Office.objects.filter(assembly=made).values_list("title", flat=True)
    assert set(titles) == {"Secretary of the Allotments", "Deputy Secretary of the Allotments"}


def test_there_is_one_party(noon, party):
    with pytest.raises(ValidationError, match="exactly one Party"):
        services.found_assembly(name="Another", kind=Kind.PARTY)


def test_names_are_used_once(noon, media):
    with pytest.raises(ValidationError, match="name"):
        services.found_assembly(name="Media Working Group", kind=Kind.WORKING_GROUP)


@pytest.mark.parametrize("kind", [Kind.WORKING_GROUP, Kind.COMMITTEE, Kind.SOCIETY_COMMITTEE])
def test_only_society_working_groups_are_inherent(noon, kind):
    with pytest.raises(ValidationError, match="Society Working Group"):
        services.found_assembly(name="Leeds", kind=kind, belonging="inherent")


FITS = {
    (Kind.WORKING_GROUP, Kind.COMMITTEE),
    (Kind.SOCIETY_WORKING_GROUP, Kind.SOCIETY_COMMITTEE),
}


@pytest.mark.parametrize("group", [kind for kind in Kind if kind != Kind.PARTY])
@pytest.mark.parametrize("committee", Kind)
def test_committees_take_groups_of_their_kind_only(noon, group, committee):
    pair = {"group": AssemblyFactory(kind=group), "committee": AssemblyFactory(kind=committee)}
    if (group, committee) in FITS:
        services.affiliate(**pair)
        assert list(pair["committee"].groups_at(NOON)) == [pair["group"]]
        assert list(pair["group"].committees_at(NOON)) == [pair["committee"]]
    else:
        with pytest.raises(ValidationError):
            services.affiliate(**pair)


def test_a_group_is_a_member_once(noon, media):
    committee = AssemblyFactory(kind=Kind.COMMITTEE)
    services.affiliate(group=media, committee=committee)
    with pytest.raises(ValidationError, match="already"):
        services.affiliate(group=media, committee=committee)
