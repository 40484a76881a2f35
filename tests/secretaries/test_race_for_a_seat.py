"""Two people are put in one seat at once: one of them gets it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from record.models import Entry
from secretaries.models import Office, Term
from secretaries.services import begin_term
from tests.factories import OfficeFactory, PersonFactory
from tests.moments import NOON

RUNNERS = 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seats", [1, 3])
def test_no_more_terms_than_seats(noon, media, gwen, seats):
    office = OfficeFactory(assembly=media, post=Office.Post.RESOLUTION, seats=seats)
    people = PersonFactory.create_batch(RUNNERS)
    start = Barrier(RUNNERS)

    def run(person):
        start.wait()
        try:
            return begin_term(office=office, person=person, by=gwen)
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(RUNNERS) as pool:
        results = list(pool.map(run, people))
    terms = Term.objects.current_at(NOON).filter(office=office)
    made = [result for result in results if isinstance(result, Term)]
    assert len(made) == terms.count() == Entry.objects.filter(act="term.begin").count()
    assert 1 <= len(made) <= seats
    assert len({term.seat for term in terms}) == len(made)
