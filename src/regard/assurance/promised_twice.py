"""The same people promised twice: to the force's own area, to the region and to the country.

A force promises units of one kind at several tiers, each for so long, and each is set against its
own base and found kept. Behind all of them stand the same trained officers. What is promised is
added up as if all were called at once, and set against what those officers come to. What even the
largest promise lacks is nobody's; only the rest is promised of people who are promised already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from regard.assurance.amounts import binary, places_of
from regard.assurance.gaps import gap_or_reason
from regard.assurance.promised_words import COUNTS, TEMPLATES, joined, ranged, say
from regard.assurance.standing_behind import Behind, people_behind
from regard.assurance.target_words import filled_within, listed, marked
from regard.assurance.targets import Target, target_of
from regard.assurance.tiers import TIERS, Level, asked_on, better_lower, not_added, tier_of
from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.figures import Figure
from regard.core.markings import Marking
from regard.core.quantities import Range
from regard.core.statements import Statement, Value
from regard.register.entries import Entry
from regard.register.kinds.values import LinkType
from regard.register.seeing import View

TOGETHER = "sum of what is promised at every tier@1"
WOULD_TAKE = "promised together, times what the target's formula asks for one@1"
BEYOND = "largest promise less what stands behind it@1"
AGAIN = "promised together less what stands behind it, or the largest promise if that is more@2"


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
        return self._sum(self.levels, missing=not_added(self.levels))

    @property
    def largest(self) -> Figure:
        """The largest of the promises."""
        return max(self.levels, key=lambda one: one.target.exact).target.figure

    def beyond(self, behind: Figure) -> Figure:
        """How many of the largest promise nobody stands behind; 0 where somebody does behind all.

        Args:
            behind: What stands behind them, in the unit of the promises.
        """
        largest = self.largest.known
        return self._less(
            behind, lambda there: max(0.0, largest - there), method=BEYOND, of=self.largest
        )

    def again(self, behind: Figure) -> Figure:
        """How many are promised of people who are promised already; 0 where none are.

        Args:
            behind: What stands behind them, in the unit of the promises.
        """
        total, largest = self.total.known, self.largest.known
        return self._less(
            behind,
            lambda there: max(0.0, total - max(there, largest)),
            method=AGAIN,
            of=self.total,
        )

    def _less(
        self, behind: Figure, left: Callable[[float], float], *, method: str, of: Figure
    ) -> Figure:
        """What is left of a promise, the less the more stand behind it; also at both ends."""
        span = behind.interval
        return Figure(
            value=left(behind.known),
            unit=of.unit,
            measure=f"{of.measure}, {'promised again' if method == AGAIN else 'of nobody'}",
            scope=of.scope,
            basis="derived",
            method=method,
            as_at=self.as_at,
            parts=(of, behind),
            interval=None if span is None else Range(left(span.high), left(span.low), span.level),
            places=self.total.places,
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
            count=COUNTS[len(tiers)],
            measure=self.levels[0].target.measure,
            levels=listed(one.statement() for one in self.levels),
        )
        if self.total.value is None:
            return first + say("not together", marking=held, why=self.total.missing)
        return first + say("together", marking=held, total=self.total)

    def stand_behind(self) -> tuple[Statement, ...]:
        """Who stands behind all of them, and how many are promised of people promised already."""
        if self.total.value is None:
            return ()
        if not self.behind:
            return (say("nobody", marking=self._marking),)
        return tuple(map(self._stands_behind, self.behind))

    def _stands_behind(self, one: Behind) -> Statement:
        marking = marked((one.rule.entry, one.observed.entry)) | self._marking
        said = filled_within(
            TEMPLATES["behind"],
            marking=marking,
            people=ranged(one.observed.figure, rough=one.rough),
            how=one.observed.entry.value.basis,
            day=one.observed.on,
            formula=one.rule.entry.value.formula.replace("_", " ").replace("*", "×"),
            each=one.each,
            units=ranged(one.units, rough=one.rough),
        )
        said = joined(said, self._split(one, one.units, marking))
        said += say(
            "asked",
            marking=marking,
            target=one.rule.figure,
            taken=one.taken,
            total=self.total,
            would=self.would_take(one),
        )
        if one.once is None or one.make_up is None:
            return said
        once = filled_within(
            TEMPLATES["at once"],
            marking=marking,
            once=ranged(one.once, rough=one.rough),
            make_up=one.make_up,
        )
        return said + joined(once, self._split(one, one.once, marking, "at once, "))

    def _split(self, one: Behind, units: Figure, marking: Marking, when: str = "") -> Statement:
        """How many even the largest promise lacks, and how many are promised twice."""
        beyond, again = self.beyond(units), self.again(units)
        given: dict[str, Value | Statement] = {"promised": self.total}
        keys = []
        if _may_be(beyond):
            keys.append("too few")
            given |= {"beyond": ranged(beyond, rough=one.rough), "largest": self.largest}
        if not _may_be(again):
            keys.append("none again")
        else:
            given["again"] = ranged(again, rough=one.rough)
            keys = keys or ["again"]
        return filled_within(TEMPLATES[when + ", ".join(keys)], marking=marking, **given)

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
            return said + say("lasts, not stated", marking=held)
        if not stages:
            return said
        told = listed(
            (say("until", marking=held, psus=one.units, day=one.day) for one in stages),
            last=", then ",
        )
        said += filled_within(TEMPLATES["called for"], marking=held, stages=told)
        if not self.behind:
            return said
        return said + self._together(stages)

    def _together(self, stages: tuple[Stage, ...]) -> Statement:
        """For how long by the rule that binds first, and at the ends of a range if that differs."""
        least = min(self.behind, key=lambda one: one.units.known)
        marking = marked(
            held for one in self.behind for held in (one.rule.entry, one.observed.entry)
        )
        place = _fitting(least.units, stages)
        said = self._lasting(self._by(least), place, stages)
        for key, side in (("at the low end", "low"), ("at the high end", "high")):
            end = min((_end(one.units, side) for one in self.behind), key=lambda one: one.known)
            if _fitting(end, stages) != place:
                said += self._lasting(say(key, units=end), _fitting(end, stages), stages)
        return Statement(said.parts, said.marking | marking, said.source)

    def _by(self, least: Behind) -> Statement:
        """By whose rule, and whether the number of people is only about so many."""
        how = ", roughly" if least.rough else ""
        if len(self.behind) == 1:
            return say(f"by that rule{how}")
        return say(f"by the rule that binds{how}", measure=least.rule.measure)

    def _lasting(self, by: Statement, place: int | None, stages: tuple[Stage, ...]) -> Statement:
        held = self._marking
        if place is None:
            return filled_within(TEMPLATES["not kept up"], marking=held, by=by)
        if not place:
            return filled_within(TEMPLATES["kept up"], marking=held, by=by)
        day, units = stages[place - 1].day, stages[place].units
        return filled_within(TEMPLATES["kept up after"], marking=held, by=by, day=day, psus=units)

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
    for entry in asked_on(view, scope, as_at):
        value = entry.value
        if not tier_of(value) or not value.window.holds(as_at):
            continue
        if not value.scope or value.measure is None:
            continue
        try:
            target = target_of(view, entry)
        except (NotEnoughData, DefinitionRefused, NotKnown):
            continue  # it says no number that could be added
        key = (value.scope, value.measure, target.figure.unit)
        groups.setdefault(key, []).append(target)
    several = {
        key: targets
        for key, targets in groups.items()
        if len({tier_of(one.entry.value) for one in targets}) > 1
    }
    lower = better_lower(view, {measure for _, measure, _ in several})
    held = (targets for (_, measure, _), targets in several.items() if measure not in lower)
    return tuple(_read(view, targets, as_at) for targets in _chosen(view, held, set(about)))


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


def _may_be(figure: Figure) -> bool:
    """Whether there is anything of it, at least at one end of its range."""
    return bool(figure.value) or (figure.interval is not None and figure.interval.high > 0)


def _end(figure: Figure, side: str) -> Figure:
    """A figure as it would be at an end of its range: `low` or `high`."""
    if figure.interval is None:
        return figure
    return replace(figure, value=getattr(figure.interval, side), interval=None)


def _fitting(there: Figure, stages: tuple[Stage, ...]) -> int | None:
    """The first stage for which there are enough; None if there is none."""
    enough = (place for place, one in enumerate(stages) if one.units.known <= there.known)
    return next(enough, None)
