"""Where a milestone stands, in sentences of the closed set."""

from __future__ import annotations

from dataclasses import replace

from regard.core.figures import Figure
from regard.core.periods import FinancialYear
from regard.core.quantities import PERCENT
from regard.core.series import LOWER
from regard.core.statements import Statement
from regard.signals.changes import way
from regard.signals.paces import (
    LEVEL_MET,
    MET,
    NEVER_SEEN,
    NOT_MET,
    OUT_OF_REACH,
    REACHED,
    MilestonePace,
)
from regard.signals.sentences import say
from regard.signals.tallies import size


def _target_said(pace: MilestonePace, base_year: Figure | None) -> Statement:
    milestone = pace.milestone
    if milestone.change is None or base_year is None or base_year.period is None:
        return say("target by level", year=milestone.year, target=pace.target)
    change = replace(
        pace.target, value=milestone.change, unit=PERCENT, signed=True, parts=(), places=None,
        method="change set",
    )  # fmt: skip
    if milestone.change == int(milestone.change):
        change = change.printed(places=0)
    return say(
        "target by change",
        year=milestone.year,
        target=pace.target,
        change=change,
        base=base_year,
        base_year=FinancialYear.of(base_year.period.start),
    )


def level_said(pace: MilestonePace, base_year: Figure | None) -> tuple[Statement, ...]:
    """What a percentage or another level says of its milestone."""
    assert pace.gap is not None
    told = [_target_said(pace, base_year)]
    gap = size(pace.gap)
    if pace.standing in (MET, NOT_MET):
        key = pace.standing
        held = {"total": pace.so_far, "target": pace.target}
        told.append(say(key, **held) if key == MET else say(key, **held, gap=gap))
        return tuple(told)
    key = "level met" if pace.standing == LEVEL_MET else "level short"
    told.append(say(key, so_far=pace.so_far, gap=gap))
    if pace.needed_level is not None and pace.days_left is not None:
        told.append(say("level needed", needed=pace.needed_level, days=pace.days_left))
    elif pace.days_left is not None:
        told.append(say("level out of reach", days=pace.days_left))
    told.append(say("no chance given"))
    return tuple(told)


def count_said(pace: MilestonePace, base_year: Figure | None) -> tuple[Statement, ...]:
    """What a count of the year so far says of its milestone."""
    told = [_target_said(pace, base_year)]
    if pace.standing in (MET, NOT_MET):
        assert pace.over is not None
        held = {"total": pace.so_far, "target": pace.target}
        told.append(
            say("met", **held) if pace.standing == MET else say("not met", **held, gap=pace.over)
        )
        return tuple(told)
    told.extend(_expected_said(pace))
    if pace.standing in (REACHED, OUT_OF_REACH):
        assert pace.over is not None
        key = "reached" if pace.standing == REACHED else "passed"
        told.append(say(key, over=pace.over))
        return tuple(told)
    assert pace.left is not None
    assert pace.days_left is not None
    assert pace.pace_needed is not None
    assert pace.pace_so_far is not None
    told.append(
        say(
            "room" if pace.milestone.better == LOWER else "to come",
            left=pace.left,
            days=pace.days_left,
            needed=pace.pace_needed,
            pace=pace.pace_so_far,
        )
    )
    told.extend(_average_said(pace))
    told.append(_possible_said(pace))
    told.append(say("no chance given"))
    return tuple(told)


def _expected_said(pace: MilestonePace) -> list[Statement]:
    assert pace.so_far.period is not None
    if pace.expected is None or pace.gap is None or pace.share is None or pace.percent is None:
        return []
    return [
        say(
            "expected",
            day=pace.so_far.period.end,
            expected=pace.expected,
            share=pace.share,
            shape=pace.shape,
            so_far=pace.so_far,
            gap=size(pace.gap),
            way=way(pace.gap.known),
            percent=pace.percent,
            position=pace.position,
        )
    ]


def _average_said(pace: MilestonePace) -> list[Statement]:
    total, gap, percent = pace.at_average, pace.at_average_gap, pace.at_average_percent
    if total is None or gap is None or percent is None or pace.days_left is None:
        return []
    return [
        say(
            "at the average",
            days=pace.days_left,
            total=total,
            gap=size(gap),
            way=way(gap.known),
            percent=percent,
        )
    ]


def _possible_said(pace: MilestonePace) -> Statement:
    if pace.standing != NEVER_SEEN:
        return say("possible")
    assert pace.extreme is not None
    assert pace.extreme_month is not None
    assert pace.history_since is not None
    return say(
        "never seen",
        since=pace.history_since,
        extreme="lowest" if pace.milestone.better == LOWER else "highest",
        value=pace.extreme,
        month=pace.extreme_month,
    )
