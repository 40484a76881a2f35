"""How many people are in each assembly, reckoned for all of them in two queries."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from assemblies.models import Affiliation, Membership


def people_counts(at: datetime) -> dict[int, int]:
    """Return the number of people of each assembly by its pk; assemblies without people are absent.

    Agrees with `Assembly.people_at`: members of the Party only, and each person once in a
    committee, however many of its groups they are in (B2).
    """
    return dict(_direct(at)) | dict(_through_groups(at))


def _direct(at: datetime) -> QuerySet[Membership, tuple[int, int]]:
    in_party = Membership.objects.current_at(at).filter(
        person=OuterRef("person"), assembly__kind="party"
    )
    current = Membership.objects.current_at(at).filter(Exists(in_party))
    return current.values_list("assembly").annotate(Count("pk")).order_by()


def _through_groups(at: datetime) -> QuerySet[Affiliation, tuple[int, int]]:
    path = "group__memberships__"
    in_party = Membership.objects.current_at(at).filter(
        person=OuterRef(f"{path}person"), assembly__kind="party"
    )
    is_current = Q(**{f"{path}until": None}) | Q(**{f"{path}until__gt": at})
    current = Affiliation.objects.current_at(at).filter(
        is_current, Exists(in_party), **{f"{path}since__lte": at}
    )
    people = Count(f"{path}person", distinct=True)
    return current.values_list("committee").annotate(people).order_by()
