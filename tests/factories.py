"""Real objects for tests. People are members of the Party since T0 unless said otherwise."""

from datetime import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from assemblies import numbers
from assemblies.models import Affiliation, Assembly, Kind, Membership, Person
from secretaries.models import Office, Term
from tests.moments import T0

PASSWORD = "correct-horse-battery"


class AssemblyFactory(DjangoModelFactory):
    class Meta:
        model = Assembly

    name = factory.Sequence(lambda n: f"Working Group {n}")
    slug = factory.LazyAttribute(lambda made: made.name.lower().replace(" ", "-"))
    kind = Kind.WORKING_GROUP
    founded_at = T0


class PartyFactory(AssemblyFactory):
    """The Party: the one there is, or made now."""

    class Meta:
        model = Assembly
        django_get_or_create = ["slug"]

    name = "The Party"
    slug = "party"
    kind = Kind.PARTY
    is_core = True


class PersonFactory(DjangoModelFactory):
    """A member of the Party `member_since` T0; `member_since=None` makes an applicant.

    `belongs_to` takes assemblies that the person has been in since T0 as well.
    """

    class Meta:
        model = Person
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.LazyAttribute(lambda made: f"{made.name.lower().replace(' ', '.')}@example.org")
    number = factory.Sequence(lambda n: f"{2_000_000 + n}{numbers.check_digit(str(2_000_000 + n))}")
    password = factory.django.Password(PASSWORD)
    signed_up_at = T0

    class Params:
        applicant = factory.Trait(number=None, member_since=None)

    @factory.post_generation
    def member_since(made: Person, create: bool, since: datetime | None, **_: Any) -> None:  # noqa: N805
        if made.number is not None:
            MembershipFactory(person=made, assembly=PartyFactory(), since=since or T0)

    @factory.post_generation
    def belongs_to(made: Person, create: bool, assemblies: Any, **_: Any) -> None:  # noqa: N805
        for assembly in assemblies or ():
            MembershipFactory(person=made, assembly=assembly)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    assembly = factory.SubFactory(AssemblyFactory)
    since = T0


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = Affiliation

    group = factory.SubFactory(AssemblyFactory)
    committee = factory.SubFactory(
        AssemblyFactory,
        name=factory.Sequence(lambda n: f"Committee {n}"),
        kind=Kind.COMMITTEE,
    )
    since = T0


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office
        django_get_or_create = ["assembly", "post"]

    assembly = factory.SubFactory(AssemblyFactory)
    post = Office.Post.SECRETARY
    title = factory.LazyAttribute(lambda made: f"{made.post} of {made.assembly}")


class TermFactory(DjangoModelFactory):
    """A current term since T0; `assembly` and `post` choose the office, made where missing."""

    class Meta:
        model = Term
        exclude = ["assembly", "post"]

    assembly = factory.SubFactory(AssemblyFactory)
    post = Office.Post.SECRETARY
    office = factory.LazyAttribute(
        lambda made: OfficeFactory(assembly=made.assembly, post=made.post)
    )
    person = factory.SubFactory(PersonFactory)
    since = T0
    began_by = Term.Beginning.ELECTED
