"""What the project claims of simulating the response, as the lines of evidence have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Told = dict[str, Any]
COMMAND = "python -m bench.mobilisation_response"
LARGE = f"{COMMAND} --large"


def response_claims() -> Iterator[Told]:
    """The fields of every line of the simulator, without what a run finds."""
    for claim, what, target in (
        ("plain-v-simpy", "incidents a second in plain Python over those of SimPy, one trace", 7),
        ("numba-v-simpy", "incidents a second compiled over those of SimPy, the same trace", 60),
        ("numba-v-ciw", "incidents a second compiled over those of Ciw, the same trace", 300),
    ):
        yield _told(claim, what, target=target, unit="times")
    yield _told(
        "waits-differ", "greatest difference between waits of one incident in plain Python, "
        "compiled and SimPy, over a trace with falling capacity, ties and empty hours",
        target=0, relation="==", unit="minutes",
    )  # fmt: skip
    for claim, what, seconds in (
        ("force-years", "seconds for 100 replications of a force-year, compiled, on 2 cores", 8),
        ("force-years-plain", "the same in plain Python in two processes", 60),
        ("curve", "seconds for a curve of seven levels, 100 replications of seven weeks", 8),
        ("preview", "seconds for a preview of two scenarios, 30 replications of seven weeks", 1.5),
    ):
        yield _told(claim, what, target=seconds, relation="<=", unit="s")
    yield _told(
        "areas", "events a second of ten local policing units that help each other, one core",
        target=6_000_000, unit="events/s",
    )  # fmt: skip
    for claim, what, most, unit in (
        ("forces", "seconds for 43 forces, seven levels, 100 replications of seven weeks", 360,
         "s"),
        ("forces-memory", "greatest resident memory of one of the two workers of that run", 300,
         "MB"),
    ):  # fmt: skip
        yield _told(claim, what, target=most, relation="<=", unit=unit, command=LARGE)
    for claim, share, relation in (("least", 90, ">="), ("most", 99, "<=")):
        yield _told(
            f"coverage-{claim}", "95% intervals of the mean wait that hold the truth, 200 runs of "
            "a queue of ten units",
            target=share, relation=relation, unit="%",
        )  # fmt: skip


def _told(claim: str, what: str, **fields: Any) -> Told:
    return {"id": f"capability.response.{claim}", "what": what, "command": COMMAND, **fields}
