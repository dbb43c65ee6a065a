"""What a force says of itself once: how it answers and how it musters, in `capability.toml`.

Times by which a grade should be answered, officers in a unit, PSUs promised and carriers differ
from force to force and are in no record. They stand in a file of the data folder, a table a force.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from pathlib import Path
from typing import Any

from regard.capability.incidents import aims_of
from regard.capability.mustering import Asked
from regard.capability.questions import Question
from regard.core.errors import DefinitionRefused, FileUnreadable, NotKnown
from regard.mobilisation.calibrating.fitting import Aim
from regard.mobilisation.muster import THRESHOLDS, TWENTY_FIVE, Threshold, make_up

FILE = "capability.toml"
MOST_CREW = 100  # officers in a response unit
WHOLE = 100  # per cent
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "within": ((dict,), "minutes by grade, the most urgent first: { immediate = 15 }"),
    "crew": ((int, float), "officers in a response unit"),
    "tolerance": ((int, float), "per cent of the first grade answered late that is borne"),
    "skill": ((str,), "the skill of who is mustered"),
    "make_up": ((str,), "the make-up of a PSU by its name"),
    "carriers": ((int,), "how many carriers there are"),
    "commitment": ((int,), "PSUs that are promised"),
    "response_trained": ((int, float), "the share of response officers who hold the skill"),
    "on_shift": ((int, float), "the share of a PSU taken from response, 7 to 19 o'clock"),
    "otherwise": ((int, float), "the same at other hours"),
    "tests": ((dict,), "hours by per cent of the commitment: { 10 = 1, 40 = 4, 100 = 24 }"),
}


@dataclass(frozen=True)
class Configured:
    """What a force says of itself.

    Attributes:
        force: Whose it is.
        within: Minutes within which each grade should be answered, the most urgent first.
        crew: Officers in a response unit.
        tolerance: Per cent of the first grade answered late that is borne.
        skill: The skill of who is mustered.
        make_up: Of a PSU, by its name.
        carriers: How many there are.
        commitment: PSUs that are promised; 0 where none is.
        response_trained: Share of response officers who hold the skill.
        on_shift, otherwise: Shares of a PSU taken from response by day and at other hours.
        tests: Hours within which a share of the commitment must stand ready, by per cent; the
            shipped ones where the force says none.
    """

    force: str
    within: Mapping[str, float] = field(default_factory=dict)
    crew: float = 1.0
    tolerance: float = 10.0
    skill: str = "psu-level-2"
    make_up: str = TWENTY_FIVE.name
    carriers: int = 0
    commitment: int = 0
    response_trained: float = 0.8
    on_shift: float = 0.42
    otherwise: float = 0.21
    tests: Mapping[str, int] = field(default_factory=dict)

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The tests of the commitment, the first hour first.

        Raises:
            DefinitionRefused: a share or an hour is none.
        """
        if not self.tests:
            return THRESHOLDS
        try:
            told = [Threshold(float(share), _whole(hours)) for share, hours in self.tests.items()]
        except (TypeError, ValueError, OverflowError) as reason:
            raise DefinitionRefused(
                f"{FILE}: tests of {self.force} are {dict(self.tests)}",
                expected=_KINDS["tests"][1],
            ) from reason
        return tuple(sorted(told, key=lambda one: (one.hours, one.percent)))

    @property
    def aims(self) -> tuple[Aim, ...]:
        """When each grade should be answered.

        Raises:
            DefinitionRefused: the force does not say.
        """
        if not self.within:
            raise DefinitionRefused(
                f"{self.force} does not say within how many minutes a grade should be answered",
                expected="within = { immediate = 15, ... } in its table",
                next_step=f"add it to {FILE} in the data folder",
            )
        return aims_of(self.within)

    def call(self, at: datetime, *, distance_km: float = 0.0, **changed: Any) -> Asked:
        """A call for PSUs at an instant."""
        changed.setdefault("thresholds", self.thresholds)
        return Asked(
            at=at,
            skill=self.skill,
            make_up=make_up(self.make_up),
            carriers=self.carriers,
            response_trained=self.response_trained,
            commitment=self.commitment,
            distance_km=distance_km,
            **changed,
        )

    def question(self, psus: int, days: int, **changed: Any) -> Question:
        """What so many PSUs away for so many days would cost at home, as a question.

        Args:
            psus: PSUs that go.
            days: For how many days.
            **changed: Whatever else of a `Question` is otherwise than the force says or is usual.

        Raises:
            DefinitionRefused, NotKnown: it cannot be asked.
        """
        told: dict[str, Any] = {
            "make_up": self.make_up,
            "on_shift": self.on_shift,
            "otherwise": self.otherwise,
            "tolerance": self.tolerance,
        }
        return Question(psus, days, **told | changed)


def _whole(hours: Any) -> int:
    """Hours as a whole number of them.

    Raises:
        ValueError: they are none.
    """
    if isinstance(hours, bool) or not isinstance(hours, int | float) or hours != int(hours):
        raise ValueError(f"{hours!r} is no whole number of hours")
    return int(hours)


def configured(home: Path, force: str) -> Configured:
    """What a force says of itself in a data folder.

    Raises:
        FileUnreadable: the file cannot be read.
        DefinitionRefused: it is not TOML, or a key is not known or of another kind.
        NotKnown: it says nothing of that force.
    """
    tables = _tables(home / FILE)
    if force not in tables:
        raise NotKnown(f"force in {FILE}", force, tables, next_step=f"add a table [{force}]")
    told = tables[force]
    for key, value in told.items():
        if key not in _KINDS:
            raise DefinitionRefused(
                f"{FILE}: [{force}] has {key}", expected=f"only {', '.join(_KINDS)}"
            )
        kinds, meaning = _KINDS[key]
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise DefinitionRefused(f"{FILE}: {key} of {force} is {value!r}", expected=meaning)
    make_up(told.get("make_up", TWENTY_FIVE.name))
    made = Configured(force, **told)
    _must_hold(made)
    return made


def _must_hold(made: Configured) -> None:
    """Refuse numbers that no force can mean.

    Raises:
        DefinitionRefused: one is such a number.
    """
    shares = (made.response_trained, made.on_shift, made.otherwise)
    for key, value, held, expected in (
        ("crew", made.crew, 0 < made.crew <= MOST_CREW, f"above 0, and at most {MOST_CREW}"),
        ("tolerance", made.tolerance, 0 < made.tolerance < WHOLE, "between 0 and 100 per cent"),
        ("shares", shares, all(0 <= one <= 1 for one in shares), "each from 0 to 1"),
        ("carriers", made.carriers, made.carriers >= 0, "0 or more"),
        ("commitment", made.commitment, made.commitment >= 0, "0 or more"),
        ("within", dict(made.within), all(_is_above(one) for one in made.within.values()),
         "minutes above 0 for each grade"),
    ):  # fmt: skip
        if not held:
            raise DefinitionRefused(f"{FILE}: {key} of {made.force} is {value}", expected=expected)
    _ = made.thresholds


def _is_above(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < inf


def forces_configured(home: Path) -> tuple[str, ...]:
    """The forces of which the file of a data folder speaks."""
    return tuple(_tables(home / FILE)) if (home / FILE).is_file() else ()


def _tables(file: Path) -> dict[str, dict[str, Any]]:
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as reason:
        raise FileUnreadable(
            f"{file.name} cannot be read: {getattr(reason, 'strerror', None) or reason}",
            expected="a TOML file in the data folder, a table a force",
            next_step="see the how-to: say how your force answers",
        ) from reason
    except tomllib.TOMLDecodeError as reason:
        raise DefinitionRefused(f"{file.name} is not TOML: {reason}", expected="TOML") from reason
    wrong = [name for name, table in told.items() if not isinstance(table, dict)]
    if wrong:
        raise DefinitionRefused(f"{file.name} has {wrong[0]}", expected="a table a force alone")
    return told
