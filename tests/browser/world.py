"""A small party with something on every page, at noon on Tuesday 3 March 2026.

Titles are as long as they may be, and some words never break: layout must bear both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from assemblies.models import Assembly, Kind, Person
from commons import clock
from consensus import services
from consensus.models import Decision, Matter
from secretaries.models import Term
from tests.browser.keys import add_passkey
from tests.factories import (
    PASSWORD,
    AffiliationFactory,
    AssemblyFactory,
    PartyFactory,
    PersonFactory,
    TermFactory,
)
from tests.moments import DAY, HOUR, NOON
from voting.models import Vote
from voting.services import cast_ballot, close_due_votes

LONG_WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk"
PROPOSALS = (
    ("Buy one second-hand mixing desk and keep it in Leeds", "We own it; it is there.\n\n1. Buy."),
    (
        "Hire a desk for each stall from the co-operative in Huddersfield, and review it in June",
        f"Hiring costs 40 pounds a day. See https://example.org/{LONG_WORD * 2} for **prices**.",
    ),
    ("Do without", "Speak louder."),
)
ROWS = ("5310", "5201", "4500", "5-12", "3450", "0520", "5400", "5130", "4210", "5351", "1500")


class Page(NamedTuple):
    """One page as one kind of visitor meets it; `status` is what it answers.

    `press` names the button to press there, for pages that answer what was sent: with
    `fill` written into its fields, by label or selector, first.
    """

    name: str
    who: str
    path: str
    status: int = 200
    press: str = ""
    fill: tuple[tuple[str, str], ...] = ()


@dataclass
class World:
    """The party's people by name, and its pages."""

    people: dict[str, Person]
    media: Assembly
    fresh: Matter
    talked: Matter
    divided: Matter
    debated: Matter
    voting: Matter
    decided: Matter
    left: Matter

    def person(self, who: str) -> Person | None:
        """Return the person of that name, None for the stranger."""
        return self.people.get(who)


@contextmanager
def make_world() -> Iterator[World]:
    """Make the party and hold the clock at noon."""
    media, people = _people()
    ben = people["ben"]
    world = World(
        people=people,
        media=media,
        fresh=_raise(media, ben, NOON - HOUR, "Who answers the Gazette?"),
        talked=_talked(media, people, NOON - 2 * DAY, "Where do we keep the sound equipment?"),
        divided=_divided(media, people, NOON - 2 * DAY, f"How do we spell {LONG_WORD}?"),
        debated=_debated(media, people, NOON - 4 * DAY, "What do we do about the sound desk?"),
        voting=_opened(media, people, NOON - 6 * DAY, "Which desk do we use at stalls?"),
        decided=_decided(media, people, NOON - 30 * DAY, "Which microphone do we buy?", ROWS),
        left=_decided(media, people, NOON - 20 * DAY, "Do we rename the newsletter?", ["0005"] * 2),
    )
    cast_ballot(vote=world.voting.vote, person=ben, scores="5-20", at=NOON - HOUR)
    _decided(
        PartyFactory(), people, NOON - 40 * DAY, "Do we have a summer camp?", ROWS, people["gwen"]
    )
    with clock.frozen(NOON):
        yield world


def _people() -> tuple[Assembly, dict[str, Person]]:
    media = AssemblyFactory(name="Media Working Group", slug="media", remit="Press relations.")
    AffiliationFactory(group=media, committee__name="Operational Committee")
    AssemblyFactory(
        name="Society for Presentation of Policy",
        kind=Kind.SOCIETY_COMMITTEE,
        aliases="Committee for Presentation of Policy",
    )
    members = ["ada", "ben", "cleo", "fay", *(f"member {n}" for n in range(7))]
    people = {name: PersonFactory(name=name.title(), belongs_to=[media]) for name in members}
    people["dan"] = PersonFactory(name="Dan")
    people["eve"] = PersonFactory(name="Eve", applicant=True)
    people["gwen"] = PersonFactory(name="Gwen")
    TermFactory(assembly=media, person=people["ada"])
    TermFactory(assembly=PartyFactory(), person=people["gwen"], began_by=Term.Beginning.FOUNDING)
    _secure(people)
    return media, people


def _secure(people: dict[str, Person]) -> None:
    """Give Gwen an app, for the admin asks for a second factor, Ada a key, Fay no password."""
    gwen, ada, fay = people["gwen"], people["ada"], people["fay"]
    TOTP.activate(gwen, generate_totp_secret())
    RecoveryCodes.activate(gwen)
    add_passkey(ada, f"Phone {LONG_WORD}")
    # A second factor asks for an address that is known to be one's own.
    for owner in (gwen, people["ben"]):
        EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    fay.set_unusable_password()
    fay.save()


def _raise(assembly: Assembly, by: Person, at: datetime, question: str) -> Matter:
    return services.raise_matter(
        assembly=assembly,
        by=by,
        trigger="The sound desk broke at the Leeds stall on Saturday, in front of two reporters.",
        question=question,
        why="We have three stalls in April.\n\nWithout sound nobody hears us.",
        at=at,
    )


def _talked(assembly: Assembly, people: dict[str, Person], at: datetime, question: str) -> Matter:
    matter = _raise(assembly, people["ben"], at, question)
    names = ("ben", "cleo", "ada")
    for name, (title, text) in zip(names, PROPOSALS, strict=True):
        services.put_forward(matter=matter, by=people[name], title=title, text=text, at=at + HOUR)
    first = services.speak(
        matter=matter, by=people["cleo"], text=f"I could *lend* mine: {LONG_WORD}.", at=at + HOUR
    )
    services.speak(
        matter=matter, by=people["ben"], text="Thank you.", reply_to=first, at=at + 2 * HOUR
    )
    return matter


def _divided(assembly: Assembly, people: dict[str, Person], at: datetime, question: str) -> Matter:
    matter = _talked(assembly, people, at, question)
    return services.declare_division(
        matter=matter, by=people["cleo"], reason="We go round in circles.", at=at + DAY
    )


def _debated(
    assembly: Assembly,
    people: dict[str, Person],
    at: datetime,
    question: str,
    by: Person | None = None,
) -> Matter:
    matter = _divided(assembly, people, at, question)
    matter = services.call_debate(matter=matter, by=by or people["ada"], at=at + 2 * DAY)
    opens = matter.debate_opens_at
    assert opens is not None
    proposals = list(matter.proposals.all())
    for name, stance, proposal in (
        ("ben", "for", proposals[0]),
        ("cleo", "against", proposals[0]),
        ("ada", "neutral", None),
    ):
        said = services.speak(
            matter=matter,
            by=people[name],
            text="It is cheap and it is ours.\n\n> Who carries it?\n\nWe do.",
            stance=stance,
            proposal=proposal,
            at=opens + HOUR,
        )
    services.speak(matter=matter, by=people["ben"], text="Quite.", reply_to=said, at=opens + HOUR)
    return matter


def _opened(
    assembly: Assembly,
    people: dict[str, Person],
    at: datetime,
    question: str,
    by: Person | None = None,
) -> Matter:
    matter = _debated(assembly, people, at, question, by)
    services.open_due_votes(at=matter.vote_opens_at)
    matter.refresh_from_db()
    return matter


def _decided(
    assembly: Assembly,
    people: dict[str, Person],
    at: datetime,
    question: str,
    rows: tuple[str, ...] | list[str],
    by: Person | None = None,
) -> Matter:
    matter = _opened(assembly, people, at, question, by)
    vote = matter.vote
    assert isinstance(vote, Vote)
    for person, scores in zip(people.values(), rows, strict=False):
        cast_ballot(vote=vote, person=person, scores=scores, at=vote.opens_at + HOUR)
    close_due_votes(at=vote.closes_at)
    services.write_due_decisions(at=vote.closes_at)
    matter.refresh_from_db()
    return matter


def pages(world: World) -> list[Page]:
    """Return every page there is, for those who see it differently."""
    return [
        *_open_pages(world),
        *_member_pages(world),
        *_admin_pages(world),
        *_account_pages(world),
        *_error_pages(world),
        *_answers(world),
    ]


def _open_pages(world: World) -> list[Page]:
    decisions = Decision.objects.order_by("pk")
    return [
        Page("front", "stranger", reverse("home")),
        Page("assemblies", "stranger", reverse("assemblies")),
        Page("assemblies filtered", "stranger", reverse("assemblies") + "?words=media"),
        Page("assemblies drawn", "stranger", reverse("assemblies") + "?view=map"),
        Page("assemblies none", "stranger", reverse("assemblies") + "?words=zzz"),
        Page("assembly", "stranger", world.media.get_absolute_url()),
        Page("committee", "stranger", reverse("assembly", args=["operational-committee"])),
        *(Page(name, "stranger", reverse(name)) for name in ("how", "how_star", "how_ties")),
        Page("how_words", "ben", reverse("how_words")),
        Page("example counted", "stranger", reverse("how_star") + "?option-2=5&option-1=1"),
        Page("422 example", "stranger", reverse("how_star") + "?option-1=9", 422),
        Page("decisions", "stranger", reverse("decisions")),
        Page("decisions none", "stranger", reverse("decisions") + "?q=zzz"),
        *(Page(d.ref, "stranger", d.get_absolute_url()) for d in decisions),
        *(Page(f"result {d.ref}", "stranger", _result(d.matter)) for d in decisions),
    ]


def _result(matter: Matter) -> str:
    return reverse("result", args=[matter.vote_id])


def _member_pages(world: World) -> list[Page]:
    talked, debated, voting = world.talked, world.debated, world.voting
    said = debated.contributions.filter(reply_to=None).latest("pk")
    proposal = debated.proposals.get(place=1)
    matters = ("fresh", "talked", "divided", "debated", "voting", "decided", "left")
    return [
        Page("home", "ben", reverse("home")),
        Page("home of the Secretary", "ada", reverse("home")),
        Page("home with nothing", "dan", reverse("home")),
        Page("waiting", "eve", reverse("home")),
        Page("me", "ben", reverse("me")),
        Page("assembly for a member", "ben", world.media.get_absolute_url()),
        Page("raise", "ben", reverse("raise_matter", args=["media"])),
        *(Page(f"matter {m}", "ben", getattr(world, m).get_absolute_url()) for m in matters),
        Page("matter from outside", "dan", voting.get_absolute_url()),
        Page("matter owed", "ada", world.divided.get_absolute_url()),
        Page("history", "ben", reverse("matter_history", args=[world.decided.pk])),
        Page("proposal", "ben", proposal.get_absolute_url()),
        Page("propose", "ben", reverse("propose", args=[talked.pk])),
        Page("say", "ben", reverse("say", args=[talked.pk])),
        Page("speak", "ben", reverse("say", args=[debated.pk])),
        Page("reply", "ben", reverse("say", args=[debated.pk]) + f"?reply_to={said.pk}"),
        Page("divide", "ben", reverse("declare_division", args=[talked.pk])),
        Page("call", "ada", reverse("call_debate", args=[world.divided.pk])),
        Page("ballot", "cleo", reverse("ballot", args=[voting.vote_id])),
        Page("ballot to change", "ben", reverse("ballot", args=[voting.vote_id])),
        Page("recorded", "ben", reverse("ballot_recorded", args=[voting.vote_id])),
        Page("result to come", "ben", _result(voting)),
        Page("join", "dan", reverse("join_assembly", args=["media"])),
        Page("leave", "ben", reverse("leave_assembly", args=["media"])),
    ]


def _admin_pages(world: World) -> list[Page]:
    eve, ben = world.people["eve"].pk, world.people["ben"].pk
    term = Term.objects.get(person=world.people["ada"]).pk
    lists = ("person", "assembly", "membership", "affiliation")
    return [
        Page("admin", "gwen", reverse("admin:index")),
        *(Page(f"admin {n}", "gwen", reverse(f"admin:assemblies_{n}_changelist")) for n in lists),
        Page("admin one", "gwen", reverse("admin:assemblies_person_change", args=[eve])),
        Page("admin history", "gwen", reverse("admin:assemblies_person_history", args=[eve])),
        Page("admin end membership", "gwen", reverse("admin:end_membership", args=[ben])),
        Page("admin admit", "gwen", reverse("admin:admit_person", args=[eve])),
        Page("admin term list", "gwen", reverse("admin:secretaries_term_changelist")),
        Page("admin new term", "gwen", reverse("admin:secretaries_term_add")),
        Page("admin end term", "gwen", reverse("admin:end_term", args=[term])),
        Page("admin for others", "ada", reverse("admin:index"), 403),
    ]


def _account_pages(world: World) -> list[Page]:
    key = Authenticator.objects.get(user=world.people["ada"]).pk
    gwen = (("E-mail address", world.people["gwen"].email), ("Password", PASSWORD))
    used_up = reverse("account_reset_password_from_key", args=["1", "used-up"])
    login, code = reverse("account_login"), reverse("account_request_login_code")
    names = {
        "stranger": (
            "account_login",
            "account_signup",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "account_request_login_code",
            "account_inactive",
        ),
        "ben": (
            "account_logout",
            "account_email",
            "account_change_password",
            "account_reauthenticate",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
        ),
        "gwen": (
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
        ),
        "ada": ("mfa_list_webauthn", "mfa_reauthenticate_webauthn"),
        "fay": ("account_set_password",),
    }
    return [
        *(Page(name, who, reverse(name)) for who in names for name in names[who]),
        Page("key renamed", "ada", reverse("mfa_edit_webauthn", args=[key])),
        Page("key removed", "ada", reverse("mfa_remove_webauthn", args=[key])),
        Page("used-up link", "stranger", used_up),
        Page("422 sign-in", "stranger", login, 422, "Sign in", (*gwen[:1], ("Password", "x"))),
        Page("second factor", "one signing in", login, 200, "Sign in", gwen),
        Page("code typed", "one with a code", code, 200, "Send me a code", gwen[:1]),
    ]


def _error_pages(world: World) -> list[Page]:
    ballot = reverse("ballot", args=[world.voting.vote_id])
    return [
        Page("404", "stranger", "/nowhere/", 404),
        Page("404 for a member", "ben", "/matters/999999/", 404),
        Page("403", "dan", reverse("say", args=[world.talked.pk]), 403),
        Page("403 not on the roll", "dan", ballot, 403),
        Page("405", "ben", reverse("notices_read"), 405),
        Page("409", "ben", reverse("declare_division", args=[world.divided.pk]), 409),
        Page("ballot after its close", "ben", reverse("ballot", args=[world.decided.vote_id])),
    ]


def _answers(world: World) -> list[Page]:
    """Pages that answer what was sent: bad input (422), and checks that record nothing yet."""
    talked, divided = world.talked.pk, world.divided.pk
    raise_url = reverse("raise_matter", args=["media"])
    words = (("What happened?", "The desk broke."), ("What is the question?", "What now?"))
    check = "Check your answers"
    return [
        Page("422 raise", "ben", raise_url, 422, check),
        Page("422 propose", "ben", reverse("propose", args=[talked]), 422, "Put it forward"),
        Page("422 say", "ben", reverse("say", args=[talked]), 422, "Say it"),
        Page("422 speak", "ben", reverse("say", args=[world.debated.pk]), 422, "Say it"),
        Page(
            "422 divide",
            "ben",
            reverse("declare_division", args=[talked]),
            422,
            "Declare the division",
        ),
        Page(
            "422 call",
            "ada",
            reverse("call_debate", args=[divided]),
            422,
            "Call debate and vote",
            (("#id_vote_opens_at_0", "2026-03-01"),),
        ),
        Page("raise checked", "ben", raise_url, 200, check, words),
        Page(
            "ballot checked",
            "cleo",
            reverse("ballot", args=[world.voting.vote_id]),
            200,
            "Check your ballot",
        ),
    ]
