"""The request of somebody who is signed in, as views behind the sign-in receive it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from assemblies.models import Person


class PersonRequest(HttpRequest):
    """A request whose visitor is a person, never anonymous; for annotations."""

    user: Person
    htmx: HtmxDetails
