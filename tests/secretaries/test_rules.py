"""Powers that follow terms, for each kind of person (E11, A2)."""

import pytest
from django.contrib.auth.models import AnonymousUser

from commons.access import allowed

pytestmark = pytest.mark.django_db

GENERAL = {"gwen"}
MEMBERS = {"ada", "ben", "dan", "gwen"}
POWERS = {
    "assemblies.use_admin": GENERAL,
    "assemblies.admit_person": GENERAL,
    "assemblies.end_membership": GENERAL,
    "secretaries.begin_term": GENERAL,
    "secretaries.end_term": GENERAL,
    "assemblies.be_member": MEMBERS,
    "assemblies.join_assembly": MEMBERS,
    "assemblies.leave_assembly": MEMBERS,
    "assemblies.see_people": {"ada", "ben"},
}


@pytest.mark.parametrize("power", POWERS)
def test_exactly_these_people_may(noon, rf, media, ada, ben, dan, eve, gwen, power):
    may = set()
    cast = {"ada": ada, "ben": ben, "dan": dan, "eve": eve, "gwen": gwen, "nobody": AnonymousUser()}
    for name, person in cast.items():
        request = rf.get("/")
        request.user = person
        if allowed(request, power, media):
            may.add(name)
    assert may == POWERS[power]


def test_whoever_cannot_sign_in_has_no_power(noon, gwen):
    gwen.is_active = False
    assert not gwen.has_perm("assemblies.use_admin")
