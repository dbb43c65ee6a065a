"""What was observed, as figures: the latest, all of them over time, and the forecasts apart."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from regard.assurance.amounts import binary, input_figures, interval_of, named_scope, places_of
from regard.assurance.target_words import listed, told, within
from regard.assurance.versions import name_of, versions
from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.figures import Figure
from regard.core.statements import Statement, Value
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, Observation
from regard.register.kinds.frame import Measure
from regard.register.seeing import View
from regard.register.subjects import path_of

FORECAST = "forecast"
DOCUMENT = "document"
NO_METHOD = "method not stated"


@dataclass(frozen=True)
class Observed:
    """An observation and the figure that it is.

    Attributes:
        entry: The observation.
        figure: Its number; the unit is as it was stated, the basis says on which base.
        measure: What the measure is called.
        body: What the body is called.
    """

    entry: Entry[Observation]
    figure: Figure
    measure: str
    body: str

    @property
    def base(self) -> str:
        """On which base it stands; empty if it names none."""
        return self.entry.value.base

    @property
    def approximate(self) -> bool:
        """Whether its source says *about*."""
        amount = self.entry.value.amount
        return amount is not None and amount.approximate

    @property
    def how(self) -> str:
        """Whether it was counted, estimated, foretold..., and whether its source says *about*."""
        return f"{'approximate, ' if self.approximate else ''}{self.entry.value.basis}"

    def has_expired(self, day: date) -> bool:
        """Whether it counts as evidence no longer on a day."""
        expires = self.entry.value.expires
        return expires is not None and expires < day

    @property
    def on(self) -> date:
        """The day to which it is true: of a forecast the day that is foretold."""
        return self.figure.as_at

    def statement(self) -> Statement:
        """What was observed, when and on which basis."""
        shared: dict[str, Value] = {"body": self.body, "measure": self.measure, "day": self.on}
        marking = self.entry.marking
        if self.figure.value is None:
            return told("not measured", reason=self.figure.missing, marking=marking, **shared)
        shared |= {"figure": self.figure, "basis": self.figure.basis}
        if self.entry.value.basis == FORECAST:
            said = self.entry.value.collected
            return told("foretold", said=said, marking=marking, **shared)
        return told(
            "observed, about" if self.approximate else "observed", marking=marking, **shared
        )


def observed(view: View, subject: str) -> Observed:
    """One observation as a figure.

    Args:
        view: The register at a position.
        subject: The observation.

    Raises:
        NotKnown: there is no such observation.
        NotEnoughData: it is evidence in words and measures nothing, or was retracted.
    """
    entry: Entry[Observation] = view.one(subject)
    if entry.value.retracts:
        raise NotEnoughData(
            f"{subject} was retracted: {entry.value.text}", expected="an observation that stands"
        )
    if entry.value.measure is None:
        raise NotEnoughData(
            f"{subject} is evidence in words and measures nothing",
            expected="an observation of a measure",
            next_step="read its words",
        )
    return _Reading(view, entry.value.measure).of(entry)


def series(
    view: View,
    measure: str,
    scope: str | None,
    *,
    base: str | None = None,
    as_at: date | None = None,
) -> tuple[Observed, ...]:
    """What was observed of a measure, over time and across rounds; forecasts are not among it.

    Args:
        view: The register at a position.
        measure: The measure.
        scope: The body or area; None for what binds all.
        base: On which base; the empty text for what names none, None for whichever.
        as_at: Leaves out what was collected later.
    """
    found = [
        one
        for one in _standing(view, measure, scope, base)
        if one.value.basis not in (FORECAST, DOCUMENT)
        and (as_at is None or one.value.collected <= as_at)
    ]
    found.sort(key=lambda one: (one.value.collected, one.seq))
    return _figures(view, measure, found)


def latest(
    view: View,
    measure: str,
    scope: str | None,
    *,
    base: str | None = None,
    as_at: date | None = None,
) -> Observed | None:
    """The last observation of a measure and a body, or None; never a forecast.

    Its value may be missing: that nothing could be counted is what was found last.

    Args:
        view: The register at a position.
        measure: The measure.
        scope: The body or area; None for what binds all.
        base: On which base; the empty text for one that names none, None for whichever.
        as_at: Leaves out what was collected later.
    """
    found = series(view, measure, scope, base=base, as_at=as_at)
    return found[-1] if found else None


def forecasts(
    view: View,
    measure: str,
    scope: str | None,
    *,
    base: str | None = None,
    as_at: date | None = None,
) -> tuple[Observed, ...]:
    """The forecasts of a measure in the order of the days that are foretold.

    Args:
        view: The register at a position.
        measure: The measure.
        scope: The body or area; None for what binds all.
        base: On which base; None for whichever.
        as_at: Leaves out what was said later.
    """
    found = [
        one
        for one in _standing(view, measure, scope, base)
        if one.value.basis == FORECAST and (as_at is None or one.value.collected <= as_at)
    ]
    found.sort(key=lambda one: (one.value.foretold or one.value.collected, one.seq))
    return _figures(view, measure, found)


def on_each_base(
    view: View, measure: str, scope: str | None, *, as_at: date | None = None
) -> tuple[Observed, ...]:
    """The last observation of a measure on each base that it was stated on, by base."""
    last = {one.base: one for one in series(view, measure, scope, as_at=as_at)}
    return tuple(last[base] for base in sorted(last))


def of_a_body(
    view: View, scope: str, *, measures: Container[str] | None = None, as_at: date | None = None
) -> tuple[Observed, ...]:
    """The last observations of a body: of each measure on each base, and forecasts apart.

    A forecast stands beside those of other days. What a document says is no count, as in `series`.
    Where several of one day say different numbers of one measure and base, each of them stands;
    nobody chooses between them here.

    Args:
        view: The register at a position.
        scope: The body.
        measures: Of which measures; None for all.
        as_at: Leaves out what was collected later.

    Returns:
        By measure in the order in which each was first observed, then by base, forecasts last, by
        the day that is foretold.
    """
    last: dict[tuple[str, bool, str, date], list[Entry[Observation]]] = {}
    order: dict[str, None] = {}
    for one in view.all(Observation, scope=scope):
        value = one.held
        if value is None or value.measure is None or value.retracts or value.basis == DOCUMENT:
            continue
        if measures is not None and value.measure not in measures:
            continue
        if as_at is not None and value.collected > as_at:
            continue
        order[value.measure] = None
        foretold = value.basis == FORECAST
        on = (value.foretold or value.collected) if foretold else date.min
        group = last.setdefault((value.measure, foretold, value.base, on), [])
        if group and group[0].value.collected > value.collected:
            continue
        if group and group[0].value.collected < value.collected:
            group.clear()
        group[:] = [held for held in group if held.value.amount != value.amount]
        group.append(one)
    found: list[Observed] = []
    for measure in order:
        keys = sorted(key for key in last if key[0] == measure)
        found += _figures(view, measure, (one for key in keys for one in last[key]))
    return tuple(found)


def bases_said(held: Iterable[Observed]) -> Statement:
    """That a measure stands on several bases, with each number beside its own.

    Raises:
        DefinitionRefused: there are fewer than two.
    """
    several = tuple(held)
    if len(several) < 2:  # noqa: PLR2004 - one number has one base
        raise DefinitionRefused(
            f"{len(several)} observations stand on no two bases", expected="two or more"
        )
    first = several[0]
    pieces = [
        told(
            "on a base",
            figure=one.figure,
            base=one.base or "a base that is not named",
            marking=one.entry.marking,
        )
        for one in several
    ]
    return within(
        "several bases",
        body=first.body,
        measure=first.measure,
        count=f"{_WORDS.get(len(several), 'many')} bases",
        told=listed(pieces),
    )


_WORDS = {2: "two", 3: "three", 4: "four", 5: "five"}


def served(view: View, subject: str) -> tuple[Entry[Expectation], ...]:
    """The expectations that an observation answers: those of its measure that bind its body.

    One observation serves as many as there are; none of them owns it.

    Args:
        view: The register at a position.
        subject: The observation.

    Raises:
        NotKnown: there is no such observation.
    """
    value: Observation = view.one(subject).value
    if value.measure is None:
        return ()
    return tuple(
        one
        for one in view.naming(value.measure)
        if isinstance(one.held, Expectation)
        and one.held.measure == value.measure
        and one.held.scope in (None, value.scope)
    )


def method_at(view: View, measure: str, day: date) -> str:
    """How a measure was made on a day, with its version.

    Of a day before the measure was first entered it is the method of its first version.
    """
    return _method(versions(view, measure), day)


def _method(held: tuple[Entry[Measure], ...], day: date) -> str:
    if not held:
        return NO_METHOD
    before = [one for one in held if one.effective <= day]
    if not before:
        return held[0].value.method
    return max(before, key=lambda one: (one.effective, one.seq)).value.method


def _standing(
    view: View, measure: str, scope: str | None, base: str | None
) -> list[Entry[Observation]]:
    return [
        one
        for one in view.all(Observation, about=measure, scope=scope or "")
        if one.held is not None
        and not one.held.retracts
        and (base is None or one.held.base == base)
    ]


def _figures(
    view: View, measure: str, entries: Iterable[Entry[Observation]]
) -> tuple[Observed, ...]:
    held = tuple(entries)
    if not held:
        return ()
    reading = _Reading(view, measure)
    return tuple(reading.of(one) for one in held)


class _Reading:
    """Reads observations of one measure, asking for its versions and names once."""

    def __init__(self, view: View, measure: str) -> None:
        self._view = view
        self._measure = measure
        self._versions: tuple[Entry[Measure], ...] = versions(view, measure)
        self._name = self._versions[-1].value.name if self._versions else path_of(measure)
        self._bodies: dict[str | None, str] = {}

    def of(self, entry: Entry[Observation]) -> Observed:
        value = entry.value
        scope = named_scope(value.scope)
        if value.scope not in self._bodies:
            self._bodies[value.scope] = (
                name_of(self._view, value.scope) if value.scope else "All bodies"
            )
        amount = value.amount
        figure = Figure(
            value=None if amount is None else binary(amount.value),
            unit=amount.unit if amount else self._unit(),
            measure=path_of(self._measure),
            scope=scope,
            basis=based(value.basis, value.base),
            method=_method(self._versions, value.collected),
            as_at=value.foretold or value.collected,
            sources=(entry.source,),
            parts=input_figures(entry, value.inputs, scope=scope),
            interval=interval_of(amount) if amount else None,
            places=places_of(amount.value) if amount else None,
            missing=value.missing if amount is None else "",
        )
        return Observed(entry, figure, self._name, self._bodies[value.scope])

    def _unit(self) -> str:
        return self._versions[-1].value.unit if self._versions else ""


def based(basis: str, base: str) -> str:
    """A basis with its base: `actual, establishment with uplift`."""
    return f"{basis}, {base}" if base else basis
