"""How the demo party came to be: who founded it, was admitted, joined, held office and left."""

from collections.abc import Iterator
from datetime import datetime

from assemblies.models import Assembly, Person
from assemblies.services import (
    admit_person,
    affiliate,
    end_membership,
    found_assembly,
    join_assembly,
    leave_assembly,
    register_inherent,
)
from commons import clock
from harmony.demo import groups
from harmony.demo.groups import FOUNDED, Founding, Holding
from harmony.demo.people import GENERAL_SECRETARY, MEMBERS, Joining, Somebody
from harmony.demo.stories import Scene
from harmony.seed import seed_party
from notices.services import mark_read
from secretaries.models import Office, Term
from secretaries.services import begin_term, resign

SETTLING = 2
"""Days between being admitted, or a group's founding, and joining it."""


def lives(scene: Scene) -> Iterator[Iterator[datetime]]:
    """Everything that happened beside the matters, for `making.play`."""
    yield _founding(scene)
    for founding in FOUNDED.values():
        yield _found(founding, scene)
    for somebody in MEMBERS:
        yield _live(somebody, scene)
        for joining in somebody.groups:
            yield _join(somebody, joining, scene)
    for holding in groups.HOLDINGS:
        yield _hold(holding, scene)
    yield _read(scene)


def _founding(scene: Scene) -> Iterator[datetime]:
    """The Party and its first General Secretary."""
    general, *_others = MEMBERS
    yield scene.moment(_admitted(general), "09:00")
    seed_party()
    person = scene.people[GENERAL_SECRETARY]
    admit_person(person=person, by=None)
    _begin_term("party", Office.Post.SECRETARY, person, Term.Beginning.FOUNDING)


def _found(founding: Founding, scene: Scene) -> Iterator[datetime]:
    yield scene.moment(founding.day, "19:00")
    group = found_assembly(
        name=founding.name,
        kind=founding.kind,
        remit=founding.remit,
        belonging=founding.belonging,
    )
    for committee in founding.committees:
        affiliate(group=group, committee=_assembly(committee))


def _live(somebody: Somebody, scene: Scene) -> Iterator[datetime]:
    """Be admitted, be registered where one lives (B4), and perhaps leave the Party."""
    person, general = scene.people[somebody.key], scene.people[GENERAL_SECRETARY]
    if person != general:
        yield scene.moment(_admitted(somebody), "12:00")
        admit_person(person=person, by=general)
    if somebody.lives:
        society = FOUNDED[somebody.lives]
        yield scene.moment(max(_admitted(somebody), society.day), "19:30")
        register_inherent(person=person, assembly=_assembly(somebody.lives), by=general)
    if somebody.left is not None:
        yield scene.moment(somebody.left, "12:00")
        end_membership(person=person, by=person)


def _join(somebody: Somebody, joining: Joining, scene: Scene) -> Iterator[datetime]:
    person = scene.people[somebody.key]
    yield scene.moment(_day_of(joining, somebody), "20:30")
    group = _assembly(joining.group)
    join_assembly(assembly=group, by=person)
    if joining.until is not None:
        yield scene.moment(joining.until, "12:00")
        leave_assembly(assembly=group, by=person)


def _day_of(joining: Joining, somebody: Somebody) -> int:
    if joining.since is not None:
        return joining.since
    founded = FOUNDED.get(joining.group)
    earliest = max(_admitted(somebody), founded.day) if founded else _admitted(somebody)
    return min(earliest + SETTLING, -1)


def _hold(holding: Holding, scene: Scene) -> Iterator[datetime]:
    yield scene.moment(holding.since, "18:00")
    person = scene.people[holding.key]
    term = _begin_term(holding.assembly, holding.post, person, holding.began_by)
    if holding.until is not None:
        yield scene.moment(holding.until, "09:00")
        resign(term=term, by=person)


def _read(scene: Scene) -> Iterator[datetime]:
    """Everybody has read what they were told until a week ago."""
    yield scene.moment(-7, "22:00")
    for person in scene.people.values():
        mark_read(person, at=clock.now())


def _begin_term(group: str, post: str, person: Person, began_by: str) -> Term:
    office = Office.objects.get(assembly=_assembly(group), post=post)
    return begin_term(office=office, person=person, by=None, began_by=began_by)


def _assembly(group: str) -> Assembly:
    return Assembly.objects.get(slug=groups.slug_of(group))


def _admitted(somebody: Somebody) -> int:
    assert somebody.admitted is not None  # noqa: S101 - a member was admitted
    return somebody.admitted
