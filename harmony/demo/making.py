"""Making the demo party: everything through services, each at its own moment."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assemblies.models import Assembly, Person
from assemblies.services import admit_person, join_assembly
from commons import clock
from commons.moments import UK
from harmony.demo import defence, media, party, people
from harmony.demo.stories import Scene, tell
from harmony.seed import seed_party
from record.models import Entry
from record.services import enter, number_entries
from secretaries.models import Office, Term
from secretaries.services import begin_term

MADE = "demo.make"


def is_made() -> bool:
    """Whether the demo party stands in this database, finished."""
    return Entry.objects.filter(act=MADE).exists()


def make_party() -> bool:
    """Make the demo party and return True; False where it stands already.

    Refused where a party that is not the demo's stands, or one that was cut short.
    """
    if is_made():
        return False
    if Person.objects.exists():
        raise ValidationError(
            _(
                "This database holds people already: those of another party, or of a demo that was "
                "cut short. Give the demo an empty one."
            )
        )
    scene = Scene(clock.now().astimezone(UK).date(), {})
    scene.people.update(_accounts(scene))
    stories = (*party.STORIES, *media.STORIES, *defence.STORIES)
    play([_founding(scene), *(tell(story, scene) for story in stories), _late(scene)])
    enter(MADE, subject="party:party", at=scene.dawn)
    number_entries()
    return True


def play(stories: Iterable[Iterator[datetime]]) -> None:
    """Let stories happen side by side, each resumed at the moment it waits for.

    So the acts of all of them follow each other, in the log too, as if they had been lived.
    """
    waiting = [(next(story), place, story) for place, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        moment, place, story = heapq.heappop(waiting)
        with clock.frozen(moment):
            following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (following, place, story))


def _accounts(scene: Scene) -> dict[str, Person]:
    """Make everybody's account; hashing the shared password once is what keeps this quick."""
    password = make_password(people.PASSWORD)
    signed_up = dict.fromkeys(people.MEMBERS, "-121 19:00") | dict.fromkeys(
        people.APPLICANTS, "-2 21:15"
    )
    made = {
        somebody.key: Person(
            email=somebody.email,
            name=somebody.name,
            password=password,
            signed_up_at=scene.moment(when),
        )
        for somebody, when in signed_up.items()
    }
    Person.objects.bulk_create(made.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in made.values()
    )
    return made


def _founding(scene: Scene) -> Iterator[datetime]:
    """The Party, its first General Secretary, its members, and who holds office in it."""
    yield scene.moment("-120 09:00")
    seed_party()
    general = scene.people[people.GENERAL_SECRETARY]
    yield scene.moment("-120 10:00")
    admit_person(person=general, by=None)
    _begin_term("party", general, Term.Beginning.FOUNDING)
    for number, somebody in enumerate(people.MEMBERS[1:]):
        yield scene.moment(f"{-110 + number} 12:00")
        admit_person(person=scene.people[somebody.key], by=general)
    yield from _joining(scene)
    yield scene.moment("-50 18:00")
    _begin_term(people.MEDIA, scene.people[people.MEDIA_SECRETARY])
    deputy = scene.people[people.MEDIA_DEPUTY]
    _begin_term(people.MEDIA, deputy, post=Office.Post.DEPUTY)


def _joining(scene: Scene) -> Iterator[datetime]:
    for number, somebody in enumerate(people.MEMBERS):
        yield scene.moment(f"{-80 + number // 2} 20:00")
        for slug in somebody.groups:
            join_assembly(assembly=_assembly(slug), by=scene.people[somebody.key])


def _late(scene: Scene) -> Iterator[datetime]:
    yield scene.moment("-1 20:30")
    join_assembly(assembly=_assembly(people.MEDIA), by=scene.people[people.LATE_TO_MEDIA])


def _begin_term(
    slug: str,
    person: Person,
    began_by: str = Term.Beginning.ELECTED,
    post: str = Office.Post.SECRETARY,
) -> None:
    office = Office.objects.get(assembly__slug=slug, post=post)
    begin_term(office=office, person=person, by=None, began_by=began_by)


def _assembly(slug: str) -> Assembly:
    return Assembly.objects.get(slug=slug)
