"""What the Party of the demo has decided."""

from harmony.demo.stories import Calls, Divides, Proposes, Says, Story

MEMBERSHIP_FEE = Story(
    assembly="party",
    raised="-34 10:00",
    by="sunita",
    trigger=(
        "The Financial Working Group’s report shows that four members in ten pay the reduced "
        "subscription, and that asking for it means writing to the Treasurer to say why."
    ),
    question="How do members who have little pay their subscription?",
    why=(
        "Three people told me that they would sooner leave than write that letter. Nobody should "
        "have to describe their bank account to belong to a party."
    ),
    acts=(
        Proposes(
            "-33 09:30",
            "sunita",
            "Each member chooses, from £1 a year",
            "1. Every member chooses their own subscription, of £1 a year or more.\n"
            "2. The page shows what the average member pays and what the Party needs.\n"
            "3. Nobody is asked why, and nobody is told.",
        ),
        Proposes(
            "-32 20:40",
            "terence",
            "Two rates, and your word is enough",
            "£36 a year, or £6 for whoever says that £36 is too much. Saying so is enough.",
        ),
        Says(
            "-31 18:15",
            "harpreet",
            "In my union the rate is chosen, and it came out at what it had been before. People "
            "are fairer than forms.",
        ),
        Divides("-30 19:00", "agnieszka", "Both end the letter to the Treasurer. Which one?"),
        Calls("-30 20:30", "gwen", debate="-29 18:00", vote="-26 18:00", close="-19 20:00"),
        Says(
            "-29 19:20",
            "bethan",
            "At £1 nobody stays away because of money. That is the whole point.",
            stance="for",
            on="A",
        ),
        Says(
            "-28 12:45",
            "imran",
            "We have rent to pay in March. A budget wants a number, and A gives us a hope.",
            stance="against",
            on="A",
        ),
        Says("-28 13:30", "sunita", "Point 2 shows everybody that number, every day.", to="imran"),
        Says(
            "-27 21:00",
            "gwen",
            "I organise this vote, and I have one ballot in it like everybody else. Ask me for "
            "figures if you need them.",
            stance="neutral",
        ),
    ),
    ballots=(("530", 9), ("540", 5), ("450", 4), ("250", 4), ("410", 2), ("512", 1)),
)

STORIES = (MEMBERSHIP_FEE,)
