"""What members type, cleaned to what the services take."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commons.markdown import validate_text
from commons.moments import in_words
from consensus.models import Contribution, Matter, Proposal
from consensus.times import DebateTimes

_FORMATTING = _("Leave a blank line between paragraphs. **Bold**, *italic* and lists work.")


def _words(rows: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": rows}), validators=[validate_text], **kwargs
    )


class RaiseForm(forms.Form):
    """A matter: the trigger, the question, why."""

    trigger = _words(
        3,
        label=_("What happened?"),
        max_length=1_000,
        help_text=_("The event that makes consensus necessary, in a sentence or two."),
    )
    question = forms.CharField(
        label=_("What is the question?"),
        max_length=160,
        validators=[validate_text],
        help_text=_("One question that proposals can answer. It becomes the matter’s title."),
    )
    why = _words(
        5,
        label=_("Why does it matter?"),
        max_length=5_000,
        required=False,
        help_text=_("What members should know before they speak. You can leave this empty."),
    )


class ProposalForm(forms.Form):
    title = forms.CharField(
        label=_("Your proposal in one line"),
        max_length=120,
        validators=[validate_text],
        help_text=_("It stands on the ballot as it is here: begin with a verb."),
    )
    text = _words(
        8,
        label=_("The text that would be decided"),
        max_length=10_000,
        help_text=_FORMATTING,
    )

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter = matter

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if self.matter.proposals.filter(title__iexact=title).exists():
            raise forms.ValidationError(_("Another proposal has this title. Choose another one."))
        return title


class TalkForm(forms.Form):
    """Talk in discussion, and replies."""

    text = _words(4, label=_("What do you want to say?"), max_length=5_000, help_text=_FORMATTING)


class ProposalChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.letter}: {obj.title}"


class SpeechForm(TalkForm):
    """A speech in debate: for, against or neutral, on one proposal or on all."""

    stance = forms.ChoiceField(
        label=_("You speak"),
        choices=Contribution.Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you speak for, against or neutral.")},
    )
    proposal = ProposalChoice(
        Proposal.objects.none(),
        label=_("On which proposal?"),
        required=False,
        empty_label=_("On the whole matter"),
    )
    field_order = ["stance", "proposal", "text"]

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["proposal"]
        assert isinstance(about, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        about.queryset = matter.proposals.all()


class DivisionForm(forms.Form):
    reason = _words(
        3,
        label=_("Why is talk not settling it?"),
        max_length=1_000,
        help_text=_("Everybody in the Party can read your reason."),
    )


class Moment(forms.SplitDateTimeField):
    """A day and a time in UK time, as two native inputs."""

    def __init__(self, **kwargs: Any) -> None:
        day: dict[str, Any] = {"type": "date", "aria-label": _("Day")}
        time: dict[str, Any] = {"type": "time", "aria-label": _("Time")}
        widget = forms.SplitDateTimeWidget(
            date_attrs=day,
            time_attrs=time,
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )
        super().__init__(widget=widget, **kwargs)


class CallForm(forms.Form):
    """Debate and vote in one act, with their times."""

    debate_opens_at = Moment(label=_("Debate opens"))
    vote_opens_at = Moment(label=_("Debate ends and the vote opens"))
    vote_closes_at = Moment(label=_("The vote closes"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say each proposed moment in words too: date boxes differ from browser to browser."""
        super().__init__(*args, **kwargs)
        for name, moment in self.initial.items():
            earliest = gettext("At the earliest at %(moment)s.")
            self.fields[name].help_text = earliest % {"moment": in_words(moment)}

    @staticmethod
    def proposed(times: DebateTimes) -> dict[str, datetime]:
        """Return the default times as initial values, rounded up to the next whole hour."""
        return {name: _next_hour(moment) for name, moment in vars(times).items()}


def _next_hour(moment: datetime) -> datetime:
    whole = moment.replace(minute=0, second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(hours=1)
