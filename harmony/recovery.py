"""Letting somebody back in who lost what they sign in with."""

from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from assemblies.models import Person
from assemblies.services.intervals import party_membership
from commons import clock
from commons.markdown import check_text
from record.services import enter


@transaction.atomic
def recover_account(
    *, person: Person, words: str, address: str = "", at: datetime | None = None
) -> None:
    """Take every second factor and the password off an account, and end its sessions.

    Its holder then signs in with a code sent to their address, or to the new `address`, which
    counts as confirmed. Whoever runs this has the server and has made sure who asks; `words` say
    how, on the record, which names neither the person nor an address. Both addresses are told.
    """
    if not words.strip():
        raise ValidationError(_("Say in words why: they stand on the record."))
    words, before = check_text(words.strip()), person.email
    person.email = address.strip().lower() or before
    person.set_unusable_password()  # a session holds only as long as the password it began with
    person.full_clean(exclude={"number"})
    person.save(update_fields=["email", "password"])
    Authenticator.objects.filter(user=person).delete()
    _confirm(person)
    _enter(person, words, clock.settle(at))
    transaction.on_commit(partial(_tell, {before, person.email}), robust=True)


def _confirm(person: Person) -> None:
    """Make the person's address their one address, confirmed."""
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def _enter(person: Person, words: str, at: datetime) -> None:
    membership = party_membership(person)
    subject = f"membership:{membership.pk}" if membership else "account"
    enter("account.recover", subject=subject, at=at, words=words)


def _tell(addresses: set[str]) -> None:
    words = _(
        "Whoever runs Harmony for the Party has reset how you sign in, because you or somebody in "
        "your name asked for it. Your password and second factors no longer hold, and everybody "
        "who was signed in to your account has been signed out.\n\n"
        "To sign in, choose “Send me a code” on the sign-in page. Then add a passkey or an "
        "authenticator app under Me.\n\n"
        "If you did not ask for this, tell the General Secretary at once."
    )
    for address in sorted(addresses):
        send_mail(_("Harmony: how you sign in was reset"), words, None, [address])
