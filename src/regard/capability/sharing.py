"""A demand shared between forces, from a file that says who could send and at what cost.

The file is TOML or JSON: `hosts`, `needed`, `forces` and, where they differ from the shipped ones,
`rules`. What it costs a force at home to have n PSUs away is the curve of its own stress test.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from regard.capability.stress import Stress
from regard.core.errors import DefinitionRefused, FileUnreadable
from regard.core.statements import Statement
from regard.mobilisation.allocating import (
    FAIR,
    NOT_MODELLED,
    Allocation,
    Demand,
    Force,
    Price,
    Problem,
    Ranges,
    Rules,
    allocate,
    allocation_said,
    price_of_fairness,
    price_said,
    ranges_said,
    with_ranges,
)
from regard.mobilisation.response.model import DAY
from regard.mobilisation.response.tallies import COUNT

MOST_BYTES = 1 << 20
_TUPLES = ("costs", "low", "high", "travel", "released", "unavailable", "tours")


@dataclass(frozen=True, eq=False)
class Shared:
    """A demand that was shared.

    Attributes:
        sharing: Who sends how many, when and where.
        price: What fairness costs, where it was asked for.
        ranges: The same at the ends of the curves, where they have any.
        as_at: The day to which the inputs are true.
        cost: The unit of costs.
    """

    sharing: Allocation
    price: Price | None
    ranges: Ranges | None
    as_at: date
    cost: str

    def statements(self) -> tuple[Statement, ...]:
        """What the sharing says, what fairness costs, and whose share rests on its curve."""
        said = list(allocation_said(self.sharing, self.as_at, cost=self.cost))
        if self.price is not None:
            said.append(price_said(self.price, self.as_at, cost=self.cost))
        if self.ranges is not None:
            said += ranges_said(self.ranges, self.as_at, cost=self.cost)
        return tuple(said)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What was not modelled."""
        return tuple(NOT_MODELLED)


def share(
    problem: Problem, *, as_at: date, aim: str = FAIR, cost: str = "", price: bool = True
) -> Shared:
    """Share a demand.

    Args:
        problem: Forces, demand and rules.
        as_at: The day to which the inputs are true.
        aim: What is made small first.
        cost: The unit of costs, such as `late incidents a day`.
        price: Whether the sharing of least sum is set beside it.
    """
    sharing = allocate(problem, aim=aim)
    ranged = any(one.low is not None or one.high is not None for one in problem.forces)
    return Shared(
        sharing,
        price_of_fairness(sharing) if price and aim == FAIR else None,
        with_ranges(problem, aim=aim) if ranged else None,
        as_at,
        cost,
    )


def problem_from(file: Path) -> Problem:
    """The problem that a TOML or JSON file states.

    Raises:
        FileUnreadable: it cannot be read or is too large.
        DefinitionRefused: it is neither, a key is not known, or a value breaks a rule.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise FileUnreadable(
                f"{file.name} is {file.stat().st_size:,} bytes long",
                expected=f"at most {MOST_BYTES:,} bytes",
            )
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise FileUnreadable(
            f"{file.name} cannot be read: {getattr(reason, 'strerror', None) or reason}",
            expected="a TOML or JSON file in UTF-8",
        ) from reason
    try:
        told = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as reason:
        raise DefinitionRefused(
            f"{file.name} cannot be read: {reason}", expected="TOML, or JSON in a .json file"
        ) from reason
    return _problem(file.name, told)


def _problem(file: str, told: Any) -> Problem:
    held = _only(file, "the file", told, ("hosts", "needed", "by_hour", "forces", "rules",
                                          "generated"))  # fmt: skip
    for key in ("hosts", "needed", "forces"):
        if not held.get(key):
            raise DefinitionRefused(f"{file} says no {key}", expected="hosts, needed and forces")
    hosts = tuple(held["hosts"])
    try:
        demand = Demand(hosts, _deep(held["needed"]), tuple(held.get("by_hour", ())))
        rules = Rules(**_of(file, "rules", Rules, held.get("rules", {})))
        forces = tuple(
            Force(**_of(file, f"force {place}", Force, one))
            for place, one in enumerate(held["forces"], start=1)
        )
        return Problem(forces, demand, rules, bool(held.get("generated", False)))
    except (TypeError, ValueError) as reason:
        raise DefinitionRefused(
            f"{file} states something that is no problem: {reason}",
            expected="numbers where numbers stand in the how-to",
        ) from reason


def _of(file: str, what: str, kind: type, told: Any) -> dict[str, Any]:
    names = tuple(one.name for one in fields(kind))
    held = _only(file, what, told, names)
    return {key: _deep(value) if key in _TUPLES else value for key, value in held.items()}


def _only(file: str, what: str, told: Any, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise DefinitionRefused(f"{file}: {what} is {told!r}"[:200], expected="a table")
    strange = sorted(set(told) - set(known))
    if strange:
        raise DefinitionRefused(
            f"{file}: {what} has {', '.join(strange)}", expected=f"only {', '.join(known)}"
        )
    return told


def _deep(value: Any) -> Any:
    return tuple(map(_deep, value)) if isinstance(value, list) else value


def ladder(answer: Stress) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """The cost at home of 0, 1, 2... PSUs away for a day, with its range: late incidents more.

    Args:
        answer: A stress test of every number of PSUs from nobody up.

    Returns:
        The cost as expected, at the low and at the high end of its 95% range.

    Raises:
        DefinitionRefused: a number of PSUs between is missing.
    """
    levels = answer.asked.question.shown
    if levels != tuple(range(len(levels))):
        raise DefinitionRefused(
            f"a curve of {', '.join(map(str, levels))} PSUs", expected="every number from 0 up"
        )
    model = answer.runs.model
    days = answer.asked.question.away_hours / DAY
    span = model.span("away")
    found = []
    for psus in levels:
        likely, low, high = 0.0, 0.0, 0.0
        for place, grade in enumerate(model.demand.grades):
            sums = answer.runs.result(answer.runs.scenarios[levels.index(psus)].name)
            a_day = float(sums.phases[:, span, place, COUNT].mean()) / days
            more = answer.step(psus, grade.name).more
            if more is not None:
                likely += a_day * more.value / 100
                low += a_day * more.low / 100
                high += a_day * more.high / 100
        found.append((max(0.0, likely), max(0.0, low), max(0.0, high)))
    return tuple(zip(*found, strict=True))  # type: ignore[return-value]
