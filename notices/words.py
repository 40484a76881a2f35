"""What each kind of notice says, to whoever it was written for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# kind: (what it is about, what happened); filled from the notice's context.
_WORDS = {
    "admitted": (
        _("Welcome to Harmony"),
        _("You are a member of the Party. Choose the assemblies you want to be in."),
    ),
    "answered": (_("%(name)s answered you"), _("On “%(question)s”.")),
    "call_owed": (_("%(question)s"), _("A division was declared. A call for debate is owed.")),
    "debate_called": (_("%(question)s"), _("Debate and vote have been called.")),
    "decided": (_("%(title)s"), _("Decided since you were here. You were on its roll.")),
    "proposal_in_debate": (
        _("A new proposal: %(title)s"),
        _("It was put forward after you spoke on “%(question)s”."),
    ),
    "vote_opened": (_("%(question)s"), _("A vote has opened, and you are on its roll.")),
}


def title_of(kind: str, context: dict[str, Any]) -> str:
    """Return what a notice is about, in one line."""
    return str(_WORDS[kind][0]) % context


def sentence_of(kind: str, context: dict[str, Any]) -> str:
    """Return what happened, in a sentence."""
    return str(_WORDS[kind][1]) % context
