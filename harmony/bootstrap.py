"""The first General Secretary of a real party, without whom nobody could be admitted."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assemblies.models import Kind, Person
from assemblies.services import admit_person
from commons import clock
from commons.markdown import check_text
from secretaries.models import Office, Term
from secretaries.organisers import general_secretary_at
from secretaries.services import begin_term


@transaction.atomic
def make_first_general_secretary(
    *, email: str, name: str, password: str | None = None, at: datetime | None = None
) -> Person:
    """Put somebody in post as General Secretary, with an account where they have none.

    Refused when a General Secretary is in post, and where there is no Party. Whoever runs this
    has the server; the address counts as verified. Without `password` they sign in by a code.
    """
    at = clock.settle(at)
    office = Office.objects.filter(assembly__kind=Kind.PARTY, post=Office.Post.SECRETARY).first()
    if office is None:
        raise ValidationError(_("There is no Party yet. Run seed_party first."))
    if general_secretary_at(at) is not None:
        raise ValidationError(_("A General Secretary is in post. The Party elects the next one."))
    person = _account(email.strip().lower(), check_text(name.strip()), password)
    if not person.is_member_at(at):
        admit_person(person=person, by=None, at=at)
    begin_term(office=office, person=person, by=None, began_by=Term.Beginning.FOUNDING, at=at)
    return person


def _account(email: str, name: str, password: str | None) -> Person:
    """Return the account with that address, made if there is none; the address is verified."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = Person(email=email, name=name)
        person.set_password(password)
        person.full_clean(exclude={"number"})
        person.save()
    address, _made = EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"primary": True}
    )
    if not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])
    return person
