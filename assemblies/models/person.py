"""A person, who signs in with an e-mail address."""

import uuid
from datetime import datetime
from typing import Any

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from assemblies import numbers
from assemblies.models.membership import Membership
from commons import clock
from commons.reading import asked_once


class PersonQuerySet(models.QuerySet["Person"]):
    def in_party_at(self, at: datetime) -> "PersonQuerySet":
        """The members of the Party at that moment."""
        in_party = Membership.objects.current_at(at).filter(
            person=OuterRef("pk"), assembly__kind="party"
        )
        return self.filter(Exists(in_party))

    def applying(self) -> "PersonQuerySet":
        """People who have signed up and were never members: they wait to be admitted."""
        return self.filter(number=None, is_active=True)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make an account; membership comes by `assemblies.services.admit_person`."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account, whether or not a member of the Party.

    Powers follow current terms of office (E11): there are no groups, no stored permissions and no
    superuser, who would bypass A2.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    number = models.CharField(  # noqa: DJ001 - unique, and many applicants have none
        _("membership number"), max_length=8, null=True, unique=True
    )
    is_active = models.BooleanField(_("can sign in"), default=True)
    signed_up_at = models.DateTimeField(_("signed up at"), default=clock.now)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_address",
                violation_error_message=_("There is an account with this address already."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def shown_number(self) -> str:
        return numbers.shown(self.number) if self.number else ""

    @asked_once
    def is_member_at(self, at: datetime) -> bool:
        """Whether the person is a member of the Party at that moment."""
        return self.memberships.current_at(at).filter(assembly__kind="party").exists()

    def get_full_name(self) -> str:
        return self.name

    # The admin asks these three; `assemblies.rules` and `secretaries.rules` answer (E11).
    @property
    def is_staff(self) -> bool:
        return self.has_perm("assemblies.use_admin")

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and rules.has_perm(perm, self, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff
