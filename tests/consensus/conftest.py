"""A matter on its way: raised, answered by two proposals, divided, called."""

from datetime import timedelta

import pytest

from assemblies.models import Assembly, Person
from consensus import services
from consensus.models import Matter
from tests.moments import T0

RAISED = T0 + timedelta(days=30)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def matter(media: Assembly, ben: Person) -> Matter:
    """Raised by Ben, with no proposal yet."""
    return services.raise_matter(
        assembly=media,
        by=ben,
        trigger="The sound desk broke at the Leeds stall.",
        question="What should we do about the sound equipment?",
        at=RAISED,
    )


@pytest.fixture
def answered(matter: Matter, ben: Person, cleo: Person) -> Matter:
    """With a proposal by Ben and one by Cleo."""
    for author, title in ((ben, "Buy a new desk"), (cleo, "Hire one when needed")):
        services.put_forward(matter=matter, by=author, title=title, text="Now.", at=RAISED + DAY)
    return matter


@pytest.fixture
def divided(answered: Matter, ada: Person, cleo: Person) -> Matter:
    """Divided by Cleo two days after it was raised."""
    return services.declare_division(
        matter=answered, by=cleo, reason="We go round in circles.", at=RAISED + 2 * DAY
    )


@pytest.fixture
def called(divided: Matter, ada: Person) -> Matter:
    """Called by Ada, the Secretary, with the earliest times: debate on day 3, vote on day 5."""
    return services.call_debate(matter=divided, by=ada, at=RAISED + 2 * DAY)
