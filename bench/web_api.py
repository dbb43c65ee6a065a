"""The API called as its description says, and as it does not: server errors and schema breaches.

    python -m bench.web_api            20,000 calls on the example with its records; writes evidence
    python -m bench.web_api --small    a few hundred, nothing written

Every call goes through the whole site, in this process, with a token of its own. Half of them keep
to the description and half break it on purpose. An answer is a breach when its status, its content
type or its body is not as described, or when what breaks the description is taken.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bench.figures import Line, measured
from bench.web_ground import SEED, told
from regard.board.demonstration import build
from regard.board.remembering import remember
from regard.register.posting import posts

CALLS, FEW = 20_000, 400
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
SERVER_ERROR = 500
FIRST_FEW = 5  # breaches that are kept in words
POST = "party:spr-lead"
REAL = {
    "measure": ("burglary-dwelling", "total-recorded-crime", "confidence", "shop-theft"),
    "area": ("west-midlands", "west-midlands/dudley", "merseyside"),
    "method": ("nhs-making-data-count", "regard-adjusted-counts"),
    "round": ("2014-15", "2021", "cycle:2013-14"),
    "body": ("west-midlands", "party:west-midlands-region"),
    "paper": (
        "strategic-policing-and-crime-board/2019/strategic-policing-requirement",
        "hmic/2014-10/west-midlands",
    ),
}
"""Names that the example has, with some that are near."""


@dataclass
class Called:
    """What came of the calls.

    Attributes:
        calls: How many were made.
        statuses: How many answers had each status.
        breaches: How many answers were not as described.
        told: The first of them, in words.
    """

    calls: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    breaches: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def server_errors(self) -> int:
        """Answers that say that Regard itself failed."""
        return sum(count for status, count in self.statuses.items() if status >= SERVER_ERROR)


def call(application: Any, token: str, *, calls: int, number: int = SEED) -> Called:
    """Call every operation of the API, half of the time with what its description forbids.

    Args:
        application: The site, as a WSGI application.
        token: By which the program comes in.
        calls: At least how many calls; they are spread evenly over the operations.
        number: The seed.
    """
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    # Each call brings its token: a case that leaves one out on purpose would be sent with it.
    for held in described.raw_schema["paths"].values():
        held["get"].pop("security")
    operations = [one.ok() for one in described.get_all_operations()]
    each = -(-calls // (2 * len(operations)))
    found = Called()
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            known = REAL if mode is GenerationMode.POSITIVE else {}
            strategy = st.builds(_named, operation.as_strategy(generation_mode=mode), _names(known))
            _many(strategy, token, each, number, found)
    return found


def _names(known: Mapping[str, Sequence[str]]) -> st.SearchStrategy[dict[str, str | None]]:
    """Names that there are, or none: what is drawn from letters alone is the name of nothing."""
    drawn = {name: st.none() | st.sampled_from(held) for name, held in known.items()}
    return st.fixed_dictionaries(drawn)


def _named(case: Any, names: Mapping[str, str | None]) -> Any:
    for place in (case.path_parameters, case.query):
        for name in place or ():
            place[name] = names.get(name) or place[name]
    return case


def _many(strategy: Any, token: str, calls: int, number: int, found: Called) -> None:
    @seed(number)
    @settings(
        max_examples=calls,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def once(case: Any) -> None:
        _once(case, token, found)

    once()


def _once(case: Any, token: str, found: Called) -> None:
    answer = case.call(headers={"Authorization": f"Bearer {token}"})
    found.calls += 1
    found.statuses[answer.status_code] += 1
    try:
        case.validate_response(answer, checks=CHECKS)
    except (FailureGroup, Failure) as breach:
        found.breaches += 1
        if len(found.told) < FIRST_FEW:
            found.told.append(f"{case.method} {case.formatted_path}: {_words(breach)}")


def _words(breach: Exception) -> str:
    several = getattr(breach, "exceptions", None) or (breach,)
    return "; ".join(" ".join(str(one).split())[:300] for one in several)


def served(home: Path, *, records: bool) -> tuple[Any, str]:
    """The example as a WSGI application, with a token for a post of it; once a process.

    Args:
        home: A new data folder.
        records: Whether its generated rows are brought in too; they take half a minute.
    """
    os.environ["REGARD_HOME"] = str(home)
    # Django's settings are settled by this module, and what stands on them is read after it.
    application = import_module("regard.web.wsgi").application
    if records:
        build(home, formats=("html",))
    remember(home)
    import_module("regard.web.serving").ready()
    register = import_module("regard.web.here").the_register()
    post = next(one for one in posts(register) if one.subject == POST)
    account = import_module("regard.web.models").Account.objects.make("bench", post.holders[0])
    tokens = import_module("regard.web.signing.tokens")
    return application, tokens.make(account, POST, said="bench", days=tokens.LIFETIMES[0])[1]


def lines(folder: Path, *, small: bool) -> list[Line]:
    """Both figures, each over the same calls."""
    application, token = served(folder / "home", records=not small)
    begun = time.perf_counter()
    found = call(application, token, calls=FEW if small else CALLS)
    seconds = time.perf_counter() - begun
    for one in found.told:
        print(one)
    statuses = ", ".join(
        f"{count:,} x {status}" for status, count in sorted(found.statuses.items())
    )
    note = (
        f"schemathesis {version('schemathesis')}; {statuses}; {found.calls / seconds:.0f} a second"
    )
    return [
        measured("web.api.server-errors", found.server_errors, n=found.calls, seed=SEED, note=note),
        measured("web.api.breaches", found.breaches, n=found.calls, seed=SEED, note=note),
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure and write the lines; small writes nothing."""
    return told(lines, arguments, name="web_api", does="The API, called.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
