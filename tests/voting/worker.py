"""A process of its own beside the tests: it acts on their database, and can die at any statement.

    python -m tests.voting.worker '{"do": "close", "vote": "…", "die": "before commit"}'

prints what came of it as JSON.
"""

import json
import os
import signal
import sys
import uuid
from datetime import datetime

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection  # noqa: E402

from assemblies.models import Assembly, Person  # noqa: E402
from commons import clock  # noqa: E402
from tests.voting.votes import open_a_vote  # noqa: E402
from voting.models import Vote  # noqa: E402
from voting.services import cast_ballot, close_due_votes  # noqa: E402
from voting.signals import vote_closed  # noqa: E402

# Where to die: the beginning of a statement, and whether before or after it is executed.
DEATHS = {
    "before write": ("UPDATE voting_elector", "before"),
    "before commit": ('UPDATE "voting_vote"', "after"),
    "before the roll is whole": ("INSERT INTO voting_elector", "after"),
}


def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(beginning, when):
    def wrapper(execute, sql, params, many, context):
        is_it = sql.strip().startswith(beginning)
        if is_it and when == "before":
            die()
        answer = execute(sql, params, many, context)
        if is_it:
            die()
        return answer

    return wrapper


def close(asked):
    at = asked.get("at")
    return close_due_votes(at=datetime.fromisoformat(at) if at else None)


def cast(asked):
    vote, person = Vote.objects.get(pk=asked["vote"]), Person.objects.get(pk=asked["person"])
    try:
        cast_ballot(vote=vote, person=person, scores=asked["scores"])
    except ValidationError as refusal:
        return type(refusal).__name__
    return "recorded"


def open_(asked):
    assembly = Assembly.objects.get(pk=asked["assembly"])
    return str(open_a_vote(assembly, clock.now(), pk=uuid.UUID(asked["vote"])).pk)


def main(asked):
    if asked.get("die") in DEATHS:
        connection.execute_wrappers.append(die_at(*DEATHS[asked["die"]]))
    elif asked.get("die") == "after commit":
        vote_closed.connect(die)
    outcome = {"close": close, "cast": cast, "open": open_}[asked["do"]](asked)
    json.dump(
        {"outcome": outcome, "app_clock": datetime.now().astimezone().isoformat()}, sys.stdout
    )


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
