"""What visitors choose on the list of assemblies, and what the General Secretary types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assemblies import numbers
from assemblies.models import Assembly, Kind, Person


class FilterForm(forms.Form):
    """The list's filter. Everything is optional, and nonsense filters nothing."""

    words = forms.CharField(
        label=_("Name, other name or remit"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices]
    )
    within = forms.ModelChoiceField(
        Assembly.objects.none(),
        to_field_name="slug",
        label=_("Groups of"),
        required=False,
        empty_label=_("Any committee or none"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        within = self.fields["within"]
        assert isinstance(within, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        within.queryset = Assembly.objects.committees()


class PersonField(forms.CharField):
    """A person, typed as a membership number (spaces and dashes allowed) or an e-mail address."""

    default_error_messages = {
        "required": _("Type a membership number or an e-mail address."),
        "unknown": _("Nobody has this number or address. Check it, or look the person up."),
    }

    def clean(self, value: Any) -> Person | None:
        typed = super().clean(value)
        if not typed:
            return None
        person = self._look_up(typed)
        if person is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return person

    def _look_up(self, typed: str) -> Person | None:
        if "@" in typed:
            return Person.objects.filter(email__iexact=typed).first()
        try:
            number = numbers.clean(typed)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="number") from error
        return Person.objects.filter(number=number).first()


class WordsForm(forms.Form):
    """Why something is done, in words that somebody else will read."""

    words = forms.CharField(
        label=_("Why, in a sentence"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, in a sentence.")},
        help_text=_("Name what it rests on."),
    )
