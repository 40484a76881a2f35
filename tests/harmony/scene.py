"""A party with one vote about to close, for tests that start real processes.

`python -m tests.harmony.scene SECONDS` makes it in the database of the environment.
"""

import sys
from datetime import timedelta

import django

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def make(seconds: int) -> None:
    """Leave a matter of three people whose vote, all ballots cast, closes in `seconds`."""
    from assemblies.models import Assembly, Person  # noqa: PLC0415 - after django.setup()
    from assemblies.services import admit_person, join_assembly  # noqa: PLC0415
    from commons import clock  # noqa: PLC0415
    from consensus import services as consensus  # noqa: PLC0415
    from harmony.seed import seed_party  # noqa: PLC0415
    from voting.services import cast_ballot  # noqa: PLC0415

    now = clock.now()
    with clock.frozen(now - 30 * DAY):
        seed_party()
        media = Assembly.objects.get(slug="media-working-group")
        people = [
            Person.objects.create_user(f"{name}@example.org", name=name.title())
            for name in ("ada", "ben", "cleo")
        ]
        for person in people:
            admit_person(person=person, by=None)
            join_assembly(assembly=media, by=person)
    ada = people[0]
    with clock.frozen(now - 20 * DAY):
        matter = consensus.raise_matter(
            assembly=media, by=ada, trigger="The lamp fell.", question="Which lamp do we buy?"
        )
        consensus.put_forward(matter=matter, by=ada, title="A brighter one", text="Twice.")
        consensus.declare_division(matter=matter, by=ada, reason="Nobody agrees.")
    # Nobody calls: debate and vote open by themselves at what is now their moment (C5).
    with clock.frozen(now - 10 * DAY):
        consensus.open_due_debates()
    matter.refresh_from_db()
    matter.vote_closes_at = now + seconds * SECOND
    matter.save(update_fields=["vote_closes_at"])
    with clock.frozen(matter.vote_opens_at):
        consensus.open_due_votes()
    matter.refresh_from_db()
    with clock.frozen(matter.vote_opens_at + DAY):
        for person in people:
            cast_ballot(vote=matter.vote, person=person, scores="50")


if __name__ == "__main__":
    django.setup()
    make(int(sys.argv[1]))
