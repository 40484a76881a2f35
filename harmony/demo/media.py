"""What the Media Working Group of the demo party has talked about."""

from harmony.demo.people import MEDIA
from harmony.demo.stories import Calls, Divides, Proposes, Says, Story

PRESS_CALLS = Story(
    assembly=MEDIA,
    raised="-30 09:20",
    by="siobhan",
    trigger=(
        "On Saturday a reporter from the *Northern Post* rang the press number three times about "
        "our housing policy. Nobody rang back until Monday, and the piece says we “declined to "
        "comment”."
    ),
    question="How do we answer the press at weekends?",
    why=(
        "We did not decline; nobody was there. It will happen again, and more often as the local "
        "elections come nearer."
    ),
    acts=(
        Proposes(
            "-29 12:40",
            "siobhan",
            "A weekend rota of four",
            "1. Four members hold the press phone for one weekend a month each.\n"
            "2. Whoever holds it answers within two hours, between 9:00 and 21:00.\n"
            "3. They may say what the Party has decided, and nothing else; for anything else they "
            "say when we will know.\n"
            "4. The rota is published to the group a month ahead.",
        ),
        Says(
            "-29 18:05",
            "oliver",
            "I would take a weekend. Could two people swap without asking anybody?",
        ),
        Says("-29 18:30", "siobhan", "Yes: swap, and write it in the rota.", to="oliver"),
        Proposes(
            "-28 20:15",
            "rhys",
            "Forward the phone to whoever is free",
            "One number, forwarded each Friday evening to a volunteer found that week.",
        ),
        Divides(
            "-27 19:00",
            "oliver",
            "Two ways of doing it, both workable, and we have gone round them twice.",
        ),
        Calls("-26 08:30", "adaeze", debate="-25 18:00", vote="-22 18:00", close="-18 18:00"),
        Says(
            "-25 19:10",
            "hattie",
            "A rota means I know in March which weekend in April is not mine. I can plan around "
            "that, and so can anybody with children.",
            stance="for",
            on="A",
        ),
        Says(
            "-24 12:00",
            "rhys",
            "Finding somebody each Friday is how we got here. I wrote B, and I have come round "
            "to A.",
            stance="against",
            on="B",
        ),
        Says(
            "-23 09:45",
            "zainab",
            "Whichever it is, let us write down the ten questions we are always asked.",
            stance="neutral",
        ),
    ),
    ballots=(("520", 5), ("530", 4), ("410", 3), ("500", 1), ("351", 1)),
)

CAMPAIGN_FILM = Story(
    assembly=MEDIA,
    raised="-17 11:00",
    by="marcus",
    trigger=(
        "The Financial Working Group has set aside £1,800 for one film this spring. A crew that "
        "gives parties like ours a fair price is free in the second week of next month, and wants "
        "our answer by the end of this one."
    ),
    question="Which film do we make this spring?",
    why="There is money for one, so choosing one is leaving the other.",
    acts=(
        Proposes(
            "-16 10:00",
            "eleri",
            "A day in an assembly",
            "Follow one matter in one real assembly, from the first complaint to the vote. No "
            "actors, no script, no party colours: people disagreeing well.",
        ),
        Proposes(
            "-16 17:25",
            "marcus",
            "The empty chair",
            "Ninety seconds. A council chamber, a chair at the head of the table that nobody "
            "sits in, and twenty people who do the work without it.",
        ),
        Says(
            "-15 20:00",
            "meiling",
            "The chair is the one people would send to each other. The assembly is the one they "
            "would remember.",
        ),
        Divides("-14 19:30", "meiling", "Both are good films, and there is money for one."),
        Calls("-13 09:00", "callum", debate="-12 18:00", vote="-9 18:00", close="-5 18:00"),
        Says(
            "-12 18:45",
            "marcus",
            "Nobody outside knows what an assembly is. They know what an empty chair is in one "
            "second.",
            stance="for",
            on="B",
        ),
        Says(
            "-11 13:20",
            "eleri",
            "A film about nobody leading that has nobody in it? Show the people.",
            stance="against",
            on="B",
        ),
        Says("-11 14:02", "marcus", "There are twenty of them in it!", to="eleri"),
        Says(
            "-10 21:10",
            "tomasz",
            "£1,800 covers either, if the day in the assembly is one day and not two.",
            stance="neutral",
        ),
    ),
    # The assembly film scores higher in all; more members prefer the chair.
    ballots=(("451", 5), ("350", 3), ("502", 4), ("510", 2)),
)

LEAFLET = Story(
    assembly=MEDIA,
    raised="-9 08:50",
    by="kwame",
    trigger=(
        "The printer needs the front of the May leaflet in a fortnight. The last one led with our "
        "constitution, and of the people we asked on the doorstep one in nine had read past it."
    ),
    question="What does the front of the May leaflet say?",
    why="40,000 copies, one front. Most people will see nothing else of ours this spring.",
    acts=(
        Proposes(
            "-8 12:10",
            "kwame",
            "Lead with the buses",
            "“The 42 was cut. You were not asked.” Then what our assembly decided about it, and "
            "how to join the next one.",
        ),
        Proposes(
            "-8 19:45",
            "priya",
            "Lead with a question",
            "“What should happen on your street?”, a dotted line to write on, and our address on "
            "the back. We bring what comes in to the Constituency Societies.",
        ),
        Says("-7 09:15", "jonah", "Do we have the hands to answer what people write?"),
        Says(
            "-7 12:50",
            "priya",
            "If one in a hundred writes, that is 400. The Research Working Group would love 400.",
            to="jonah",
        ),
        Proposes(
            "-7 20:20",
            "oliver",
            "Lead with how we decide",
            "“Nobody leads this party.” One drawing, three steps, no small print.",
        ),
        Divides("-6 18:00", "jonah", "Three fronts, and each of us has a favourite."),
        Calls("-5 10:00", "adaeze", debate="-4 18:00", vote="-1 18:00", close="2 20:00"),
        Says(
            "-4 19:00",
            "zainab",
            "The buses are what people are angry about. Start where they are.",
            stance="for",
            on="A",
        ),
        Says(
            "-3 08:30",
            "rhys",
            "A leaflet for 40,000 homes cannot lead with one bus that serves six streets.",
            stance="against",
            on="A",
        ),
        Says("-3 08:55", "zainab", "Change the number street by street, then.", to="rhys"),
        Says(
            "-2 21:00",
            "hattie",
            "C is the truest and the dullest of the three. I say so with love.",
            stance="against",
            on="C",
        ),
    ),
    ballots=(("5310", 2), ("2520", 2), ("4500", 1), ("3-50", 1), ("5420", 2), ("1450", 1)),
)

OPEN_MEETINGS = Story(
    assembly=MEDIA,
    raised="-6 10:30",
    by="sunita",
    trigger=(
        "A student who writes a blog about local democracy asked to sit in on our next meeting and "
        "write about it. Nobody knew what to answer, so nobody did, and she wrote about that."
    ),
    question="Who may watch our meetings, and write about them?",
    why="What we decide is public already. How we talk on the way is not, and some like it so.",
    acts=(
        Proposes(
            "-5 09:40",
            "sunita",
            "Open to anyone who asks",
            "Anybody who asks a day ahead may sit in, and may write about what they hear. Names "
            "only with leave.",
        ),
        Says(
            "-5 13:15",
            "tomasz",
            "I say sillier things in a meeting than in a minute of it, and better ones too. I "
            "would say neither in front of a notebook.",
        ),
        Says(
            "-5 13:40", "sunita", "“Names only with leave” is there for exactly that.", to="tomasz"
        ),
        Proposes(
            "-4 20:00",
            "tomasz",
            "One open meeting a quarter",
            "Four meetings a year are open and say so in their notice. The others are ours.",
        ),
        Divides(
            "-1 20:10",
            "siobhan",
            "All open or four open: talking more will not make these one proposal.",
        ),
    ),
)

CAPTIONS = Story(
    assembly=MEDIA,
    raised="-1 19:40",
    by="jonah",
    trigger=(
        "A member of the Constituency Societies Committee wrote to say that she cannot follow our "
        "films: the captions are made by a machine, and on Tuesday it called the Treasurer “the "
        "treasure”."
    ),
    question="How do our films get captions that are right?",
    why=(
        "One in six people in the country is deaf or hard of hearing, and many more watch with the "
        "sound off. I have no proposal yet. I would like to hear from anybody who has done this."
    ),
)

STORIES = (PRESS_CALLS, CAMPAIGN_FILM, LEAFLET, OPEN_MEETINGS, CAPTIONS)
