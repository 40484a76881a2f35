"""The ballot as a form: strict in what it takes, clean in what it gives."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.http import QueryDict
from django.utils.translation import gettext as _

from voting.models import Option, Vote
from voting.tally import TOP_SCORE

PREFIX = "option-"
LISTED = "on_ballot"
SCORES = {str(score): score for score in range(TOP_SCORE + 1)}


def own_order(vote: Vote, person: uuid.UUID) -> list[Option]:
    """The vote's options in an order of the voter's own, always the same for them.

    It is reckoned and never stored. The option of D9 stays last.
    """

    def place(option: Option) -> tuple[bool, bytes]:
        drawn = hashlib.sha256(vote.pk.bytes + person.bytes + option.place.to_bytes(2)).digest()
        return option.stands_last, drawn

    return sorted(vote.options.all(), key=place)


def score_of(sent: Sequence[str]) -> int | None:
    """Return the one score that was sent, exactly "0" to "5", or None for a blank."""
    if len(sent) > 1:
        raise ValidationError(_("Two scores were sent. Choose one."))
    if not sent or not sent[0]:
        return None
    if sent[0] not in SCORES:
        raise ValidationError(_("Choose a score from 0 to 5, or leave it blank."))
    return SCORES[sent[0]]


def refuse_other_list(sent: Mapping[str, Any], options: Sequence[Option]) -> None:
    """Refuse a ballot that lists other options than these, or one of them twice or not at all."""
    listed = sent.getlist(LISTED) if isinstance(sent, QueryDict) else []
    if sorted(listed) != sorted(str(option.pk) for option in options):
        raise ValidationError(_("These are not the options of this vote. Score them again."))


def refuse_other_scores(sent: Mapping[str, Any], options: Sequence[Option]) -> None:
    names = {name_of(option) for option in options}
    if any(name.startswith(PREFIX) and name not in names for name in sent):
        raise ValidationError(_("One of the scores is for an option of another vote."))


def read_ballot(sent: QueryDict, vote: Vote) -> dict[int, int | None]:
    """Return the score of each option's place, as strictly as the form and far quicker.

    ValidationError at the first thing that is wrong; the form tells everything that is.
    """
    options = list(vote.options.all())
    refuse_other_list(sent, options)
    refuse_other_scores(sent, options)
    return {option.place: score_of(sent.getlist(name_of(option))) for option in options}


class ScoreWidget(forms.RadioSelect):
    """Six radios; hands on everything that was sent under its name, to see repetitions."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        if isinstance(data, QueryDict):
            return [str(value) for value in data.getlist(name)]
        return [str(data[name])] if name in data else []


class ScoreField(forms.Field):
    """One score, exactly "0" to "5", or None for an option left blank."""

    widget = ScoreWidget(choices=[(mark, mark) for mark in SCORES])

    def clean(self, value: list[str]) -> int | None:
        return score_of(value)


@dataclass(frozen=True, slots=True)
class BallotRow:
    """One option as it stands on the ballot; `chosen` is "0" to "5", or "" while it is blank."""

    option: Option
    name: str
    chosen: str
    errors: ErrorList


class ScoreForm(forms.Form):
    """Options to score, in the order given; a score sent for any other option is refused."""

    def __init__(
        self, data: QueryDict | None = None, *, options: Sequence[Option], scores: str | None = None
    ) -> None:
        super().__init__(data, auto_id="%s")
        self.options = options
        for option in self.options:
            mark = scores[option.place] if scores else "-"
            initial = "" if mark == "-" else mark
            field = ScoreField(label=option.label, required=False, initial=initial)
            self.fields[name_of(option)] = field

    def clean(self) -> dict[str, Any]:
        self._refuse_other_options()
        return super().clean() or self.cleaned_data

    def _refuse_other_options(self) -> None:
        refuse_other_scores(self.data, self.options)

    @property
    def scores(self) -> dict[int, int | None]:
        """The score of each option's place, once the form is valid."""
        return {option.place: self.cleaned_data[name_of(option)] for option in self.options}

    @property
    def rows(self) -> list[BallotRow]:
        return [self._row(option, self[name_of(option)]) for option in self.options]

    def _row(self, option: Option, bound: forms.BoundField) -> BallotRow:
        value = bound.value()
        sent: Sequence[str] = value if isinstance(value, list) else [value]
        chosen = sent[0] if len(sent) == 1 and sent[0] in SCORES else ""
        return BallotRow(option, bound.html_name, chosen, bound.errors)


class BallotForm(ScoreForm):
    """A ballot with the options in the voter's own order.

    Every option on the page is listed by a hidden field besides its radios, so that an option left
    blank and one that is missing are told apart. Fields that a ballot does not have are ignored,
    unless they are scores: those must belong to this vote.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        vote: Vote,
        person: uuid.UUID,
        scores: str | None = None,
    ) -> None:
        super().__init__(data, options=own_order(vote, person), scores=scores)

    def _refuse_other_options(self) -> None:
        refuse_other_list(self.data, self.options)
        super()._refuse_other_options()


def name_of(option: Option) -> str:
    return f"{PREFIX}{option.pk}"
