"""A gap is what was observed less what is asked, of one and the same thing; else it is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from regard.assurance.amounts import binary, places_of
from regard.assurance.observed import Observed, based, latest, observed, on_each_base
from regard.assurance.target_words import SIDES, listed, marked, told, within
from regard.assurance.targets import Target, target_of
from regard.assurance.versions import name_of, versions
from regard.core.errors import NotComparable, NotEnoughData
from regard.core.figures import Figure, Source
from regard.core.quantities import PERCENT, POINTS, Range
from regard.core.statements import Statement, Value
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, Observation
from regard.register.seeing import View

NONE_NAMED = "none that is named"
METHOD = "observed less target"


@dataclass(frozen=True)
class Difference:
    """In what two figures are not the same thing.

    Attributes:
        name: `measure`, `scope`, `base`, `unit`, `method` or `basis`.
        one, other: What each of them says.
    """

    name: str
    one: str
    other: str

    def __str__(self) -> str:
        return f"{self.name} is {self.one} and {self.other}"

    def statement(self) -> Statement:
        """The difference as a piece of a sentence."""
        return told("differs", name=self.name, one=self.one, other=self.other)


@dataclass(frozen=True)
class Gap:
    """What was observed less the target.

    Attributes:
        target: What is asked.
        observed: What was found.
        figure: The gap with its sign, in the unit of both; of two percentages in points.
        exact: The gap as an exact number.
    """

    target: Target
    observed: Observed
    figure: Figure
    exact: Fraction

    @property
    def size(self) -> Figure:
        """The gap without its sign, as a sentence prints it."""
        span = self.figure.interval
        if self.exact < 0 and span is not None:
            span = Range(-span.high, -span.low, span.level)
        return replace(self.figure, value=binary(abs(self.exact)), signed=False, interval=span)

    def statement(self) -> Statement:
        """The gap with both numbers, and the base on which the target stands."""
        values: dict[str, Value] = {
            "body": self.observed.body,
            "observed": self.observed.figure,
            "how": self.observed.how,
            "day": self.observed.on,
            "target": self.target.figure,
        }
        key = "gap" if self.exact else "no gap"
        if self.exact:
            values |= {"size": self.size, "side": SIDES[1 if self.exact > 0 else -1]}
        if self.target.base:
            key, values = f"{key} on a base", {**values, "base": self.target.base}
        return told(key, marking=marked((self.observed.entry, self.target.entry)), **values)


@dataclass(frozen=True)
class Apart:
    """Two figures that are not the same thing, so that no number stands between them.

    Attributes:
        one, other: The two figures.
        names: Whose they are, as people call them.
        differs: In what they differ; at least one.
        entries: Where they come from.
    """

    one: Figure
    other: Figure
    names: tuple[str, str]
    differs: tuple[Difference, ...]
    entries: tuple[Entry[Observation] | Entry[Expectation], ...]

    def statement(self) -> Statement:
        """That they are not subtracted, and why: each difference is named."""
        return within(
            "apart",
            one=self.one,
            other=self.other,
            differs=listed(one.statement() for one in self.differs),
            marking=marked(self.entries),
        )

    def refusal(self) -> NotComparable:
        """The same as a refusal."""
        return NotComparable(
            f"{self.one} and {self.other} are not subtracted: "
            + "; ".join(str(one) for one in self.differs),
            expected=f"the same {', '.join(one.name for one in self.differs)}",
            next_step="show them apart, each with what it is; or observe what the target asks",
        )


@dataclass(frozen=True)
class Unmeasured:
    """A target of which nothing was observed.

    Attributes:
        target: What is asked.
        reason: Why nothing is known; missing is not zero.
    """

    target: Target
    reason: str

    def statement(self) -> Statement:
        """The target, and that nothing was observed."""
        return told(
            "unmeasured",
            body=self.target.body,
            target=self.target.figure,
            reason=self.reason,
            marking=self.target.entry.marking,
        )

    def refusal(self) -> NotEnoughData:
        """The same as a refusal."""
        return NotEnoughData(
            f"{self.target.entry.subject}: {self.reason}",
            expected="an observation of its measure and its body",
            next_step="enter what was counted, or say why it could not be",
        )


def gap(
    view: View,
    expectation: str,
    scope: str,
    *,
    observation: str | None = None,
    as_at: date | None = None,
) -> Gap:
    """What was observed last less the target, if both are the same thing.

    Args:
        view: The register at a position.
        expectation: The expectation.
        scope: The body of which it is asked.
        observation: An observation to take instead of the last one, such as a forecast.
        as_at: Leaves out what was collected later.

    Raises:
        NotComparable: measure, scope, base, unit or method differ; the message names each.
        NotEnoughData: nothing was observed, or there is no target.
        NotKnown: there is no such expectation or observation.
    """
    found = gap_or_reason(view, expectation, scope, observation=observation, as_at=as_at)
    if isinstance(found, Gap):
        return found
    raise found.refusal()


def gap_or_reason(
    view: View,
    expectation: str,
    scope: str,
    *,
    observation: str | None = None,
    as_at: date | None = None,
) -> Gap | Apart | Unmeasured:
    """The gap, or why there is none: a paper prints either.

    Args:
        view: The register at a position.
        expectation: The expectation.
        scope: The body of which it is asked.
        observation: An observation to take instead of the last one, such as a forecast.
        as_at: Leaves out what was collected later, and takes the target as it stood on that day.

    Raises:
        NotEnoughData: there is no target.
        NotKnown: there is no such expectation or observation.
    """
    entry = _asked_on(view, expectation, as_at)
    own = target_of(view, entry, scope=None if entry.value.scope else scope)
    found = (
        observed(view, observation) if observation else _last_for(view, entry.value, scope, as_at)
    )
    if found is None:
        return Unmeasured(own, _none_found(view, entry.value, scope))
    return against(found, own)


def each_against(
    view: View, expectation: str, *, as_at: date | None = None
) -> tuple[Gap | Apart | Unmeasured, ...]:
    """Every last observation of what a target measures, of each body and base, set against it.

    What is not the same thing as the target is among them with the reason, so that nobody
    subtracts it by hand.

    Args:
        view: The register at a position.
        expectation: The expectation; it names the body that it binds.
        as_at: Leaves out what was collected later, and takes the target as it stood on that day.

    Raises:
        NotEnoughData: there is no target.
        NotKnown: there is no such expectation.
    """
    entry = _asked_on(view, expectation, as_at)
    asked = target_of(view, entry)
    if entry.value.measure is None:
        return (Unmeasured(asked, _none_found(view, entry.value, entry.value.scope or "")),)
    scopes = {
        one.value.scope: None
        for one in view.all(Observation, about=entry.value.measure)
        if one.held is not None and one.value.scope
    }
    found = [
        against(one, asked)
        for scope in sorted(scopes, key=lambda one: (one != entry.value.scope, one or ""))
        for one in on_each_base(view, entry.value.measure, scope, as_at=as_at)
    ]
    return tuple(found)


def _asked_on(view: View, expectation: str, day: date | None) -> Entry[Expectation]:
    """The expectation as it stood on a day; as it stands where it came later than that."""
    now: Entry[Expectation] = view.one(expectation)
    if day is None or now.effective <= day:
        return now
    before: tuple[Entry[Expectation], ...] = versions(view, expectation, as_at=day)
    return max(before, key=lambda one: (one.effective, one.seq), default=now)


def against(found: Observed, asked: Target) -> Gap | Apart | Unmeasured:
    """An observation against a target: the gap, or in what the two differ.

    An observation that names no base, such as a strength, is a count that stands on none; the
    base is then the target's alone and stands in the sentence.
    """
    differs = tuple(_differences(found, asked))
    if differs:
        return Apart(
            found.figure,
            asked.figure,
            (found.body, asked.body),
            differs,
            (found.entry, asked.entry),
        )
    amount = found.entry.value.amount
    if amount is None:
        return Unmeasured(asked, found.figure.missing)
    exact = Fraction(amount.value) - asked.exact
    return Gap(asked, found, _gap_figure(found, asked, exact), exact)


def _last_for(view: View, asked: Expectation, scope: str, as_at: date | None) -> Observed | None:
    if asked.measure is None:
        return None
    fitting = [
        found
        for base in dict.fromkeys((asked.base, ""))
        if (found := latest(view, asked.measure, scope, base=base, as_at=as_at)) is not None
    ]
    if fitting:
        return max(fitting, key=lambda one: one.entry.value.collected)
    return latest(view, asked.measure, scope, as_at=as_at)


def _none_found(view: View, asked: Expectation, scope: str) -> str:
    if asked.measure is None:
        return "the requirement says no measure"
    others = sorted(
        {
            name_of(view, one.value.scope) if one.value.scope else "all bodies"
            for one in view.all(Observation, about=asked.measure)
            if one.held is not None and one.value.scope != scope and not one.value.retracts
        }
    )
    told_of = f"; it was observed of {', '.join(others)}, which is not the same" if others else ""
    named = name_of(view, asked.measure)
    return f"no observation of “{named}” of {name_of(view, scope)}{told_of}"


def _differences(found: Observed, asked: Target) -> Iterable[Difference]:
    one, other = found.figure, asked.figure
    if one.measure != other.measure:
        yield Difference("measure", one.measure, other.measure)
    if one.scope != other.scope:
        yield Difference("scope", found.body, asked.body)
    if found.base and found.base != asked.base:
        yield Difference("base", found.base, asked.base or NONE_NAMED)
    if one.value is not None and one.unit != other.unit:
        yield Difference("unit", one.unit, other.unit)
    if one.method != other.method:
        yield Difference("method", one.method, other.method)


def _gap_figure(found: Observed, asked: Target, exact: Fraction) -> Figure:
    one, other = found.figure, asked.figure
    return Figure(
        value=binary(exact),
        unit=unit_of_a_difference(one.unit),
        measure=one.measure,
        scope=one.scope,
        basis=based(f"{found.entry.value.basis} less target", asked.base),
        method=METHOD,
        as_at=found.on,
        sources=(
            found.entry.source,
            asked.entry.source,
            Source("figures", METHOD, f"{one} less {other}"),
        ),
        parts=(one, other),
        interval=_interval(found, asked),
        places=places_of(exact),
        signed=True,
    )


def _interval(found: Observed, asked: Target) -> Range | None:
    amount, span = found.entry.value.amount, found.figure.interval
    if span is None or amount is None or amount.low is None or amount.high is None:
        return None
    low, high = (Fraction(one) - asked.exact for one in (amount.low, amount.high))
    return Range(binary(low), binary(high), span.level)


def unit_of_a_difference(unit: str) -> str:
    """The unit of a difference of two numbers: of two percentages it is the percentage point."""
    return POINTS if unit == PERCENT else unit
