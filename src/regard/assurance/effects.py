"""What a changed input would do, before it is agreed; and changing it, by decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from regard.assurance.amounts import decimal_of
from regard.assurance.changing import must_take, with_inputs
from regard.assurance.gaps import Apart, Gap, Unmeasured, against, gap_or_reason
from regard.assurance.target_words import SIDES, listed, marked, told, within
from regard.assurance.targets import Target, target_of
from regard.assurance.versions import versions
from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure
from regard.core.statements import Statement, Value
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, Observation
from regard.register.kinds.speech import Document, Frozen
from regard.register.kinds.values import LinkType
from regard.register.seeing import View

PROPOSED = "proposed target"
FARTHEST = 20  # targets that feed one another in a row, before they count as a ring
_HOW = {
    LinkType.DEPENDS_ON: "depends on",
    LinkType.ANSWERS: "answers",
    LinkType.AT_THE_EXPENSE_OF: "is met at the expense of",
}


@dataclass(frozen=True)
class TargetChange:
    """A target as it stands and as it would be.

    Attributes:
        before, after: The target now, and with the new inputs.
        inputs: Each input that changes, as it is and as it would be.
    """

    before: Target
    after: Target
    inputs: tuple[tuple[Figure, Figure], ...]

    def statement(self) -> Statement:
        """From which target to which, with which inputs."""
        inputs = listed(
            told("input changed", name=was.measure.replace("_", " "), before=was, after=now)
            for was, now in self.inputs
        )
        shared: dict[str, Value | Statement] = {
            "body": self.before.body,
            "inputs": inputs,
            "after": self.after.figure,
        }
        marking = self.before.entry.marking
        if self.before.exact == self.after.exact:
            return within("effect alone", marking=marking, **shared)
        return within("effect", marking=marking, before=self.before.figure, **shared)


@dataclass(frozen=True)
class GapChange:
    """A gap as it stands and as it would be.

    Attributes:
        scope: The body.
        before, after: The gap, or why there is none.
    """

    scope: str
    before: Gap | Apart | Unmeasured
    after: Gap | Apart | Unmeasured

    def statement(self) -> Statement:
        """The gap now and then; or why no gap can be reckoned."""
        if isinstance(self.before, Gap) and isinstance(self.after, Gap):
            return told(
                "effect on a gap",
                body=self.before.observed.body,
                observed=self.before.observed.figure,
                was=self.before.size,
                side_before=_side(self.before),
                would=self.after.size,
                side=_side(self.after),
                marking=marked((self.before.observed.entry, self.before.target.entry)),
            )
        return self.after.statement()


@dataclass(frozen=True)
class Depending:
    """An expectation that rests on one whose target changes.

    Attributes:
        entry: The expectation.
        how: How it rests on it, in words.
        on: On which.
    """

    entry: Entry[Expectation]
    how: str
    on: str

    def statement(self) -> Statement:
        """That it is affected."""
        return told(
            "effect on what depends",
            what=self.entry.value.text.rstrip("."),
            how=self.how,
            marking=self.entry.marking,
        )


@dataclass(frozen=True)
class Printed:
    """A document that prints or rests on what changes.

    Attributes:
        entry: The document.
        printed: The figures of it that it prints.
    """

    entry: Entry[Document]
    printed: tuple[Frozen, ...]

    def statement(self) -> Statement:
        """What it prints. An issued document stands as it is."""
        value = self.entry.value
        shared: dict[str, Value] = {
            "title": value.title,
            "stage": value.stage,
            "day": value.held_on,
        }
        if not self.printed:
            return told("effect on a document resting", marking=self.entry.marking, **shared)
        printed = " and ".join(dict.fromkeys(one.printed for one in self.printed))
        return told("effect on a document", marking=self.entry.marking, printed=printed, **shared)


@dataclass(frozen=True)
class Effect:
    """Everything that new inputs would change.

    Attributes:
        targets: Targets, those first whose inputs were given.
        gaps: Gaps against them.
        depending: Expectations that rest on them.
        documents: Documents that print or rest on them.
    """

    targets: tuple[TargetChange, ...]
    gaps: tuple[GapChange, ...]
    depending: tuple[Depending, ...]
    documents: tuple[Printed, ...]

    def statements(self) -> tuple[Statement, ...]:
        """All of it, a sentence each."""
        return (
            *(one.statement() for one in self.targets),
            *(one.statement() for one in self.gaps),
            *(one.statement() for one in self.depending),
            *(one.statement() for one in self.documents),
        )


def effect(
    view: View,
    inputs: Mapping[str, Decimal | int],
    *,
    expectation: str | None = None,
    as_at: date | None = None,
) -> Effect:
    """What new inputs would change, before anybody agrees to them. Nothing is written.

    Args:
        view: The register at a position.
        inputs: New numbers by the names of the inputs, each in the unit it has.
        expectation: Of which expectation; None for every one whose formula takes such an input.
        as_at: Leaves out what was observed later.

    Raises:
        NotKnown: no such expectation, or no formula takes such an input.
        DefinitionRefused: the formula cannot be worked out with them.
    """
    held = [one for one in view.all(Expectation) if one.held is not None]
    first = (
        [view.one(expectation)]
        if expectation
        else [one for one in held if any(given.name in inputs for given in one.value.inputs)]
    )
    must_take(first, inputs)
    targets = _targets(view, first, inputs, held)
    gaps = tuple(one for change in targets for one in _gaps(view, change, as_at))
    changed_subjects = [one.before.entry.subject for one in targets]
    return Effect(
        targets,
        gaps,
        tuple(_depending(view, changed_subjects)),
        tuple(_documents(view, targets, gaps)),
    )


def _targets(
    view: View,
    first: Iterable[Entry[Expectation]],
    inputs: Mapping[str, Decimal | int],
    held: Iterable[Entry[Expectation]],
) -> tuple[TargetChange, ...]:
    """The targets that change: those whose inputs are given, then those that they feed.

    A target that feeds another may itself be fed, so the new inputs are gathered until no
    further one comes.

    Raises:
        DefinitionRefused: expectations feed one another in a ring.
    """
    entries = {one.subject: one for one in first}
    new = {
        subject: {one.name: inputs[one.name] for one in entry.value.inputs if one.name in inputs}
        for subject, entry in entries.items()
    }
    takers = [(one, given) for one in held for given in one.value.inputs]
    for _ in range(FARTHEST):
        changes = {subject: _target_change(view, entries[subject], new[subject]) for subject in new}
        before = {subject: dict(given) for subject, given in new.items()}
        for one, given in takers:
            if given.source in changes:
                entries.setdefault(one.subject, one)
                fed = decimal_of(changes[given.source].after.exact)
                new.setdefault(one.subject, {})[given.name] = fed
        if new == before:
            return tuple(changes.values())
    raise DefinitionRefused(
        f"the targets of {', '.join(sorted(new))} feed one another without end",
        expected="inputs that lead to a target, and not back to themselves",
    )


def _target_change(
    view: View, entry: Entry[Expectation], inputs: Mapping[str, Decimal | int]
) -> TargetChange:
    before = target_of(view, entry)
    after = _would_be(target_of(view, replace(entry, held=with_inputs(entry, inputs))))
    now = {one.measure: one for one in after.figure.parts}
    was = before.figure.parts
    pairs = tuple((one, now[one.measure]) for one in was if one.measure in inputs)
    return TargetChange(before, after, pairs)


def _would_be(target: Target) -> Target:
    basis = target.figure.basis.replace("target", PROPOSED, 1)
    return replace(target, figure=replace(target.figure, basis=basis))


def _gaps(view: View, change: TargetChange, as_at: date | None) -> Iterator[GapChange]:
    value = change.before.entry.value
    if value.measure is None:
        return
    scopes = (
        (value.scope,)
        if value.scope
        else sorted(
            {
                one.value.scope
                for one in view.all(Observation, about=value.measure)
                if one.held is not None and one.value.scope
            }
        )
    )
    for scope in scopes:
        assert scope is not None
        before = gap_or_reason(view, change.before.entry.subject, scope, as_at=as_at)
        after = before
        if isinstance(before, Gap):
            own = None if value.scope else scope
            after = against(
                before.observed, _would_be(target_of(view, change.after.entry, scope=own))
            )
        elif isinstance(before, Unmeasured):
            after = replace(before, target=change.after)
        yield GapChange(scope, before, after)


def _depending(view: View, subjects: Iterable[str]) -> Iterator[Depending]:
    affected = set(subjects)
    for subject in subjects:
        for type_, how in _HOW.items():
            for link in view.links(type_, target=subject):
                found = view.find(link.value.source)
                if (
                    found is not None
                    and isinstance(found.held, Expectation)
                    and found.subject not in affected
                ):
                    affected.add(found.subject)
                    yield Depending(found, how, subject)


def _documents(
    view: View, targets: Iterable[TargetChange], gaps: Iterable[GapChange]
) -> Iterator[Printed]:
    subjects = {one.before.entry.subject for one in targets}
    seqs = {entry.seq for subject in subjects for entry in versions(view, subject)}
    figures = {one.before.figure.id for one in targets} | {
        one.before.figure.id for one in gaps if isinstance(one.before, Gap)
    }
    for entry in view.all(Document):
        if entry.held is None:
            continue
        printed = tuple(
            one for one in entry.value.cites if one.seq in seqs or one.figure in figures
        )
        if printed or subjects & set(entry.value.rests_on):
            yield Printed(entry, printed)


def _side(held: Gap) -> str:
    return SIDES[1 if held.exact > 0 else -1] if held.exact else "away from it"
