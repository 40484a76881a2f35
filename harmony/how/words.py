"""The glossary: the charter's words as the site uses them, each with an anchor of its own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Word:
    """One entry; `anchor` is its address on the page and never changes."""

    anchor: str
    word: Promise
    meaning: Promise


def in_order() -> list[Word]:
    """The words by the alphabet of the reader's language."""
    return sorted(WORDS, key=lambda entry: str(entry.word).casefold())


WORDS = (
    Word(
        "acting",
        _("Acting"),
        _(
            "The General Secretary in a post that is vacant. Every page says so, and it ends by "
            "itself when somebody is in post."
        ),
    ),
    Word(
        "agreement",
        _("Agreement"),
        _(
            "A number from −1 to 1 that says how far members were of one mind about an option: 1 "
            "when all gave the same score, 0 when scores are spread evenly, −1 when half gave 0 "
            "and half gave 5. It is van der Eijk’s A."
        ),
    ),
    Word(
        "all-thing",
        _("All Thing"),
        _(
            "The Party’s own moot, also called Party Thing: every member is in it. What it decides "
            "goes before anything decided lower down."
        ),
    ),
    Word(
        "assembly",
        _("Assembly"),
        _("One of the smaller democracies that make up the Party, or the Party itself."),
    ),
    Word(
        "ballot",
        _("Ballot"),
        _(
            "The scores one member gives to the options of one vote. Everybody on the roll has "
            "one, and none weighs more than another."
        ),
    ),
    Word(
        "carried",
        _("Carried"),
        _("Chosen by the vote. Options are carried; nobody wins or loses."),
    ),
    Word(
        "check-window",
        _("Check window"),
        _(
            "The seven days after a vote closes. Then the link between members and ballots is "
            "destroyed."
        ),
    ),
    Word(
        "committee",
        _("Committee"),
        _(
            "An assembly whose members are Working Groups. All the people of its groups vote in "
            "it for themselves, with one ballot each however many of the groups they are in."
        ),
    ),
    Word(
        "consensus-level",
        _("Consensus level"),
        _(
            "There are two: moot for assemblies, All Thing for the whole Party. By the Party’s "
            "constitution the higher goes before the lower."
        ),
    ),
    Word(
        "constituency-society",
        _("Constituency Society"),
        _(
            "A Society Working Group that holds every member registered in one constituency, "
            "inherently."
        ),
    ),
    Word(
        "council-of-secretaries",
        _("Council of Secretaries"),
        _(
            "All Assembly Secretaries together: an informal body that talks about how assemblies "
            "are organised. It decides nothing."
        ),
    ),
    Word(
        "debate",
        _("Debate"),
        _("The second phase of a matter: members speak for, against or neutrally."),
    ),
    Word(
        "decision",
        _("Decision"),
        _(
            "What an assembly has chosen, kept in a public register with how warmly every option "
            "was met."
        ),
    ),
    Word(
        "deputy",
        _("Deputy"),
        _("Somebody elected to support a Secretary, who can do the same organising acts."),
    ),
    Word(
        "discussion",
        _("Discussion"),
        _("The first phase of a matter: anyone in the assembly speaks and puts forward proposals."),
    ),
    Word(
        "division",
        _("Division"),
        _(
            "A discussion that ends with more than one answer. Any member of the assembly can "
            "declare it, with a reason; a call for debate and vote is then owed."
        ),
    ),
    Word(
        "general-secretary",
        _("General Secretary"),
        _(
            "The Party’s own Secretary: an organiser of organisers and a member among members, "
            "with one ballot like everybody."
        ),
    ),
    Word(
        "head-to-head",
        _("Head to head"),
        _("How many members scored one option above another, for every pair of options."),
    ),
    Word(
        "inherent",
        _("Inherent"),
        _(
            "Belonging without joining, because something is true of you: living in a "
            "constituency, say."
        ),
    ),
    Word(
        "in-moot-online",
        _("In moot online"),
        _(
            "Decided by an assembly through the pages here, without a sitting: by a vote that was "
            "open to everybody on its roll. For the whole Party it is an All Thing online."
        ),
    ),
    Word(
        "leave-things-as-they-are",
        _("Leave things as they are"),
        _(
            "The option every vote on a matter carries, so that members can turn down all "
            "proposals."
        ),
    ),
    Word(
        "limit",
        _("Limit"),
        _(
            "A length of time, or another number, in the rules of the Party. A matter keeps the "
            "limits it began with."
        ),
    ),
    Word(
        "lot",
        _("Lot"),
        _(
            "The draw that decides where options are level on every count. Its seed is made, and "
            "sealed, when the vote opens."
        ),
    ),
    Word(
        "matter",
        _("Matter"),
        _("Something an assembly has to reach consensus on."),
    ),
    Word(
        "moot",
        _("Moot"),
        _("The meeting by which an assembly decides. Many or few may come, or it is held online."),
    ),
    Word(
        "no-preference",
        _("No preference"),
        _(
            "A ballot that scores both finalists the same. It counts for neither in the runoff, "
            "and is shown."
        ),
    ),
    Word(
        "owed",
        _("Owed"),
        _(
            "What somebody in office has yet to do, shown in the open with who owes it and until "
            "when."
        ),
    ),
    Word(
        "party-secretaries",
        _("Party Secretaries"),
        _(
            "The General Secretary, the Treasurer and the Secretaries of five assemblies. "
            "Meeting, they are called the Secretarial Committee: no assembly, it takes no "
            "consensus decisions."
        ),
    ),
    Word(
        "proposal",
        _("Proposal"),
        _("One answer to a matter’s question. In a vote each proposal is an option."),
    ),
    Word(
        "record",
        _("Record"),
        _("What has been done, and when: one entry for each act, but none for casting a ballot."),
    ),
    Word(
        "resolution",
        _("Resolution"),
        _("The third phase of a matter, in which the assembly decides: here by a STAR vote."),
    ),
    Word(
        "roll",
        _("Roll"),
        _(
            "Everybody who has a ballot in a vote: whoever is in the assembly, and in the Party, "
            "at the moment it opens. It never changes after that."
        ),
    ),
    Word(
        "runoff",
        _("Runoff"),
        _(
            "The second round of a STAR count, between the two options with the highest totals. "
            "Each ballot counts once, for the one it scored higher."
        ),
    ),
    Word(
        "secretary",
        _("Secretary"),
        _(
            "The elected organiser of an assembly. A Secretary leads nobody, has one ballot, no "
            "veto, and can change nobody’s words."
        ),
    ),
    Word(
        "society-committee",
        _("Society Committee"),
        _(
            "A Committee whose members are Society Working Groups. Some bear the name Society: the "
            "Society for Presentation of Policy is one."
        ),
    ),
    Word(
        "society-working-group",
        _("Society Working Group"),
        _(
            "A group of a Society Committee, for a field of policy or a constituency, say. One "
            "joins it, or belongs to it inherently."
        ),
    ),
    Word(
        "spirit",
        _("Spirit"),
        _(
            "How warmly members met each option, kept beside what was carried: the Party wants "
            "the letter and the spirit of its members’ will."
        ),
    ),
    Word(
        "standing",
        _("Standing"),
        _("Whether a decision is in force."),
    ),
    Word(
        "star",
        _("STAR"),
        _(
            "Score Then Automatic Runoff, the way every vote is counted. Scores from 0 to 5 are "
            "added up; of the two highest totals, the one more members preferred is carried."
        ),
    ),
    Word(
        "tracker",
        _("Tracker"),
        _(
            "The random number under which a ballot is published when its vote closes. No tracker "
            "exists before that."
        ),
    ),
    Word(
        "trigger",
        _("Trigger"),
        _("The event that a matter begins with: what happened."),
    ),
    Word(
        "warmth-bar",
        _("Warmth bar"),
        _(
            "The drawing of all scores an option got. The more of its box is filled, the warmer "
            "it was met."
        ),
    ),
    Word(
        "web-of-consensus",
        _("Web of consensus"),
        _(
            "All decisions together, and how they rest on each other: the way the Party operates "
            "as a whole."
        ),
    ),
    Word(
        "working-group",
        _("Working Group"),
        _("An assembly that any member of the Party can join and leave."),
    ),
)
