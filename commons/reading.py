"""A page that is only read asks each question once.

Who is General Secretary, whether the visitor is a member, what time it is: the gate of a view, its
rules, its page and the navigation around it all ask, and within one page the answer is the same.
An act asks anew each time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """While this lasts, the questions that are `asked_once` are not asked twice."""
    before = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(before)


def asked_once(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep the answer for the rest of the page that is read; the arguments must be hashable."""

    @wraps(question)
    def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        key = (question, args, tuple(kwargs.items()))
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        return answers[key]

    return answer
