"""From arithmetic to a verdict: a word of a closed list, and what can be said of the chance."""

from __future__ import annotations

from regard.core.figures import Figure, Source
from regard.core.quantities import PERCENT
from regard.core.series import HIGHER, LOWER
from regard.core.statements import Statement
from regard.plan.model import DOWN, Milestone
from regard.plan.standing import BEHIND, LOST, MET, NOT_MET, ON_COURSE, UNJUDGED, Verdict
from regard.signals import MilestonePace, PeriodChange
from regard.signals.paces import POSSIBLE
from regard.signals.tallies import size

# The words of `signals` for where a milestone stands, with the verdict each gives.
_STANDING = {
    "met": (MET, "The year is over and the milestone is met."),
    "not met": (NOT_MET, "The year is over and the milestone is not met."),
    "reached": (MET, "The milestone has been reached before the end of the year."),
    "can no longer be met": (LOST, "More were counted already than the whole year allows."),
    "at the level": (ON_COURSE, "It is at the level of the milestone."),
}
_BY_POSITION = {
    ("ahead", LOWER): (ON_COURSE, "Fewer were counted than the way to the milestone allows."),
    ("ahead", HIGHER): (ON_COURSE, "More were counted than the way to the milestone asks."),
    ("on the line", LOWER): (ON_COURSE, "As many were counted as the way to it allows."),
    ("on the line", HIGHER): (ON_COURSE, "As many were counted as the way to it asks."),
    ("behind", LOWER): (BEHIND, "More were counted than the way to the milestone allows."),
    ("behind", HIGHER): (BEHIND, "Fewer were counted than the way to the milestone asks."),
}
_SHORT = "short of the level"
_NEVER_SEEN = "still possible at a pace never yet seen"


def verdict_of(pace: MilestonePace) -> Verdict:
    """The verdict of milestone arithmetic."""
    if pace.standing in _STANDING:
        word, why = _STANDING[pace.standing]
        return Verdict(word, Statement.of(why))
    if pace.standing == _SHORT:
        assert pace.gap is not None
        return Verdict(BEHIND, Statement.of("It is {gap} short of it.", gap=size(pace.gap)))
    word, why = _BY_POSITION[pace.position, pace.milestone.better]
    if word == BEHIND and pace.standing == _NEVER_SEEN:
        why = "It would take a pace never yet seen in a month."
    return Verdict(word, Statement.of(why))


def cannot_be_judged(why: Statement) -> Verdict:
    """No verdict, and why there is none."""
    return Verdict(UNJUDGED, why)


def chance_of_change(
    milestone: Milestone, change: PeriodChange | None, pace: MilestonePace
) -> tuple[Statement, ...]:
    """What the range of the year-to-date change says of the promised change.

    It is no forecast: it says only whether the change so far can be told from the promised
    one, given how much the series usually varies. Nothing is said where arithmetic has
    settled the milestone or left it a pace never yet seen: the milestone is of what is
    counted, which has no range.
    """
    if milestone.percent is None or change is None or change.percent.interval is None:
        return ()
    if pace.standing != POSSIBLE:
        return ()
    sign = -1 if milestone.direction == DOWN else 1
    promised = Figure(
        value=sign * milestone.percent,
        unit=PERCENT,
        measure=milestone.measure,
        scope=change.now.scope,
        basis="target",
        method="change promised",
        as_at=change.now.as_at,
        sources=(Source("plan", milestone.source),),
        signed=True,
        places=None if milestone.percent != int(milestone.percent) else 0,
    )
    span, level = change.percent.interval, promised.known
    if level in span:
        return (
            Statement.of(
                "The range of the change so far takes in the promised {promised}: the two "
                "cannot be told apart yet.",
                promised=promised,
            ),
        )
    good = span.high < level if milestone.direction == DOWN else span.low > level
    side = "better" if good else "worse"
    return (
        Statement.of(
            "The whole range of the change so far is {side} than the promised {promised}.",
            side=side,
            promised=promised,
        ),
    )


def chance_of_level(milestone: Milestone, now: Figure, target: Figure) -> tuple[Statement, ...]:
    """What the range of a survey's level says of the promised level."""
    if milestone.level is None or now.interval is None:
        return ()
    if milestone.level in now.interval:
        return (
            Statement.of(
                "The survey’s range takes in {target}: it cannot tell the level from the "
                "milestone.",
                target=target,
            ),
        )
    below = now.interval.high < milestone.level
    return (
        Statement.of(
            "The survey’s whole range is {side} {target}.",
            side="below" if below else "above",
            target=target,
        ),
    )
