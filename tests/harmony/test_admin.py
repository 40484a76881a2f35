"""The General Secretary's desk: who gets in, and that everything goes through services."""

import re
from http import HTTPStatus

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from assemblies.models import Affiliation, Assembly, Membership, Person
from commons import clock
from harmony.demo.making import MADE
from record.models import Entry
from record.services import enter
from secretaries.models import Office, Term
from secretaries.services import ensure_offices
from tests.factories import AffiliationFactory, PersonFactory, TermFactory

pytestmark = pytest.mark.django_db

LISTS = [
    "assemblies_person",
    "assemblies_assembly",
    "assemblies_membership",
    "assemblies_affiliation",
    "secretaries_office",
    "secretaries_term",
]


@pytest.fixture
def desk(gwen, signed_in):
    TOTP.activate(gwen, "JBSWY3DPEHPK3PXP")
    return signed_in(gwen)


@pytest.mark.parametrize("name", LISTS)
def test_the_general_secretary_reads_every_list(desk, media, ada, name):
    AffiliationFactory(group=media)
    model = {f"{m._meta.app_label}_{m._meta.model_name}": m for m in admin.site._registry}[name]
    listed = desk.get(reverse(f"admin:{name}_changelist"))
    assert listed.status_code == HTTPStatus.OK
    assert "css/admin.css" in listed.content.decode()
    page = desk.get(reverse(f"admin:{name}_change", args=[model.objects.first().pk]))
    assert page.status_code == HTTPStatus.OK
    assert 'name="_save"' not in page.content.decode()


def test_only_lists_of_people_assemblies_and_terms_are_on_the_desk():
    models = {Person, Assembly, Membership, Affiliation, Office, Term}
    assert set(admin.site._registry) == models


@pytest.mark.parametrize("name", LISTS)
def test_nobody_else_gets_in(name, ada, eve, client, signed_in):
    url = reverse(f"admin:{name}_changelist")
    assert client.get(url).url.startswith(reverse("account_login"))
    for person in (ada, eve):
        answer = signed_in(person).get(url, follow=True)
        assert answer.status_code == HTTPStatus.FORBIDDEN


def test_asks_for_a_second_factor(gwen, signed_in):
    answer = signed_in(gwen).get(reverse("admin:index"), follow=True)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Add a passkey" in answer.content.decode()


def test_the_demo_does_not_ask_and_says_so_loudly(gwen, signed_in, settings):
    settings.DEMO = True
    enter(MADE, subject="party:party", at=clock.now())
    answer = signed_in(gwen).get(reverse("admin:index"))
    assert answer.status_code == HTTPStatus.OK
    assert "without a second factor" in answer.content.decode()


def test_a_party_of_others_asks_whatever_is_set(gwen, signed_in, settings):
    settings.DEMO = True
    answer = signed_in(gwen).get(reverse("admin:index"), follow=True)
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_the_desk_closes_when_the_term_ends(desk, gwen):
    Term.objects.filter(person=gwen).update(until=clock.now())
    answer = desk.get(reverse("admin:index"), follow=True)
    assert answer.status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_saved_or_deleted_by_hand(desk, media, ada, name):
    AffiliationFactory(group=media)
    model = {f"{m._meta.app_label}_{m._meta.model_name}": m for m in admin.site._registry}[name]
    pk = model.objects.first().pk
    for verb in ("change", "delete"):
        answer = desk.post(reverse(f"admin:{name}_{verb}", args=[pk]), {"post": "yes"})
        assert answer.status_code == HTTPStatus.FORBIDDEN
    assert model.objects.filter(pk=pk).exists()


def test_the_first_page_says_who_waits_and_what_is_there(desk, eve):
    page = desk.get(reverse("admin:index")).content.decode()
    assert reverse("admin:admit_person", args=[eve.pk]) in page
    for name in LISTS:
        assert reverse(f"admin:{name}_changelist") in page


def test_the_first_page_says_what_was_done(desk, eve):
    assert "Nothing yet" in desk.get(reverse("admin:index")).content.decode()
    desk.post(reverse("admin:admit_person", args=[eve.pk]))
    page = desk.get(reverse("admin:index")).content.decode()
    assert "Nobody waits" in page
    assert "Eve is a member of the Party." in page
    history = reverse("admin:assemblies_person_history", args=[eve.pk])
    assert "Eve is a member of the Party." in desk.get(history).content.decode()


@pytest.mark.parametrize(
    ("name", "args", "to"),
    [
        ("app_list", ["assemblies"], "admin:index"),
        ("password_change", [], "account_change_password"),
        ("logout", [], "account_logout"),
    ],
)
def test_what_harmony_does_elsewhere_is_done_there(desk, name, args, to):
    assert desk.get(reverse(f"admin:{name}", args=args)).url == reverse(to)


def test_dates_are_written_as_the_party_writes_them(desk, media):
    page = desk.get(reverse("admin:assemblies_assembly_changelist")).content.decode()
    assert re.search(r"\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d", page)
    assert "Django" not in page


def test_admits_an_applicant_from_their_page(desk, eve, gwen):
    page = desk.get(reverse("admin:assemblies_person_change", args=[eve.pk]))
    url = reverse("admin:admit_person", args=[eve.pk])
    assert url in page.content.decode()
    assert desk.post(url).status_code == HTTPStatus.SEE_OTHER
    eve.refresh_from_db()
    assert eve.number
    assert eve.is_member_at(clock.now())
    assert Entry.objects.get(act="person.admit").is_by(gwen.pk)
    logged = LogEntry.objects.get()
    assert (logged.user, logged.object_id) == (gwen, str(eve.pk))


def test_admits_several_at_once(desk, eve):
    fay = PersonFactory(name="Fay", applicant=True)
    data = {"action": "admit", "_selected_action": [eve.pk, fay.pk]}
    desk.post(reverse("admin:assemblies_person_changelist"), data)
    assert all(person.is_member_at(clock.now()) for person in (eve, fay))


def test_admitting_a_member_again_is_refused_in_words(desk, dan):
    answer = desk.post(reverse("admin:admit_person", args=[dan.pk]))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "already" in answer.content.decode()


def test_the_filter_finds_who_waits(desk, eve, dan):
    answer = desk.get(reverse("admin:assemblies_person_changelist") + "?standing=applying")
    assert [person.name for person in answer.context["cl"].queryset] == ["Eve"]


@pytest.mark.django_db(transaction=True)
def test_ends_a_membership_and_keeps_the_words_private(desk, ada, media):
    words = {"words": "Unpaid since 2024."}
    answer = desk.post(reverse("admin:end_membership", args=[ada.pk]), words)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert not ada.is_member_at(clock.now())
    assert Term.objects.get(person=ada).ended_by == Term.Ending.LAPSED
    assert "Unpaid" in LogEntry.objects.get().change_message
    assert not any("Unpaid" in str(entry.facts) for entry in Entry.objects.all())


def test_ending_asks_for_words(desk, dan):
    answer = desk.post(reverse("admin:end_membership", args=[dan.pk]), {"words": ""})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert dan.is_member_at(clock.now())


def test_begins_a_term_by_membership_number(desk, party, dan):
    ensure_offices(party)
    treasurer = Office.objects.get(post=Office.Post.TREASURER)
    number = f"{dan.number[:4]} - {dan.number[4:]}"
    data = {
        "office": treasurer.pk,
        "person": number,
        "began_by": "appointed",
        "words": "By decision D-1.",
    }
    answer = desk.post(reverse("admin:secretaries_term_add"), data)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert Term.objects.get(office=treasurer).person == dan
    assert Entry.objects.get(act="term.begin").facts["words"] == "By decision D-1."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nobody@example.org", "Nobody has this number"),
        ("12345675", "does not fit"),
        ("123", "eight digits"),
    ],
)
def test_says_what_is_wrong_with_who(desk, party, typed, words):
    ensure_offices(party)
    data = {"office": Office.objects.first().pk, "person": typed, "began_by": "appointed"}
    answer = desk.post(reverse("admin:secretaries_term_add"), data | {"words": "x"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in answer.content.decode()


def test_a_held_seat_is_refused_in_words(desk, media, ada, dan):
    data = {
        "office": Office.objects.get(assembly=media).pk,
        "person": dan.email,
        "began_by": "elected",
        "words": "x",
    }
    answer = desk.post(reverse("admin:secretaries_term_add"), data)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "No seat is free" in answer.content.decode()


def test_ends_a_term_with_words_on_the_record(desk, media, dan):
    term = TermFactory(assembly=media, person=dan)
    page = desk.get(reverse("admin:secretaries_term_change", args=[term.pk]))
    url = reverse("admin:end_term", args=[term.pk])
    assert url in page.content.decode()
    desk.post(url, {"words": "By decision D-2."})
    term.refresh_from_db()
    assert term.ended_by == Term.Ending.ENDED
    assert Entry.objects.get(act="term.end").facts["words"] == "By decision D-2."


@pytest.mark.parametrize("name", ["admit_person", "end_membership"])
def test_the_acts_are_closed_to_others(name, dan, eve, signed_in):
    answer = signed_in(dan).post(reverse(f"admin:{name}", args=[eve.pk]), {"words": "x"})
    assert answer.status_code == HTTPStatus.FOUND
    eve.refresh_from_db()
    assert eve.number is None


def test_on_a_phone_each_cell_has_its_columns_name(desk):
    page = desk.get(reverse("admin:assemblies_person_changelist")).content.decode()
    assert '<td data-label="E-mail address" class="field-email">' in page
    assert '<td data-label="Standing" class="field-standing">member</td>' in page


def test_a_list_where_nothing_matches_leads_back_to_everything(desk):
    page = desk.get(reverse("admin:assemblies_person_changelist"), {"q": "zzz"}).content.decode()
    assert "Nothing matches." in page
    assert "With those you tick" not in page
    page = desk.get(reverse("admin:assemblies_affiliation_changelist")).content.decode()
    assert "There is nothing here yet." in page


def test_a_form_filled_in_badly_lists_what_is_wrong(desk):
    answer = desk.post(reverse("admin:secretaries_term_add"), {})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "<title>Error:" in page
    assert '<a href="#id_office">Office: Choose an office.</a>' in page
