"""Four members take a matter from what happened to a decision, through the pages alone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress

from assemblies.models import Person
from commons import clock
from tests.browser.visitor import OpenBrowser, Visitor
from tests.factories import PASSWORD, PersonFactory
from tests.moments import DAY, NOON, SECOND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TRIGGER = "The sound desk broke at the Leeds stall."
QUESTION = "What do we do about the sound equipment?"
BUY, HIRE, LEAVE = "Buy a second-hand desk", "Hire one when needed", "Leave things as they are"
OPENS, CLOSES = NOON + 5 * DAY, NOON + 8 * DAY

SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock() -> Iterator[SetClock]:
    """Return a function that moves the present, which then stands still."""
    with ExitStack() as held:

        def move(at: datetime) -> None:
            held.close()
            held.enter_context(clock.frozen(at))

        move(NOON)
        yield move


@dataclass
class Cast:
    """The four, each at a browser of their own, and those who look on."""

    ada: Visitor
    ben: Visitor
    cleo: Visitor
    fay: Visitor
    dan: Visitor
    stranger: Visitor

    def everybody(self) -> list[Visitor]:
        return list(vars(self).values())


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def cast(
    request: pytest.FixtureRequest,
    set_clock: SetClock,
    visit: OpenBrowser,
    ada: Person,
    ben: Person,
    cleo: Person,
    dan: Person,
) -> Cast:
    fay = PersonFactory(
        name="Fay", belongs_to=[ada.memberships.get(assembly__slug="media").assembly]
    )
    scripts = {"java_script_enabled": request.param}
    people = {"ben": ben, "cleo": cleo, "fay": fay, "dan": dan}
    visitors = {name: visit(person, **scripts) for name, person in people.items()}
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    return Cast(ada=visit(**scripts), stranger=visit(**scripts), **visitors)


def test_a_matter_goes_from_what_happened_to_a_decision(cast: Cast, set_clock: SetClock) -> None:
    sign_in(cast.ada, "ada@example.org")
    matter = raise_matter(cast.ben)
    talk(cast, matter)
    propose(cast, matter)
    set_clock(NOON + DAY)
    divide(cast.cleo, matter)
    call(cast.ada, matter)
    set_clock(NOON + 3 * DAY)
    debate(cast, matter)
    set_clock(OPENS)
    ballot = vote(cast, matter)
    refuse_dan(cast.dan, matter, ballot)
    set_clock(CLOSES - SECOND)
    wait_for_result(cast.fay, matter)
    set_clock(CLOSES)
    read(cast.stranger, ballot)
    look_back(cast.fay, matter)
    assert [line for visitor in cast.everybody() for line in visitor.complaints] == []


def sign_in(ada: Visitor, email: str) -> None:
    ada.go("/")
    ada.page.get_by_role("link", name="Sign in").filter(visible=True).first.click()
    ada.field("#id_login").fill(email)
    ada.field("#id_password").fill(PASSWORD)
    with ada.page.expect_navigation():
        ada.press("Sign in")
    assert ada.path == "/"
    assert ada.heading == "Nothing needs you today"


def raise_matter(ben: Visitor) -> str:
    """Raise the matter, changing the answers once; return its path."""
    ben.go("/assemblies/")
    ben.page.get_by_role("link", name="Media Working Group").first.click()
    ben.page.get_by_role("link", name="Raise a matter").first.click()
    ben.page.get_by_label("What happened?").fill(TRIGGER)
    ben.page.get_by_label("What is the question?").fill("What do we do?")
    ben.press("Check your answers")
    assert ben.heading == "Check your answers"
    ben.press("Change my answers")
    ben.page.get_by_label("What is the question?").fill(QUESTION)
    ben.press("Check your answers")
    ben.press("Raise this matter")
    assert ben.heading == QUESTION
    assert ben.path.startswith("/matters/")
    return ben.path


def talk(cast: Cast, matter: str) -> None:
    cast.cleo.go(matter)
    cast.cleo.follow("Say something")
    cast.cleo.page.get_by_label("What do you want to say?").fill("I can *lend* mine in March.")
    cast.cleo.press("Say it")
    assert "#said-" in cast.cleo.path
    assert cast.cleo.page.locator("em", has_text="lend").is_visible()
    cast.fay.go(matter)
    cast.fay.follow("Reply to Cleo")
    cast.fay.page.get_by_label("What do you want to say?").fill("That is kind.")
    cast.fay.press("Say it")
    assert cast.fay.page.locator(".reply", has_text="That is kind.").is_visible()


def propose(cast: Cast, matter: str) -> None:
    for visitor, title in ((cast.ben, BUY), (cast.cleo, HIRE)):
        visitor.go(matter)
        visitor.page.get_by_role("link", name="Put forward a proposal").first.click()
        visitor.page.get_by_label("Your proposal in one line").fill(title)
        visitor.page.get_by_label("The text that would be decided").fill("1. We do it.\n2. Soon.")
        visitor.press("Put it forward")
        assert title in visitor.heading


def divide(cleo: Visitor, matter: str) -> None:
    cleo.go(matter)
    cleo.follow("Declare a division")
    cleo.page.get_by_label("Why is talk not settling it?").fill("We go round in circles.")
    cleo.press("Declare the division")
    assert "The division is declared" in cleo.page.get_by_role("status").first.inner_text()
    assert cleo.page.get_by_text("Owed: a call for debate and vote").is_visible()


def call(ada: Visitor, matter: str) -> None:
    ada.go("/")
    assert ada.heading == "What needs you"
    ada.follow(QUESTION)
    assert ada.path == matter
    ada.follow("Call debate and vote")
    ada.press("Call debate and vote")
    assert ada.path == matter
    assert "Debate and vote are called" in ada.page.get_by_role("status").first.inner_text()


def debate(cast: Cast, matter: str) -> None:
    for visitor, stance in ((cast.ben, "For"), (cast.cleo, "Against"), (cast.ada, "Neutral")):
        visitor.go(matter)
        visitor.follow("Speak in the debate")
        visitor.page.get_by_label(stance, exact=True).check()
        visitor.page.get_by_label("On which proposal?").select_option(label=f"A: {BUY}")
        visitor.page.get_by_label("What do you want to say?").fill(f"I speak {stance.lower()}.")
        visitor.press("Say it")
    cast.fay.go(matter)
    cast.fay.follow("Reply to Ben")
    cast.fay.page.get_by_label("What do you want to say?").fill("Who carries it?")
    cast.fay.press("Say it")
    speech = cast.fay.page.locator(".speech-for")
    assert "I speak for." in speech.inner_text()
    assert "Who carries it?" in speech.inner_text()
    assert cast.fay.page.locator(".speech-against, .speech-neutral").count() == 2


def vote(cast: Cast, matter: str) -> str:
    """Let the first who looks open the vote, and all four vote; return the ballot's path."""
    cast.ben.go(matter)
    cast.ben.follow("Score the options")
    ballot = cast.ben.path
    record(cast.ben, {BUY: "5, best", HIRE: "1", LEAVE: "0, worst"})
    for visitor, scores in (
        (cast.ada, {BUY: "4", HIRE: "3"}),
        (cast.cleo, {HIRE: "5, best", BUY: "0, worst"}),
        (cast.fay, {HIRE: "4"}),
    ):
        visitor.go("/")
        visitor.follow(QUESTION)
        assert visitor.path == ballot
        record(visitor, scores)
    change(cast.fay, matter)
    return ballot


def record(visitor: Visitor, scores: dict[str, str]) -> None:
    """Score, check, record; what is left out stays blank."""
    for option, score in scores.items():
        choose(visitor, option, score)
    visitor.press("Check your ballot")
    assert visitor.heading == "Check your ballot"
    assert "Nothing is recorded yet" in visitor.page.locator("main").inner_text()
    visitor.press("Record my ballot")
    assert visitor.heading == "Your ballot is recorded"
    assert "12:00" in visitor.page.locator("main").inner_text()


def choose(visitor: Visitor, option: str, score: str) -> None:
    row = visitor.page.locator("fieldset.option").filter(has_text=option)
    row.get_by_role("radio", name=score, exact=True).check()


def change(fay: Visitor, matter: str) -> None:
    """Change a recorded ballot: what was scored stands there, one score is cleared."""
    fay.go(matter)
    fay.follow("Change your ballot")
    row = fay.page.locator("fieldset.option").filter(has_text=HIRE)
    assert row.get_by_role("radio", name="4", exact=True).is_checked()
    row.get_by_role("button", name="Clear score").click()
    assert fay.page.locator("input[type=radio]:checked").count() == 0
    record(fay, {BUY: "5, best", HIRE: "2"})


def refuse_dan(dan: Visitor, matter: str, ballot: str) -> None:
    dan.go(matter)
    assert "You are not on its roll" in dan.page.locator(".do-box").inner_text()
    assert dan.go(ballot).status == 403
    words = dan.page.locator("main").inner_text()
    assert "roll" in words
    assert "Media Working Group" in words


def wait_for_result(fay: Visitor, matter: str) -> None:
    """A second before the close the ballot can still be changed, and no count is shown."""
    fay.go(matter)
    assert fay.page.get_by_role("link", name="Change your ballot").is_visible()
    assert "have voted" not in fay.page.locator(".do-box").inner_text()


def read(stranger: Visitor, ballot: str) -> None:
    """Somebody without an account is the first to look after the close, and reads it all."""
    stranger.go(f"{ballot}result/")
    assert f"{BUY} is carried" in stranger.page.locator("main").inner_text()
    stranger.go("/decisions/")
    stranger.follow(BUY)
    assert stranger.heading == BUY
    text = stranger.page.locator("main").inner_text()
    assert "In force" in text
    assert not any(name in text for name in ("Ada", "Ben", "Cleo", "Fay"))
    assert stranger.page.get_by_role("listitem").filter(has_text="We do it.").is_visible()
    stranger.follow("The whole result")
    assert stranger.path == f"{ballot}result/"


def look_back(fay: Visitor, matter: str) -> None:
    fay.go("/")
    assert fay.page.get_by_role("link", name=BUY).is_visible()
    fay.go(matter)
    assert f"{BUY} is carried." in fay.page.locator(".outcome").inner_text()
    fay.follow("Every step")
    steps = fay.page.locator(".timeline").inner_text()
    for act in ("raised by Ben", "declared by Cleo", "called by Ada", "Vote opened", "Decided"):
        assert act in steps
