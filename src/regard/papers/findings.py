"""What a check of a printed claim finds, and what it is given to find it with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from regard.core.errors import DefinitionRefused, shown
from regard.core.periods import Period
from regard.core.quantities import PERCENT, POINTS, said
from regard.core.verdicts import MEANINGS, Verdict
from regard.papers.listed import Listing
from regard.papers.printed import Printed, Rounded

__all__ = ["MEANINGS", "Finding", "Given", "Relation", "Verdict", "judged", "told"]


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes:
        relation: The relation that was checked.
        verdict: How the claim stands.
        says: What was recomputed, in a sentence.
        value: The recomputed number with the ends that rounding leaves open; None where the
            relation is not about a number.
        unit: Unit of the value.
        also: Other numbers that the check computed, by what they are.
    """

    relation: str
    verdict: Verdict
    says: str
    value: Rounded | None = None
    unit: str = ""
    also: Mapping[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.verdict}: {self.says}"


@dataclass(frozen=True)
class Given:
    """The inputs of one check, read as what they must be.

    Attributes:
        place: The claim and relation, for messages.
        inputs: As the claims file has them.
        text: The paper's text, if it is at hand.
    """

    place: str
    relation: str
    inputs: Mapping[str, Any]
    text: str | None = None

    def has(self, name: str) -> bool:
        """Whether the input is given."""
        return name in self.inputs

    def printed(self, name: str) -> Printed:
        """An input as it was printed."""
        return Printed.read(self._held(name, (dict, int, float)), f"{self.place}: {name}")

    def number(self, name: str) -> Rounded:
        """An input as a number with the ends that rounding leaves open."""
        return self.printed(name).number

    def part(self, name: str) -> Rounded:
        """A percentage as a part of one."""
        return self.number(name) / 100

    def numbers(self, name: str) -> tuple[Rounded, ...]:
        """Several numbers."""
        told = self._held(name, (list,))
        return tuple(Printed.read(one, f"{self.place}: {name}").number for one in told)

    def words(self, name: str) -> str:
        """Words."""
        return self._held(name, (str,))

    def day(self, name: str) -> date:
        """A day."""
        return self._held(name, (date,))

    def days(self, name: str) -> Period:
        """A period, given as its first and last day."""
        first, last = self._held(name, (list,))
        return Period(first, last)

    def items(self, name: str = "items") -> tuple[str, ...]:
        """A list: read from the text where it is at hand, else as the claims file has it."""
        if name == "items" and self.text is not None and self.has("listing"):
            return Listing.read(self.inputs["listing"], self.place).items(self.text)
        return tuple(self._held(name, (list,)))

    def _held(self, name: str, kinds: tuple[type, ...]) -> Any:
        if name not in self.inputs:
            raise DefinitionRefused(f"{self.place} lacks {name}", expected=f"an input {name}")
        value = self.inputs[name]
        if not isinstance(value, kinds):
            raise DefinitionRefused(
                f"{self.place}: {name} is {shown(value)}",
                expected=" or ".join(kind.__name__ for kind in kinds),
            )
        return value

    def found(
        self,
        verdict: Verdict,
        says: str,
        value: Rounded | None = None,
        unit: str = "",
        **also: float,
    ) -> Finding:
        """A finding of this check."""
        return Finding(self.relation, verdict, says, value, unit, also)


@dataclass(frozen=True)
class Relation:
    """One way in which printed numbers can hang together.

    Attributes:
        name: As a claims file names it.
        meaning: What it checks, in one sentence.
        needs, may: Inputs it must have and may have.
        check: Does it.
    """

    name: str
    meaning: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    check: Callable[[Given], Finding]

    def fits(self, place: str, inputs: Mapping[str, Any]) -> None:
        """Refuse inputs that the relation does not take.

        Raises:
            DefinitionRefused: an input is missing or not known.
        """
        lacking = [name for name in self.needs if name not in inputs]
        strange = sorted(set(inputs) - {*self.needs, *self.may})
        if lacking or strange:
            raise DefinitionRefused(
                f"{place} ({self.name}) lacks {lacking} and does not take {strange}",
                expected=f"{', '.join(self.needs)}; perhaps {', '.join(self.may) or 'no other'}",
            )


def judged(value: Rounded, printed: Printed, *, fails: Verdict, slack: float = 0.0) -> Verdict:
    """How a recomputed number stands against a printed one.

    Args:
        value: The recomputed number.
        printed: The printed one.
        fails: The verdict if they do not agree.
        slack: A tolerance beyond rounding, in per cent of the printed number.
    """
    if printed.prints(value.value):
        return Verdict.OK
    if value.meets(printed.number):
        return Verdict.OK_R
    if abs(value.value - printed.value) <= slack / 100 * abs(printed.value):
        return Verdict.OK_R
    return fails


def told(number: float, unit: str = "", places: int | None = None) -> str:
    """A number as a finding says it: no decimals unless asked, one for broken percentages."""
    if places is None:
        broken = unit in (PERCENT, POINTS) and number != int(number)
        places = 1 if broken else 0
    return said(number, unit, places=places)
