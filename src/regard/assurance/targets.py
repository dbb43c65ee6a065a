"""The target of an expectation as a figure, worked out again from its inputs where it can be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from regard.assurance.amounts import binary, input_figures, interval_of, named_scope, places_of
from regard.assurance.formulas import Reckoned, formula_of
from regard.assurance.observed import NO_METHOD, based, method_at
from regard.assurance.target_words import listed, told, within
from regard.assurance.versions import name_of
from regard.core.errors import NotComparable, NotEnoughData
from regard.core.figures import Figure
from regard.core.statements import Statement, Value
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.seeing import View
from regard.register.subjects import path_of

TARGET = "target"


@dataclass(frozen=True)
class Target:
    """A target as it was stated and as its formula gives it.

    Attributes:
        entry: The expectation.
        figure: The target: as stated, or as worked out where nothing was stated.
        reckoned: What the formula gives, where there is one.
        exact: The target as an exact number.
        measure: What the measure is called.
        body: What the body is called that it binds.
    """

    entry: Entry[Expectation]
    figure: Figure
    reckoned: Figure | None
    exact: Fraction
    measure: str
    body: str

    @property
    def base(self) -> str:
        """On which base it stands; empty if it names none."""
        return self.entry.value.base

    @property
    def agrees(self) -> bool:
        """Whether the formula gives what is stated; true where only one of the two is there."""
        if self.reckoned is None or self.entry.value.target is None:
            return True
        return self.reckoned.value == self.figure.value and self.reckoned.unit == self.figure.unit

    def statement(self) -> Statement:
        """The target, how it is worked out, and whether that gives another number."""
        marking = self.entry.marking
        if self.reckoned is None:
            if self.base:
                return told(
                    "target on a base",
                    body=self.body,
                    target=self.figure,
                    base=self.base,
                    marking=marking,
                )
            return told("target", body=self.body, target=self.figure, marking=marking)
        inputs = listed(
            told("input", name=one.measure.replace("_", " "), value=one, marking=marking)
            for one in self.reckoned.parts
        )
        shared: dict[str, Value | Statement] = {
            "body": self.body,
            "target": self.figure,
            "inputs": inputs,
            "formula": self.entry.value.formula,
        }
        if self.agrees:
            return within("target worked out", marking=marking, **shared)
        return within("target disagrees", marking=marking, reckoned=self.reckoned, **shared)


def target(view: View, expectation: str, *, scope: str | None = None) -> Figure:
    """The target of an expectation; its inputs are its parts.

    Args:
        view: The register at a position.
        expectation: The expectation.
        scope: The body it is asked for, where the expectation binds all alike.

    Raises:
        NotKnown: there is no such expectation.
        NotEnoughData: it has neither a target nor a formula.
        NotComparable: it binds another body.
        DefinitionRefused: its formula cannot be worked out.
    """
    return target_of(view, view.one(expectation), scope=scope).figure


def target_of(view: View, entry: Entry[Expectation], *, scope: str | None = None) -> Target:
    """The target of a version of an expectation, with what its formula gives.

    Args:
        view: The register at a position.
        entry: The version.
        scope: The body it is asked for, where the expectation binds all alike.

    Raises:
        NotEnoughData, NotComparable, DefinitionRefused: as `target` does.
    """
    value = entry.value
    if scope is not None and value.scope not in (None, scope):
        raise NotComparable(
            f"{entry.subject} binds {value.scope} and was asked of {scope}",
            expected=f"the target of {value.scope}",
        )
    held = value.scope or scope
    reckoned = formula_of(value.formula).of(value.inputs) if value.formula else None
    if value.target is None and reckoned is None:
        raise NotEnoughData(
            f"{entry.subject} says no target and no formula",
            expected="a requirement that is put in numbers",
            next_step="read how it is judged",
        )
    figures = _Figures(view, entry, held)
    worked = figures.worked(reckoned) if reckoned else None
    stated = figures.stated(worked)
    exact = Fraction(value.target.value) if value.target else reckoned.value  # type: ignore[union-attr]
    return Target(
        entry=entry,
        figure=stated,
        reckoned=worked,
        exact=exact,
        measure=name_of(view, value.measure) if value.measure else "",
        body=name_of(view, held) if held else "All bodies",
    )


class _Figures:
    """Makes the figures of one target."""

    def __init__(self, view: View, entry: Entry[Expectation], scope: str | None) -> None:
        value = entry.value
        self.entry = entry
        self.unit = value.target.unit if value.target else ""
        if not self.unit and value.measure:
            found = view.find(value.measure)
            self.unit = found.value.unit if found is not None and found.held is not None else ""
        self.scope = named_scope(scope)
        self.method = (
            method_at(view, value.measure, entry.effective) if value.measure else NO_METHOD
        )
        self.measure = path_of(value.measure) if value.measure else path_of(entry.subject)

    def worked(self, reckoned: Reckoned) -> Figure:
        value = self.entry.value
        return Figure(
            value=binary(reckoned.value),
            unit=reckoned.unit or self.unit,
            measure=self.measure,
            scope=self.scope,
            basis=based(TARGET, value.base),
            method=self.method,
            as_at=self.entry.effective,
            sources=(self.entry.source,),
            parts=input_figures(self.entry, value.inputs, scope=self.scope),
            places=places_of(reckoned.value),
        )

    def stated(self, worked: Figure | None) -> Figure:
        value = self.entry.value
        if value.target is None:
            assert worked is not None
            return worked
        return Figure(
            value=binary(value.target.value),
            unit=value.target.unit,
            measure=self.measure,
            scope=self.scope,
            basis=based(TARGET, value.base),
            method=self.method,
            as_at=self.entry.effective,
            sources=(self.entry.source,),
            parts=worked.parts if worked else (),
            interval=interval_of(value.target),
            places=places_of(value.target.value),
        )
