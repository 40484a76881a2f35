"""Making the demo party: everything through services, each at its own moment."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assemblies.models import Person
from commons import clock
from commons.moments import UK
from harmony.demo import belonging, people
from harmony.demo.scripts import all_stories
from harmony.demo.stories import Scene, tell
from record.models import Entry
from record.services import enter, number_entries

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
    refuse_others()
    scene = Scene(clock.now().astimezone(UK).date(), {})
    scene.people.update(_accounts(scene))
    play([*belonging.lives(scene), *(tell(story, scene) for story in all_stories())])
    enter(MADE, subject="party:party", at=scene.dawn)
    number_entries()
    return True


def refuse_others() -> None:
    """Raise ValidationError, in words, where people stand in this database, but no whole demo."""
    if Person.objects.exists() and not is_made():
        raise ValidationError(
            _(
                "This database holds people already: those of another party, or of a demo that was "
                "cut short. Give the demo an empty one."
            )
        )


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
    made = {
        somebody.key: Person(
            email=somebody.email,
            name=somebody.name,
            password=password,
            signed_up_at=scene.moment((somebody.admitted or -1) - 1, "19:00"),
        )
        for somebody in people.EVERYBODY
    }
    Person.objects.bulk_create(made.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in made.values()
    )
    return made
