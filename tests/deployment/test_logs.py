"""Logs and error mail say what broke and where, and quote nobody."""

import io
import logging
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from tests.moments import NOON
from tests.voting.test_ballot_pages import ballot_of
from tests.voting.votes import open_a_vote, rows_in_database
from voting.refusals import KeyUnavailableError

LABELS = [f"Option {letter}" for letter in "ABCDEFGH"]
CANARY = "50142350"


def handler(name):
    return next(found for found in logging.getLogger().handlers if found.get_name() == name)


@pytest.fixture
def logged(monkeypatch):
    """What stands on the console, through the handlers that every process has."""
    monkeypatch.setattr(handler("mail"), "_sent", {})
    written = io.StringIO()
    before = handler("console").setStream(written)
    yield written
    handler("console").setStream(before)


@pytest.fixture(autouse=True)
def told(settings):
    settings.ADMINS = [("", "operator@example.org")]


def failing_cast(ada, vote):
    """Post a ballot whose row the database refuses, quoting it; return the answer."""

    def refuse(execute, sql, params, many, context):
        if "INSERT INTO voting_ballot" in sql:
            raise IntegrityError(f"new row breaks a rule\nDETAIL: Failing row contains {params}.")
        return execute(sql, params, many, context)

    client = Client(raise_request_exception=False)
    client.force_login(ada, "allauth.account.auth_backends.AuthenticationBackend")
    with connection.execute_wrapper(refuse):
        sent = ballot_of(vote, CANARY)
        return client, client.post(reverse("ballot", args=[vote.pk]) + "?told=CANARY-QUERY", sent)


@pytest.mark.django_db
def test_a_failing_cast_leaves_nothing_of_the_ballot_in_log_or_mail(media, ada, noon, logged):
    vote = open_a_vote(media, NOON, labels=LABELS)
    client, answer = failing_cast(ada, vote)
    assert answer.status_code == 500
    assert rows_in_database(vote) == []
    (sent,) = mail.outbox
    for text in (logged.getvalue(), f"{sent.subject}\n{sent.body}"):
        assert "IntegrityError" in text
        assert "casting.py" in text
        secrets = [CANARY, "option-", "on_ballot", "CANARY-QUERY"]
        secrets += [ada.email, ada.name, str(ada.pk), ada.pk.hex]
        secrets += [morsel.value for morsel in client.cookies.values()]
        assert [secret for secret in secrets if secret in text] == []
    assert sent.to == ["operator@example.org"]


@pytest.mark.django_db
def test_the_same_error_is_mailed_once_in_ten_minutes(media, ada, noon, logged, monkeypatch):
    vote = open_a_vote(media, NOON, labels=LABELS)
    failing_cast(ada, vote)
    failing_cast(ada, vote)
    assert len(mail.outbox) == 1
    assert logged.getvalue().count("Internal Server Error") == 2
    handler("mail")._sent = {told: at - 601 for told, at in handler("mail")._sent.items()}
    failing_cast(ada, vote)
    assert len(mail.outbox) == 2


def test_two_alarms_are_two_mails_and_a_flood_is_thirty(logged):
    for number in (7, 8, 7, 8):
        logging.getLogger("voting").critical("ALARM: vote %s cannot be closed.", number)
    assert len(mail.outbox) == 2
    for number in range(100):
        logging.getLogger("voting").critical("ALARM: vote %s cannot be closed.", number)
    assert len(mail.outbox) == 30
    assert logged.getvalue().count("ALARM") == 104


@pytest.mark.parametrize(
    ("error", "is_told"),
    [
        (OperationalError("could not connect to server"), True),
        (KeyUnavailableError("Vote 7: no file share."), True),
        (ValueError("ada@example.org"), False),
        (IntegrityError("Key (email)=(ada@example.org)"), False),
    ],
)
def test_only_errors_of_the_server_speak_for_themselves(error, is_told, logged):
    try:
        raise error
    except Exception:
        logging.getLogger("harmony").exception("It broke.")
    assert (str(error) in logged.getvalue()) is is_told
    assert type(error).__name__ in logged.getvalue()


def test_an_error_that_stands_in_a_message_is_named_and_not_quoted(logged):
    refused = SMTPRecipientsRefused({"ada@example.org": (550, b"No such mailbox")})
    logging.getLogger("django.dispatch").error("Error calling %s (%s)", "welcome", refused)
    logging.getLogger("harmony").error("Redis is away: %s", ConnectionError("connection refused"))
    for text in (logged.getvalue(), "".join(f"{sent.subject}{sent.body}" for sent in mail.outbox)):
        assert "ada@" not in text
        assert "Error calling welcome (smtplib.SMTPRecipientsRefused)" in text
        assert "Redis is away: ConnectionError: connection refused" in text


def test_what_led_to_an_error_is_told_first(logged):
    quoted = "-".join(["ada", "50"])
    try:
        try:
            raise OperationalError("the disk is full")
        except OperationalError as error:
            raise ValueError(quoted) from error
    except ValueError:
        logging.getLogger("harmony").exception("It broke.")
    text = logged.getvalue()
    assert text.index("the disk is full") < text.index("builtins.ValueError")
    assert quoted not in text


def test_an_alarm_is_mailed_and_information_is_not(logged):
    logging.getLogger("voting").info("Vote 7 is being closed by somebody else.")
    logging.getLogger("voting").critical("ALARM: vote %s cannot be closed.", 7)
    assert [sent.subject for sent in mail.outbox] == [
        "Harmony: CRITICAL: ALARM: vote 7 cannot be closed."
    ]


def test_without_an_address_nothing_is_mailed(logged, settings):
    settings.ADMINS = []
    logging.getLogger("voting").critical("ALARM: vote %s cannot be closed.", 7)
    assert mail.outbox == []
    assert "ALARM" in logged.getvalue()


@pytest.mark.django_db
def test_a_stranger_who_asks_by_another_name_is_no_error(client, logged, settings):
    settings.ALLOWED_HOSTS = ["harmony.example"]
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400
    assert (logged.getvalue(), mail.outbox) == ("", [])
