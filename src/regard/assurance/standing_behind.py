"""The people who stand behind what is promised, and how many of its units they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from regard.assurance.amounts import binary, places_of
from regard.assurance.formulas import formula_of
from regard.assurance.gaps import Gap, gap_or_reason
from regard.assurance.observed import Observed
from regard.assurance.targets import Target
from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData, NotKnown
from regard.core.figures import Figure
from regard.core.quantities import Range
from regard.register.kinds.facts import Expectation
from regard.register.kinds.values import Input, LinkType
from regard.register.seeing import View

BY_THE_RULE = "trained, divided by what the target's formula asks for one, rounded down@1"
FOR_ONE = "the target's formula for one@1"
AT_ONCE = "trained, divided by the officers of one, rounded down@1"


@dataclass(frozen=True)
class Behind:
    """People who stand behind what is promised, and how many of the promised units they come to.

    Attributes:
        rule: The target of people, which is worked out from units that are promised.
        taken: From how many.
        observed: How many there are.
        each: How many people the rule asks for one unit.
        exact: The same as an exact number.
        units: The whole units that they come to by the rule.
        make_up: The people of one unit, where the rule says so.
        once: The whole units that they would be if all came at once and nobody were relieved.
    """

    rule: Target
    taken: Figure
    observed: Observed
    each: Figure
    exact: Fraction
    units: Figure
    make_up: Figure | None
    once: Figure | None

    @property
    def rough(self) -> bool:
        """Whether the number of people is approximate, or has a range without a level."""
        amount = self.observed.entry.value.amount
        ranged = amount is not None and amount.low is not None
        return self.observed.approximate or (ranged and self.observed.figure.interval is None)


def people_behind(view: View, targets: Sequence[Target], as_at: date) -> Iterator[Behind]:
    """The targets of people that are worked out from a promise, with what was observed.

    Args:
        view: The register at a position.
        targets: Promises of one thing by one body.
        as_at: The day.
    """
    promised = {one.entry.subject for one in targets}
    sources = dict.fromkeys(
        one.value.source
        for one in view.links(LinkType.DEPENDS_ON)
        if one.value.target in promised and one.value.source not in promised
    )
    held = view.many(sources)
    for subject in sources:
        value = held[subject].held if subject in held else None
        if isinstance(value, Expectation) and value.formula and value.scope:
            try:
                found = gap_or_reason(view, subject, value.scope, as_at=as_at)
                behind = _behind(found, targets[0].figure) if isinstance(found, Gap) else None
            except (NotEnoughData, NotComparable, DefinitionRefused, NotKnown):
                continue  # its formula cannot be worked out: its own page says why
            if behind is not None:
                yield behind


def _behind(found: Gap, promised: Figure) -> Behind | None:
    """What observed people come to; None where their target is not so many for each unit."""
    value = found.target.entry.value
    parts = {one.unit: one for one in found.target.figure.parts}
    amount = found.observed.entry.value.amount
    taken = parts.get(promised.unit)
    exact = _for_one(value, promised.unit)
    if amount is None or taken is None or exact is None:
        return None
    a_unit = f"{found.observed.figure.unit} a {promised.unit.removesuffix('s')}"
    each, make_up = _each(found.target, promised, exact), parts.get(a_unit)
    crew = next((Fraction(one.value) for one in value.inputs if one.unit == a_unit), None)
    return Behind(
        rule=found.target,
        taken=taken,
        observed=found.observed,
        each=each,
        exact=exact,
        units=_come_to(found.observed, promised, exact, (BY_THE_RULE, each)),
        make_up=make_up,
        once=_come_to(found.observed, promised, crew, (AT_ONCE, make_up))
        if crew and make_up
        else None,
    )


def _each(rule: Target, promised: Figure, exact: Fraction) -> Figure:
    """How many people the rule asks for one unit."""
    return Figure(
        value=binary(exact),
        unit=rule.figure.unit,
        measure=f"{rule.figure.measure} for one of {promised.measure}",
        scope=rule.figure.scope,
        basis="target",
        method=FOR_ONE,
        as_at=rule.entry.effective,
        sources=(rule.entry.source,),
        parts=rule.figure.parts,
        places=places_of(exact),
    )


def _come_to(people: Observed, promised: Figure, each: Fraction, by: tuple[str, Figure]) -> Figure:
    """How many whole units people come to, and to how many at the ends of their range."""
    method, part = by
    amount, span = people.entry.value.amount, people.figure.interval
    assert amount is not None
    low, value, high = (
        None if one is None else max(0, Fraction(one) // each)
        for one in (amount.low, amount.value, amount.high)
    )
    return Figure(
        value=value,
        unit=promised.unit,
        measure=promised.measure,
        scope=promised.scope,
        basis=f"derived, {people.figure.basis}",
        method=method,
        as_at=people.on,
        sources=(people.entry.source,),
        parts=(people.figure, part),
        interval=None
        if span is None or low is None or high is None
        else Range(low, high, span.level),
        places=0,
    )


def _for_one(value: Expectation, unit: str) -> Fraction | None:
    """What a formula asks for one of a unit; None where that is not the same for each."""
    formula = formula_of(value.formula)

    def of(number: int) -> Fraction:
        given = (
            Input(name=one.name, value=Decimal(number), unit=unit) if one.unit == unit else one
            for one in value.inputs
        )
        return formula.of(given).value

    none, one, ten = of(0), of(1), of(10)
    return one if none == 0 and one > 0 and ten == 10 * one else None
