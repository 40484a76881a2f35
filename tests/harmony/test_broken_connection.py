"""A page is shown although its look for due actions met a broken connection."""

import pytest
from django.db import InterfaceError, OperationalError

from harmony import due


@pytest.mark.django_db
@pytest.mark.parametrize("error", [InterfaceError, OperationalError])
def test_a_page_never_fails_for_its_due_actions(error, monkeypatch, caplog):
    def refuse():
        raise error("The connection is closed.")

    monkeypatch.setattr(due.clock, "now", refuse)
    due.run_if_due()
    assert "Could not look for due actions" in caplog.text
