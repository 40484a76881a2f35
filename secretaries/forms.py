"""What the General Secretary types to begin a term of office."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assemblies.forms import PersonField, WordsForm
from secretaries.models import Office, Term


class TermForm(WordsForm):
    """Who begins a term in which office, how, and why."""

    office = forms.ModelChoiceField(
        Office.objects.order_by("title"),
        label=_("Office"),
        empty_label=_("Choose an office"),
        error_messages={"required": _("Choose an office.")},
    )
    person = PersonField(
        label=_("Who"), max_length=254, help_text=_("A membership number or an e-mail address.")
    )
    began_by = forms.ChoiceField(
        label=_("How it begins"),
        choices=[
            (Term.Beginning.APPOINTED, _("appointed")),
            (Term.Beginning.ELECTED, _("elected")),
        ],
    )
    field_order = ["office", "person", "began_by", "words"]
