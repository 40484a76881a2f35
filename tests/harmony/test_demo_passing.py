"""Time passes in the demo: whatever is due happens on its way, in the order in which it is due."""

from django.urls import reverse

from commons import clock
from consensus.models import Decision, Matter, Phase
from harmony.demo import passing
from tests.moments import SECOND

URL = reverse("demo")


def phase(matter: Matter) -> Phase:
    matter.refresh_from_db()
    return matter.phase_at(clock.now() + SECOND)


def test_time_passes_to_the_next_moment_of_any_matter_of_one_and_by_days(client, lived_demo):
    undecided = Matter.objects.exclude(divided_at=None).filter(ended_at=None)
    called = undecided.exclude(vote_closes_at=None).values_list("pk", "vote_closes_at")
    announced, now = dict(called), clock.now()

    before = passing.next_deadline(now)
    client.post(URL, {"go_on": "deadline"})
    assert passing.next_deadline(clock.now()) != before

    owed = Matter.objects.owing_debate().first()
    client.post(URL, {"go_on": "deadline", "matter": str(owed.pk)})
    assert phase(owed) == Phase.DEBATE

    for _day in range(20):
        client.post(URL, {"go_on": "day"})
    assert not undecided.exists()
    assert Matter.objects.under_way().exists()  # nobody divided on these
    aged = Decision.objects.filter(matter__in=announced)
    spans = {announced[decision.matter_id] - decision.decided_at for decision in aged}
    assert len(spans) == 1  # no vote was opened late, which would have moved its close
    assert clock.now() - now < 20 * 60 * SECOND  # the clock itself was not turned
