"""A page that is only read asks each question once; an act asks anew."""

from time import sleep

import pytest

from commons import clock
from commons.reading import asked_once, reading


@pytest.fixture
def asked():
    """Return a question and the list of what it was asked."""
    heard = []

    @asked_once
    def question(*words):
        heard.append(words)
        return None if words == ("nobody",) else len(heard)

    return question, heard


def test_outside_a_page_every_question_is_asked(asked):
    question, heard = asked
    assert (question("who"), question("who")) == (1, 2)
    assert len(heard) == 2


def test_within_a_page_the_same_question_is_asked_once(asked):
    question, heard = asked
    with reading():
        assert (question("who"), question("who"), question("what")) == (1, 1, 2)
        assert (question("nobody"), question("nobody")) == (None, None)
    assert heard == [("who",), ("what",), ("nobody",)]


def test_the_next_page_asks_again(asked):
    question, _heard = asked
    with reading():
        question("who")
    with reading():
        assert question("who") == 2


@pytest.mark.django_db
def test_a_page_has_one_present_and_an_act_has_its_own():
    with reading():
        present = clock.now()
        sleep(0.01)
        assert clock.now() == present
    assert clock.now() > present
