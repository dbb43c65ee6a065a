"""What a requirement's own rule suggests for a cell, from the figures, indicators and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from regard.assurance.cells import Key
from regard.assurance.evidence import Weighed, weighed
from regard.assurance.gaps import Apart, Gap, Unmeasured, gap_or_reason
from regard.assurance.publishing import term_of_rule
from regard.assurance.wording import told
from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.periods import day_said
from regard.core.statements import Statement
from regard.library.levels import TOGETHER, Rule
from regard.library.shelf import Library, library
from regard.library.suggesting import (
    Because,
    Evidence,
    Held,
    Inputs,
    Reached,
    Suggestion,
    suggest,
)
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, Observation
from regard.register.kinds.frame import Cycle
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Line, LinkType
from regard.register.seeing import View
from regard.register.subjects import path_of


@dataclass(frozen=True)
class Suggested:
    """What a rule suggests for a cell, and everything it was given.

    Attributes:
        key: The cell.
        requirement: The requirement.
        rule: The rule with its version; empty where the requirement has none.
        level: The level it suggests; None where it has nothing to go by.
        because: What led to it, the worst first; and what was asked for and is not there.
        figures: The observations whose numbers were used.
        evidence: What the judgement would rest on, weighed on the day.
        gaps: What was observed against each target that the requirement or what answers it has.
        as_at: The day.
    """

    key: Key
    requirement: Entry[Expectation]
    rule: str
    level: str | None
    because: tuple[Because, ...]
    figures: tuple[Entry[Observation], ...]
    evidence: Weighed
    gaps: tuple[Gap | Apart | Unmeasured, ...]
    as_at: date

    @property
    def cited(self) -> tuple[str, ...]:
        """The evidence that a judgement would cite, none twice."""
        held = self.evidence
        return (*held.current, *held.expired, *held.not_yet)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What is suggested and what led to it, in sentences that name where each comes from."""
        source = self.requirement.source
        if not self.rule:
            return (told("no rule", source=source),)
        head = (
            told("suggested", source=source, level=self.level, rule=self.rule)
            if self.level
            else told("nothing suggested", source=source, rule=self.rule)
        )
        return (head, *(told("because", source=source, what=str(one)) for one in self.because))


def suggested(
    view: View,
    cycle: str,
    key: Key,
    *,
    indicators: Iterable[Held] = (),
    evidence: Iterable[str] | None = None,
    held: Library | None = None,
    said: Iterable[Entry[Judgement]] | None = None,
) -> Suggested:
    """What the rule of a requirement suggests for a cell, on the day of the round.

    Figures are the last observations of the body on the measure of the requirement, or of what
    answers it. Indicators are judgements of this round on the parts of the requirement, and those
    that are given. It advises: a named post judges.

    Args:
        view: The register at a position.
        cycle: The round.
        key: The cell.
        indicators: Further indicators and the levels at which they are held.
        evidence: The observations the judgement is to rest on; by default those of the last
            judgement of the cell, and those whose figures are used.
        held: The library that holds the rule; by default what Regard ships.
        said: What was said of the cell in the round, if that was read already.

    Raises:
        NotKnown: the register does not hold the round or the requirement, or the library the rule.
        DefinitionRefused: the rule of the library says something else than what was published.
    """
    requirement: Entry[Expectation] = view.one(key.about)
    round_: Entry[Cycle] = view.one(cycle)
    gatherer = _Gatherer(view, key, min(round_.value.as_at, view.position.true_on or date.max))
    reached, unknown = gatherer.reached(requirement)
    cited = tuple(evidence) if evidence is not None else gatherer.evidence(cycle, said)
    weights = weighed(cited, view.many(cited), gatherer.day)
    name = requirement.value.rule
    if not name:
        return gatherer.suggests(requirement, weights)
    shelf = held or library()
    rule = shelf.rule(name)
    _must_be_as_published(view, rule, shelf)
    inputs = Inputs(
        reached=reached,
        held=(*gatherer.indicators(cycle, requirement), *indicators),
        evidence=Evidence(len(weights.current), len(weights.expired)),
        unknown=unknown,
    )
    found = suggest(rule, inputs, scales=shelf.scales, rules=shelf.rules)
    return gatherer.suggests(requirement, weights, rule.name, found)


def _must_be_as_published(view: View, rule: Rule, shelf: Library) -> None:
    """A rule suggests by the content that was published with the edition, and by no other."""
    parts = [shelf.rule(part) for part in rule.parts] if rule.kind == TOGETHER else []
    for one in (rule, *parts):
        subject, term = term_of_rule(one)
        published = view.find(subject)
        if published is None or published.held is None or published.value.meaning != term.meaning:
            stands = f"entry {published.seq}" if published else "no edition"
            raise DefinitionRefused(
                f"the rule {one.name} of the library is not what {stands} published",
                expected=published.value.meaning if published and published.held else term.meaning,
                next_step="put the rule back as it was, or publish an edition with a new version",
            )


class _Gatherer:
    """Finds what is put to a rule, and keeps what it used."""

    def __init__(self, view: View, key: Key, day: date) -> None:
        self._view, self._key, self.day = view, key, day
        self.used: list[Entry[Observation]] = []
        self._gaps: list[Gap | Apart | Unmeasured] = []

    def suggests(
        self,
        requirement: Entry[Expectation],
        weights: Weighed,
        rule: str = "",
        found: Suggestion | None = None,
    ) -> Suggested:
        """What was suggested, with all that was found on the way."""
        return Suggested(
            key=self._key,
            requirement=requirement,
            rule=rule,
            level=found.level if found else None,
            because=found.because if found else (),
            figures=tuple(self.used),
            evidence=weights,
            gaps=tuple(self._gaps),
            as_at=self.day,
        )

    def reached(
        self, requirement: Entry[Expectation]
    ) -> tuple[tuple[Reached, ...], tuple[tuple[str, str], ...]]:
        """Figures beside their targets, and what is not known with the reason."""
        reached, unknown = [], []
        for one in (requirement, *self._answering()):
            if one.value.measure is None:
                continue
            found = self._figure(one)
            if isinstance(found, Reached):
                reached.append(found)
            else:
                unknown.append((one.value.text, found))
        return tuple(reached), tuple(unknown)

    def _answering(self) -> Iterator[Entry[Expectation]]:
        """What the body promised in answer to the requirement."""
        links = self._view.links(LinkType.ANSWERS.value, target=self._key.about)
        if not links:
            return
        for found in self._view.many(one.value.source for one in links).values():
            if isinstance(found.held, Expectation) and found.held.scope in (None, self._key.scope):
                yield found

    def _figure(self, asked: Entry[Expectation]) -> Reached | str:
        """A figure beside its target; or why there is none, for two that differ do not compare."""
        try:
            found = gap_or_reason(self._view, asked.subject, self._key.scope, as_at=self.day)
        except NotEnoughData as reason:
            return reason.wrong
        self._gaps.append(found)
        if isinstance(found, Apart):
            return "; ".join(str(one) for one in found.differs)
        if isinstance(found, Unmeasured):
            return found.reason
        entry = found.observed.entry
        expires = entry.value.expires
        if expires is not None and expires < self.day:
            return f"its figure expired on {day_said(expires)}"
        amount = entry.value.amount
        if amount is None:
            return found.observed.figure.missing
        self.used.append(entry)
        need = found.target.exact
        return Reached(
            f"{entry.value.text} (entry {entry.seq})",
            amount.value,
            Decimal(need.numerator) / Decimal(need.denominator),
        )

    def evidence(
        self, cycle: str, said: Iterable[Entry[Judgement]] | None = None
    ) -> tuple[str, ...]:
        """What the last judgement of the cell rests on, and the figures that are used."""
        if said is None:
            scope, about = self._key.scope, self._key.about
            said = self._view.all(Judgement, cycle=cycle, scope=scope, about=about)
        cited = (
            name
            for one in said
            if one.held is not None
            and one.held.line is Line.DOING
            and one.held.aspect == self._key.aspect
            for name in one.held.evidence
        )
        return tuple(dict.fromkeys((*cited, *(one.subject for one in self.used))))

    def indicators(self, cycle: str, requirement: Entry[Expectation]) -> Iterator[Held]:
        """What was judged in this round of the parts of a requirement, under the same C."""
        below = {
            one.subject: one
            for one in self._view.all(Expectation, about=requirement.subject)
            if one.held is not None
        }
        if not below:
            return
        for one in self._view.all(Judgement, cycle=cycle, scope=self._key.scope):
            value = one.held
            if (
                value is not None
                and value.about in below
                and value.counts
                and value.line is Line.DOING
                and value.level is not None
            ):
                what = f"{below[value.about].value.text} (entry {one.seq})"
                yield Held(what, value.scale, value.level)


def named(key: Key) -> str:
    """A cell as a message names it."""
    return f"{path_of(key.about)} of {path_of(key.scope)} under {key.aspect}"
