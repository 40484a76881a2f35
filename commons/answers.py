"""How a form's refusals reach the person who filled it in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commons.http import writing


def add_refusal(form: BaseForm, refusal: ValidationError) -> None:
    """Put a service's refusal on the form: at its field where it has one, else above all."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, errors in refusal.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


def render_form(
    request: HttpRequest, template: str, context: dict[str, Any], form: BaseForm
) -> HttpResponse:
    """Render a page with its form; 422 when the form was sent and has errors."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)


def conflict(request: HttpRequest, words: str, *, back: str = "") -> HttpResponse:
    """Answer 409: the thing has moved on. `words` say what happened and what to do."""
    context = {"words": words, "back": back, "writing": writing(request)}
    return render(request, "409.html", context, status=409)
