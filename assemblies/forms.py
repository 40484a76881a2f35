"""What visitors choose on the list of assemblies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assemblies.models import Assembly, Kind


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
