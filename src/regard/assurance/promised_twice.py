"""The same people promised twice: to the force's own area, to the region and to the country.

A force promises units of one kind at several tiers, each for so long, and each is set against its
own base and found kept. Behind all of them stand the same trained officers. What is promised is
added up as if all were called at once, and set against what those officers come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from regard.assurance.amounts import binary, places_of
from regard.assurance.closed import spoken
from regard.assurance.gaps import gap_or_reason
from regard.assurance.standing_behind import Behind, people_behind
from regard.assurance.target_words import filled_within, listed, marked
from regard.assurance.targets import Target, target_of
from regard.assurance.tiers import TIERS, Level, make_ups_of, on_day, tier_of
from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.figures import Figure
from regard.core.markings import Marking
from regard.core.statements import Statement
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.values import LinkType
from regard.register.seeing import View

TOGETHER = "sum of what is promised at every tier@1"
WOULD_TAKE = "promised together, times what the target's formula asks for one@1"
AGAIN = "promised together less what stands behind it@1"

TEMPLATES = {
    "promised": "{body} promises the same thing at {count} tiers ({measure}): {levels}.",
    "together": "If all of them are called at once, that is {total}.",
    "not together": "They are not added: {why}.",
    "behind": (
        "Behind all of them stand the same people: {about}{observed} ({how}, {day}). By the rule "
        "by which they are trained, {formula}, one takes {each}: they come to {units}"
    ),
    "again": ", so that {again} of those {promised:number} are promised of people who are promised "
    "already.",
    "none again": ", and none of those {promised:number} is promised twice.",
    "at once": (
        "If every one of them came at once, with nobody to relieve them, they would be {once}, at "
        "{make_up}: "
    ),
    "at once, again": "{again} of those {promised:number} would be promised twice even so.",
    "at once, none again": (
        "enough for those {promised:number}, for as long as nobody has to be relieved."
    ),
    "asked": (
        "Their target of {target} is worked out from {taken}; by the same rule {total} would take "
        "{would}."
    ),
    "nobody": (
        "What stands behind them the register does not say: no target of people that is worked "
        "out from them was observed."
    ),
    "lasts": "For how long each must be kept up: {lasts}.",
    "lasts, not stated": (
        "So for how long all of them can be kept up together is not stated: what is missing is "
        "not nought."
    ),
    "until": "{psus} until the end of day {day:number}",
    "called for": "Called on one day, they are asked for as {stages}.",
    "kept up": "By that rule all of them can be kept up together for as long as each is promised.",
    "not kept up": "By that rule all of them can be kept up together on no day.",
    "kept up after": (
        "By that rule they can be kept up together only after the end of day {day:number}, when "
        "{psus} are still asked for."
    ),
}
_say = partial(spoken, TEMPLATES)
_WORDS = {2: "two", 3: "three"}


@dataclass(frozen=True)
class Stage:
    """What is still asked for up to the end of a day after all were called at once.

    Attributes:
        day: The last day, from 1.
        units: How much is asked for until then.
    """

    day: Figure
    units: Figure


@dataclass(frozen=True)
class PromisedTwice:
    """What one body promises of one thing at several tiers.

    Attributes:
        body: What the body is called.
        levels: The promises, from the nearest tier to the farthest.
        behind: The people who stand behind them.
        as_at: The day to which it is true.
    """

    body: str
    levels: tuple[Level, ...]
    behind: tuple[Behind, ...]
    as_at: date

    @property
    def entries(self) -> tuple[Entry[Any], ...]:
        """Everything it rests on."""
        found: dict[int, Entry[Any]] = {one.entry.seq: one.entry for one in self.levels}
        for one in self.behind:
            for held in (one.rule.entry, one.observed.entry):
                found[held.seq] = held
        return tuple(found.values())

    @cached_property
    def total(self) -> Figure:
        """What is promised if all are called at once; missing of units of several make-ups."""
        several = make_ups_of(self.levels)
        told = f"they are of the make-ups {' and '.join(several)}" if len(several) > 1 else ""
        return self._sum(self.levels, missing=told)

    def again(self, behind: Figure) -> Figure:
        """How many are promised beyond what stands behind them; 0 where none are.

        Args:
            behind: What stands behind them, in the unit of the promises.
        """
        total = self.total
        more = max(0.0, total.known - behind.known)
        return Figure(
            value=more,
            unit=total.unit,
            measure=f"{total.measure} promised again",
            scope=total.scope,
            basis="derived",
            method=AGAIN,
            as_at=self.as_at,
            parts=(total, behind),
            places=total.places,
        )

    def would_take(self, behind: Behind) -> Figure:
        """How many people the rule would ask for, if it were worked out from all of them."""
        each, total = behind.each, self.total
        exact = behind.exact * sum((one.target.exact for one in self.levels), Fraction(0))
        return Figure(
            value=binary(exact),
            unit=each.unit,
            measure=behind.rule.figure.measure,
            scope=total.scope,
            basis=total.basis,
            method=WOULD_TAKE,
            as_at=self.as_at,
            parts=(total, each),
            places=places_of(exact),
        )

    @property
    def not_stated(self) -> tuple[Level, ...]:
        """The promises of which nobody said for how long they must be kept up."""
        return tuple(one for one in self.levels if one.days is None)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """What is asked for, day by day, once all were called; none unless all durations stand."""
        if self.not_stated or self.total.value is None:
            return ()
        days = {one.days: one.lasts for one in self.levels}
        return tuple(
            Stage(days[last], self._sum(one for one in self.levels if (one.days or 0) >= last))
            for last in sorted(one for one in days if one is not None)
        )

    def statements(self) -> tuple[Statement, ...]:
        """What is promised, what stands behind it, how much twice, and for how long."""
        return (self.promised(), *self.stand_behind(), self.kept_up())

    def alone(self) -> tuple[Statement, ...]:
        """Each promise set against its own base, as if there were no other."""
        return tuple(one.alone.statement() for one in self.levels)

    def promised(self) -> Statement:
        """What is promised at each tier, and what it is together."""
        held = self._marking
        tiers = dict.fromkeys(one.tier for one in self.levels)
        first = filled_within(
            TEMPLATES["promised"],
            marking=held,
            body=self.body,
            count=_WORDS[len(tiers)],
            measure=self.levels[0].target.measure,
            levels=listed(one.statement() for one in self.levels),
        )
        if self.total.value is None:
            return first + _say("not together", marking=held, why=self.total.missing)
        return first + _say("together", marking=held, total=self.total)

    def stand_behind(self) -> tuple[Statement, ...]:
        """Who stands behind all of them, and how many are promised of people promised already."""
        if self.total.value is None:
            return ()
        if not self.behind:
            return (_say("nobody", marking=self._marking),)
        return tuple(map(self._stands_behind, self.behind))

    def _stands_behind(self, one: Behind) -> Statement:
        marking = marked((one.rule.entry, one.observed.entry)) | self._marking
        said = _say(
            "behind",
            marking=marking,
            about="about " if one.observed.approximate else "",
            observed=one.observed.figure,
            how=one.observed.entry.value.basis,
            day=one.observed.on,
            formula=one.rule.entry.value.formula.replace("_", " ").replace("*", "×"),
            each=one.each,
            units=one.units,
        )
        said = _joined(said, self._again("again", "none again", one.units, marking))
        said += _say(
            "asked",
            marking=marking,
            target=one.rule.figure,
            taken=one.taken,
            total=self.total,
            would=self.would_take(one),
        )
        if one.once is None or one.make_up is None:
            return said
        once = _say("at once", marking=marking, once=one.once, make_up=one.make_up)
        return said + _joined(
            once, self._again("at once, again", "at once, none again", one.once, marking)
        )

    def _again(self, some: str, none: str, behind: Figure, marking: Marking) -> Statement:
        found = self.again(behind)
        if found.value:
            return _say(some, marking=marking, again=found, promised=self.total)
        return _say(none, marking=marking, promised=self.total)

    def kept_up(self) -> Statement:
        """For how long each must be kept up, and whether all of them can be together."""
        held = self._marking
        said = filled_within(
            TEMPLATES["lasts"],
            marking=held,
            lasts=listed(one.lasting() for one in self.levels),
        )
        stages = self.stages
        if self.not_stated:
            return said + _say("lasts, not stated", marking=held)
        if not stages:
            return said
        told = listed(
            (_say("until", marking=held, psus=one.units, day=one.day) for one in stages),
            last=", then ",
        )
        said += filled_within(TEMPLATES["called for"], marking=held, stages=told)
        for one in self.behind[:1]:
            said += self._lasting(one.units.known, stages)
        return said

    def _lasting(self, behind: float, stages: tuple[Stage, ...]) -> Statement:
        fitting = [place for place, one in enumerate(stages) if one.units.known <= behind]
        if not fitting:
            return _say("not kept up", marking=self._marking)
        if not fitting[0]:
            return _say("kept up", marking=self._marking)
        day, units = stages[fitting[0] - 1].day, stages[fitting[0]].units
        return _say("kept up after", marking=self._marking, day=day, psus=units)

    @property
    def _marking(self) -> Marking:
        return marked(one.entry for one in self.levels)

    def _sum(self, levels: Iterable[Level], *, missing: str = "") -> Figure:
        held = tuple(levels)
        first = held[0].target.figure
        exact = sum((one.target.exact for one in held), Fraction(0))
        return Figure(
            value=None if missing else binary(exact),
            unit=first.unit,
            measure=first.measure,
            scope=first.scope,
            basis="promised at every tier, if all are called at once",
            method=TOGETHER,
            as_at=self.as_at,
            parts=tuple(one.target.figure for one in held),
            places=places_of(exact),
            missing=missing,
        )


def promised_twice(
    view: View, *, scope: str = "", about: Iterable[str] = (), as_at: date
) -> tuple[PromisedTwice, ...]:
    """What bodies promise of one thing at more than one tier.

    Args:
        view: The register at a position.
        scope: Of which body; of all by default.
        about: Only what answers one of these requirements, or is one of them; all by default.
        as_at: The day; what was asked or observed later, or is asked no longer, is left out.
    """
    groups: dict[tuple[str, str, str], list[Target]] = {}
    narrow = {"scope": scope} if scope else {}
    for one in view.all(Expectation, **narrow):
        if one.held is None or not one.held.scope or one.held.measure is None:
            continue
        entry = on_day(view, one, as_at)
        if entry is None or not tier_of(entry.value) or not entry.value.window.holds(as_at):
            continue
        try:
            target = target_of(view, entry)
        except (NotEnoughData, DefinitionRefused, NotKnown):
            continue  # it says no number that could be added
        key = (one.held.scope, one.held.measure, target.figure.unit)
        groups.setdefault(key, []).append(target)
    return tuple(
        _read(view, targets, as_at)
        for targets in _chosen(view, groups.values(), set(about))
        if len({tier_of(one.entry.value) for one in targets}) > 1
    )


def _chosen(view: View, groups: Iterable[list[Target]], about: set[str]) -> Iterator[list[Target]]:
    """The groups of which one promise is asked about, or answers what is."""
    if not about:
        yield from groups
        return
    answering = {
        one.value.source for one in view.links(LinkType.ANSWERS) if one.value.target in about
    }
    for targets in groups:
        if {one.entry.subject for one in targets} & (about | answering):
            yield targets


def _read(view: View, targets: list[Target], as_at: date) -> PromisedTwice:
    targets.sort(key=lambda one: (TIERS.index(tier_of(one.entry.value)), one.entry.seq))
    levels = []
    for one in targets:
        scope = one.entry.value.scope or ""
        alone = gap_or_reason(view, one.entry.subject, scope, as_at=as_at)
        levels.append(Level(one, tier_of(one.entry.value), alone))
    return PromisedTwice(
        body=targets[0].body,
        levels=tuple(levels),
        behind=tuple(people_behind(view, targets, as_at)),
        as_at=as_at,
    )


def _joined(one: Statement, other: Statement) -> Statement:
    """Two pieces of one sentence."""
    return Statement(one.parts + other.parts, one.marking | other.marking, one.source)
