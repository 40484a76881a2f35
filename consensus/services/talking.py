"""Putting forward proposals and speaking (C2)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assemblies.models import Person
from commons import clock
from commons.markdown import check_text, render
from consensus.models import LEAVE, Contribution, Matter, Phase, Proposal
from consensus.steps import enter_step
from notices.services import tell
from voting.services.opening import MOST_OPTIONS

MOST_PROPOSALS = MOST_OPTIONS - 1  # the ballot adds one of its own (D9)


@transaction.atomic
def put_forward(
    *, matter: Matter, by: Person, title: str, text: str, at: datetime | None = None
) -> Proposal:
    """Put forward a proposal as an answer to the matter's question.

    Until the vote opens, and not after: then the options are frozen.
    """
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    at = clock.settle(at)  # once the row is held: the vote may have opened while this waited
    _must_belong(matter, by, at)
    if not matter.is_open_for_proposals_at(at):
        raise ValidationError(
            _("The vote on this matter has opened, so its options can no longer change.")
        )
    place = matter.proposals.count()
    if place >= MOST_PROPOSALS:
        raise ValidationError(_("This matter has as many proposals as a ballot can hold."))
    if title.strip().casefold() == str(LEAVE).casefold():
        raise ValidationError({"title": _("Every vote carries this option already.")})
    proposal = Proposal(
        matter=matter,
        place=place,
        title=check_text(title.strip()),
        text=check_text(text.strip()),
        text_html=render(text),
        author=by,
        proposed_at=at,
    )
    proposal.full_clean()
    proposal.save()
    enter_step("proposal.put_forward", matter, at=at, by=by, proposal=proposal.pk, title=title)
    if matter.phase_at(at) == Phase.DEBATE:
        _tell_speakers(matter, proposal, at)
    return proposal


def _tell_speakers(matter: Matter, proposal: Proposal, at: datetime) -> None:
    """A change of the options after debate began is told to those who spoke."""
    speakers = matter.contributions.exclude(author=proposal.author)
    tell(
        "proposal_in_debate",
        set(speakers.values_list("author", flat=True)),
        url=proposal.get_absolute_url(),
        at=at,
        question=matter.question,
        title=proposal.title,
    )


@transaction.atomic
def speak(
    *,
    matter: Matter,
    by: Person,
    text: str,
    stance: str = "",
    proposal: Proposal | None = None,
    reply_to: Contribution | None = None,
    at: datetime | None = None,
) -> Contribution:
    """Say something on a matter: talk in discussion; in debate a speech that takes a stance.

    `stance` is "for", "against" or "neutral" in debate and empty in discussion and in replies.
    There is one level of replies: an answer to a reply joins the same thread.
    """
    at = clock.settle(at)
    _must_belong(matter, by, at)
    _must_be_talking(matter, at)
    if reply_to is not None:
        reply_to, stance, proposal = reply_to.reply_to or reply_to, "", None
    elif matter.phase_at(at) == Phase.DEBATE and not stance:
        raise ValidationError({"stance": _("Say whether you speak for, against or neutral.")})
    elif matter.phase_at(at) == Phase.DISCUSSION:
        stance = ""
    for related in (proposal, reply_to):
        if related is not None and related.matter_id != matter.pk:
            raise ValidationError(_("That belongs to another matter."))
    said = Contribution(
        matter=matter,
        author=by,
        said_at=at,
        stance=stance,
        proposal=proposal,
        reply_to=reply_to,
        text=check_text(text.strip()),
        text_html=render(text),
    )
    said.full_clean()
    said.save()
    enter_step("contribution.say", matter, at=at, by=by, contribution=said.pk, stance=stance)
    _tell_answered(said)
    return said


def _tell_answered(said: Contribution) -> None:
    """Whoever is answered is told; people answering themselves are not."""
    if said.reply_to is not None and said.reply_to.author_id != said.author_id:
        tell(
            "answered",
            [said.reply_to.author_id],
            url=said.get_absolute_url(),
            at=said.said_at,
            question=said.matter.question,
            name=said.author.name,
        )


def _must_belong(matter: Matter, person: Person, at: datetime) -> None:
    if not matter.assembly.has_at(person, at):
        raise PermissionDenied(
            _("Only people of %(assembly)s can speak and propose here.")
            % {"assembly": matter.assembly}
        )


def _must_be_talking(matter: Matter, at: datetime) -> None:
    if matter.phase_at(at) not in (Phase.DISCUSSION, Phase.DEBATE):
        raise ValidationError(_("Talk on this matter has ended: its vote has opened."))
