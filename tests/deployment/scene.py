"""A party in the middle of two votes: `python -m tests.deployment.scene` makes it in the database
of the environment, with the real clock, and prints both votes' uuids.
"""

import json
from datetime import timedelta

import django

PEOPLE = 12
OPTIONS = ("A brighter lamp", "A warmer lamp", "Leave things as they are")
PASSWORD = "lantern-and-kite-7"  # of ada, who has not voted yet


def make() -> dict[str, str]:
    """Admit twelve people, open two votes, and have all but ada cast "530" in the first."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - after django.setup()

    from assemblies.models import Assembly, Person  # noqa: PLC0415
    from assemblies.services import admit_person, join_assembly  # noqa: PLC0415
    from voting.services import cast_ballot  # noqa: PLC0415

    media = Assembly.objects.get(slug="media-working-group")
    ada = Person.objects.create_user("ada@example.org", PASSWORD, name="Ada")
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    others = [
        Person.objects.create_user(f"member{number}@example.org", name=f"Member {number}")
        for number in range(1, PEOPLE)
    ]
    for person in (ada, *others):
        admit_person(person=person, by=None)
        join_assembly(assembly=media, by=person)
    first, second = _open(media, "Which lamp do we buy?"), _open(media, "Which one after that?")
    for person in others:
        cast_ballot(vote=first, person=person, scores="530")
    return {"first": str(first.pk), "second": str(second.pk), "ada": str(ada.pk)}


def _open(media, question):
    from commons import clock  # noqa: PLC0415
    from voting.services import NewOption, open_vote  # noqa: PLC0415

    now = clock.now()
    options = [NewOption(label=label) for label in OPTIONS]
    return open_vote(
        assembly=media,
        question=question,
        options=options,
        opens_at=now,
        closes_at=now + timedelta(hours=1),
        about_url="/assemblies/media-working-group/",
    )


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make()))  # noqa: T201
