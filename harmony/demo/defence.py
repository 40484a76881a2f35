"""What the Policy Society for Defence of the demo party has talked about.

It has no Secretary yet, so the General Secretary acts there (E8).
"""

from harmony.demo.people import DEFENCE
from harmony.demo.stories import Calls, Divides, Proposes, Says, Story

CADETS = Story(
    assembly=DEFENCE,
    raised="-26 10:10",
    by="george",
    trigger=(
        "The county council asked every party for its view on cadet forces in state schools, for a "
        "hearing in the new year."
    ),
    question="Should our policy on cadet forces in schools change?",
    why="Our policy of three years ago leaves it to each school and says no more than that.",
    acts=(
        Proposes(
            "-25 11:30",
            "george",
            "A cadet force wherever a school wants one",
            "Public money for a cadet force in any state school whose governors and pupils both "
            "ask for it.",
        ),
        Proposes(
            "-24 19:20",
            "leila",
            "No cadet forces in schools",
            "Cadet forces recruit. They may meet in drill halls, on no school’s time or ground.",
        ),
        Says(
            "-23 18:40",
            "bethan",
            "In my town the cadets are the only thing open on a Friday night. I would rather argue "
            "about what else should be.",
        ),
        Divides("-23 20:00", "leila", "These two cannot both be our policy."),
        Calls("-22 09:15", "gwen", debate="-21 18:00", vote="-18 18:00", close="-14 18:00"),
        Says(
            "-20 19:00",
            "isla",
            "I was a cadet, and I would not be an engineer without it.",
            stance="for",
            on="A",
        ),
        Says(
            "-20 20:30",
            "kwame",
            "Both proposals tell schools what to do. What we have lets each of them choose, and no "
            "school has told us that it fails them.",
            stance="neutral",
        ),
    ),
    ballots=(("104", 4), ("015", 3), ("205", 2), ("503", 2), ("052", 2)),
)

ARMS_LICENCES = Story(
    assembly=DEFENCE,
    raised="-7 09:30",
    by="ngozi",
    trigger=(
        "The government has published last year’s arms export licences. Eleven went to states that "
        "its own report lists as at war with a neighbour."
    ),
    question="What should our policy on arms export licences be?",
    why=(
        "We have none. On the doorstep we each make one up, and last month two of us made up "
        "opposite ones in the same street."
    ),
    acts=(
        Proposes(
            "-6 12:00",
            "ngozi",
            "No licences to states at war abroad",
            "1. No licence for arms or their parts to a state whose forces fight outside its "
            "borders without a mandate of the United Nations.\n"
            "2. Licences already given to it end within six months.\n"
            "3. Towns that live on this work get a guarantee of work for five years, before the "
            "first licence ends.",
        ),
        Proposes(
            "-5 10:45",
            "duncan",
            "Parliament decides each large licence",
            "1. A licence worth more than £10 million is laid before Parliament for 20 sitting "
            "days, and falls if either House votes it down.\n"
            "2. What each licence is for is published the day it is laid.",
        ),
        Says(
            "-5 18:20",
            "imran",
            "Duncan’s second point should be in Ngozi’s, too. Sunlight costs nobody a job.",
        ),
        Divides("-4 20:00", "imran", "One is a rule, the other a procedure. We must choose."),
        Calls("-3 08:40", "gwen", debate="-2 18:00", vote="1 18:00", close="4 20:00"),
        Says(
            "-2 18:30",
            "leila",
            "My cousins were under what we sold. A rule that a minister can bend is no rule, and a "
            "debate on a Thursday afternoon bends more easily still.",
            stance="for",
            on="A",
        ),
        Says(
            "-2 19:15",
            "duncan",
            "I live in a town of eight thousand where two thousand make these things. Point 3 is "
            "one sentence. It would need to be forty pages before I could read it to my street.",
            stance="against",
            on="A",
        ),
        Says(
            "-2 19:40",
            "ngozi",
            "Then help me write them. Five years is what the shipyards got.",
            to="duncan",
        ),
        Says(
            "-1 08:20",
            "priya",
            "B would have stopped seven of the eleven, if the House had voted as it did on the "
            "question of the day. I counted. The list is with the Research Working Group.",
            stance="for",
            on="B",
        ),
        Says("-1 09:05", "farah", "And the other four?", to="priya"),
        Says(
            "-1 12:35",
            "harpreet",
            "What does either of them say about parts? An engine is not an arm until somebody "
            "bolts it on.",
            stance="neutral",
        ),
    ),
)

RESERVISTS = Story(
    assembly=DEFENCE,
    raised="-3 11:20",
    by="isla",
    trigger=(
        "A supermarket chain told two reservists in Fife that their hours would be cut if they "
        "went on the winter exercise. Both stayed at home; one has left the reserve."
    ),
    question="How should the law protect the jobs of reservists?",
    why="The law protects a job while its holder is mobilised, and says nothing about training.",
    acts=(
        Proposes(
            "-2 10:15",
            "isla",
            "Protect training as the law protects jury service",
            "Nobody may lose hours, pay or their post for up to 27 days of training a year.",
        ),
        Says(
            "-2 13:00",
            "george",
            "Jury service is a duty that anybody can be given. This is chosen. I am for it, but we "
            "shall be asked about the difference.",
        ),
        Says(
            "-2 13:25",
            "isla",
            "Being a volunteer firefighter is chosen as well, and nobody minds that.",
            to="george",
        ),
        Proposes(
            "-1 16:50",
            "harpreet",
            "Pay small employers for the days",
            "Employers of fewer than 50 people get the wages of those days back, and in return "
            "keep the hours.",
        ),
        Says(
            "-1 17:30",
            "daniel",
            "Could these two be one proposal? The first for everybody, the second for the small.",
        ),
    ),
)

STORIES = (CADETS, ARMS_LICENCES, RESERVISTS)
