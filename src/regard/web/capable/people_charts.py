"""The charts of these pages: people month by month, training that lapses, PSUs by the hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from regard.board.pictures import data_rows
from regard.capability.courses import Course
from regard.capability.mustering import Mustered
from regard.core.figures import Figure
from regard.core.periods import Month
from regard.papers.curve_chart import Curve, CurveChart, CurvePoint, curve_chart
from regard.papers.model import Chart
from regard.web.capable.people_held import Skilled
from regard.web.capable.people_saying import skill_said

PATHS_RANGE, DRAWS_RANGE = 0.9, 0.8  # shares of paths, and of draws, that a range holds


def course_chart(course: Course, wanted: Figure, *, who: str, unit: str, scope: str) -> Chart:
    """People of a unit month by month, with how many are wanted.

    Args:
        course: The people.
        wanted: How many are wanted.
        who: What the course is of.
        unit: What is counted, in the plural.
        scope: Whose they are, as people name it.
    """
    last = course.months[-1]
    points = zip(course.middle, course.low, course.high, strict=True)
    return curve_chart(
        CurveChart(
            reading=gettext("%(who)s to the end of %(month)s, half of the paths above and below")
            % {"who": who, "month": last},
            name=gettext("People in post"),
            scope=scope,
            unit=unit,
            x_name=gettext("Months from the end of %(month)s") % {"month": course.start},
            curves=(
                Curve(
                    gettext("Half of the paths"),
                    tuple(
                        CurvePoint(place, middle, low, high)
                        for place, (middle, low, high) in enumerate(points)
                    ),
                ),
            ),
            level=wanted.known,
            level_label=gettext("Wanted"),
            places=0,
            alt=_course_alt(course, wanted, scope),
            x_labels=_months(course.months),
            range_level=PATHS_RANGE,
        )
    )


def lapsing_chart(held: Skilled, *, scope: str) -> Chart:
    """Who is in date month by month if nobody is refreshed.

    Args:
        held: Who is trained.
        scope: Whose they are, as people name it.
    """
    months = held.currency.months
    skill = skill_said(held.skill)
    return curve_chart(
        CurveChart(
            reading=gettext("%(skill)s: in date month by month if nobody is refreshed")
            % {"skill": skill},
            name=gettext("People in date, %(skill)s") % {"skill": skill},
            scope=scope,
            unit=gettext("people"),
            x_name=gettext("Months from the end of %(month)s")
            % {"month": held.currency.holders.counted},
            curves=(
                Curve(
                    gettext("In date"),
                    tuple(
                        CurvePoint(place, many)
                        for place, many in enumerate(held.currency.in_date.tolist(), start=1)
                    ),
                ),
            ),
            places=0,
            alt=_lapsing_alt(held, scope),
            x_labels=_months(months, first=1),
        )
    )


def muster_chart(told: Mustered, *, scope: str) -> Chart:
    """PSUs raised by each hour from a call, with the commitment.

    Args:
        told: What a muster came to.
        scope: Whose it is, as people name it.
    """
    bands = told.supply.bands
    promised = told.asked.commitment
    return curve_chart(
        CurveChart(
            reading=gettext("PSUs that would stand ready, hour by hour from the call"),
            name=gettext("PSUs raised"),
            scope=scope,
            unit=gettext("PSUs"),
            x_name=gettext("Hours from the call"),
            curves=(
                Curve(
                    gettext("Half of the draws"),
                    tuple(CurvePoint(one.hour, one.median, one.low, one.high) for one in bands),
                ),
            ),
            level=promised or None,
            level_label=gettext("Commitment") if promised else "",
            places=0,
            alt=_muster_alt(told, scope),
            range_level=DRAWS_RANGE,
        )
    )


def _course_alt(course: Course, wanted: Figure, scope: str) -> str:
    return gettext(
        "People in post, %(scope)s, from %(now)s at the end of %(start)s. At the end of %(end)s "
        "half of the paths have %(middle)s or more, and nine in ten from %(low)s to %(high)s. "
        "Wanted are %(wanted)s."
    ) % {
        "scope": scope,
        "now": f"{course.middle[0]:,.0f}",
        "start": course.start,
        "end": course.months[-1],
        "middle": f"{course.middle[-1]:,.0f}",
        "low": f"{course.low[-1]:,.0f}",
        "high": f"{course.high[-1]:,.0f}",
        "wanted": wanted,
    }


def _lapsing_alt(held: Skilled, scope: str) -> str:
    told = held.currency
    return gettext(
        "People in date, %(skill)s, %(scope)s: %(first)s in %(start)s and %(last)s in %(end)s if "
        "nobody is refreshed."
    ) % {
        "skill": skill_said(held.skill),
        "scope": scope,
        "first": f"{told.in_date[0]:,.0f}",
        "start": told.months[0],
        "last": f"{told.in_date[-1]:,.0f}",
        "end": told.months[-1],
    }


def _muster_alt(told: Mustered, scope: str) -> str:
    first, last = told.supply.bands[0], told.supply.bands[-1]
    said = gettext(
        "PSUs raised, %(scope)s: %(first)s within the first hour from the call; within %(hour)s "
        "hours %(last)s, in eight draws of ten from %(low)s to %(high)s."
    ) % {
        "scope": scope,
        "first": first.median,
        "hour": last.hour,
        "last": last.median,
        "low": last.low,
        "high": last.high,
    }
    if not told.asked.commitment:
        return said
    return f"{said} " + gettext("The commitment is %(psus)s.") % {"psus": told.asked.commitment}


def _months(months: tuple[Month, ...], *, first: int = 0) -> Mapping[float, str]:
    return {place: str(one) for place, one in enumerate(months, start=first)}


def chart_rows(chart: Chart) -> dict[str, Sequence[object]]:
    """The data of a chart as a table of a page: its heads, and its rows."""
    rows = [] if chart.table is None else list(data_rows(chart.table))
    return {"heads": list(rows[0]) if rows else [], "rows": [list(one.values()) for one in rows]}
