"""Load on a web server: `wrk` where it is installed, a plain client in Python where it is not."""

import http.client
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import quantiles

CONNECTIONS = 8
_SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True, slots=True)
class Request:
    """One request that is ready to be sent."""

    path: str
    headers: dict[str, str]
    body: str

    def raw(self, host: str) -> str:
        """The request as it goes over the wire."""
        headers = self.headers | {"Host": host, "Content-Length": str(len(self.body))}
        lines = [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([f"POST {self.path} HTTP/1.1", *lines, "", self.body])


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answers came in how many seconds, and below what time 99 of 100 came (seconds)."""

    number: int
    seconds: float
    p99: float

    @property
    def rate(self) -> float:
        return self.number / self.seconds


class BadAnswerError(Exception):
    """Something answered other than 303: what was measured is not what was meant."""


def drive(port: int, requests: Sequence[Request], seconds: float) -> Answers:
    """Send the requests round and round over eight connections; BadAnswerError if one fails."""
    wrk = shutil.which("wrk")
    if wrk:
        return _drive_wrk(wrk, port, requests, seconds)
    return _drive_python(port, requests, seconds)


def _drive_wrk(wrk: str, port: int, requests: Sequence[Request], seconds: float) -> Answers:
    host = f"127.0.0.1:{port}"
    with tempfile.NamedTemporaryFile("w", suffix=".requests", newline="") as file:
        file.write("\0".join(request.raw(host) for request in requests))
        file.flush()
        often = [f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
        done = subprocess.run(
            [wrk, "-t1", *often, "-s", str(_SCRIPT), f"http://{host}/", "--", file.name],
            capture_output=True,
            text=True,
            check=True,
        )
    told = json.loads(done.stdout.rpartition("harmony:")[2])
    if told["errors"] or not told["number"]:
        raise BadAnswerError(f"{told['errors']} of {told['number']} answers were no 303.")
    return Answers(told["number"], told["seconds"], told["p99"])


def _drive_python(port: int, requests: Sequence[Request], seconds: float) -> Answers:
    began = time.perf_counter()
    # Every connection begins elsewhere, so that none follows on another's heels.
    step = max(1, len(requests) // CONNECTIONS)
    turns = [[*requests[n * step :], *requests[: n * step]] for n in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        times = [
            each
            for found in pool.map(lambda turn: list(_send(port, turn, began + seconds)), turns)
            for each in found
        ]
    p99 = quantiles(times, n=100)[98]
    return Answers(len(times), time.perf_counter() - began, p99)


def _send(port: int, requests: Sequence[Request], until: float) -> Iterator[float]:
    """Send one request after another; give the seconds each took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for request in cycle(requests):
        began = time.perf_counter()
        connection.request("POST", request.path, request.body, request.headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise BadAnswerError(f"{request.path} answered {answer.status}.")
        ended = time.perf_counter()
        yield ended - began
        if ended > until:
            break
    connection.close()
