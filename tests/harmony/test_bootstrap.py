"""The first General Secretary of a real party."""

from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from assemblies.models import Person
from commons import clock
from harmony.bootstrap import make_first_general_secretary
from harmony.seed import seed_party
from secretaries.organisers import general_secretary_at
from tests.moments import NOON

pytestmark = pytest.mark.django_db

HANNAH = {"email": "Hannah@Example.org", "name": "Hannah"}


def bootstrap(**options):
    out = StringIO()
    call_command("bootstrap", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO())


def test_the_first_general_secretary_is_in_post():
    seed_party()
    assert "membership number" in bootstrap(**HANNAH)
    hannah = Person.objects.get()
    assert general_secretary_at(clock.now()) == hannah
    assert hannah.is_member_at(clock.now())
    assert hannah.is_staff


def test_can_sign_in_by_code_at_once():
    seed_party()
    assert "Send me a code" in bootstrap(**HANNAH)
    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == ("hannah@example.org", True, True)


def test_refuses_while_a_general_secretary_is_in_post(gwen):
    seed_party()
    with pytest.raises(CommandError, match="in post"):
        bootstrap(**HANNAH)
    assert not Person.objects.filter(name="Hannah").exists()


def test_refuses_before_there_is_a_party():
    with pytest.raises(CommandError, match="seed_party"):
        bootstrap(**HANNAH)


def test_takes_the_account_of_somebody_who_has_signed_up(eve):
    seed_party(at=NOON)
    person = make_first_general_secretary(email=eve.email, name="Somebody", at=NOON)
    assert (person.pk, person.name) == (eve.pk, "Eve")
    assert general_secretary_at(NOON) == eve


def test_refuses_what_is_no_address():
    seed_party()
    with pytest.raises(CommandError, match="email"):
        bootstrap(email="hannah", name="Hannah")


def test_asks_for_a_good_password_twice(monkeypatch):
    seed_party()
    good = "lantern-and-kite-7"
    answers = iter(["short", good, "differs", good, good])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    bootstrap(**HANNAH)
    assert Person.objects.get().check_password(good)
