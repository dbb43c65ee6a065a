"""Comparisons as charts: a funnel of forces, a curve of places, the waves of a survey."""

from __future__ import annotations

from collections.abc import Mapping

from regard.core.quantities import PERCENT
from regard.core.statements import together
from regard.papers.charts import Wave, WaveChart, wave_chart
from regard.papers.concentration_chart import WHOLE, ConcentrationChart, Share, concentration_chart
from regard.papers.funnel_chart import (
    GROUP,
    OTHER,
    OWN,
    FunnelChart,
    FunnelLimit,
    FunnelPoint,
    funnel_chart,
)
from regard.papers.model import Chart
from regard.plan.waves import WavesRead
from regard.signals.comparing import Concentration, Funnel, Placed
from regard.signals.comparing.funnel import OF_ALL, OF_GROUP, OF_TYPICAL
from regard.signals.comparing.placed import INSIDE
from regard.signals.tallies import places_for

CENTRES = {OF_ALL: "all areas", OF_GROUP: "the areas drawn", OF_TYPICAL: "a typical area"}
STATES = {"inside": "inside the 95% limits", "between": "95% limits", "beyond": "99.8% limits"}


def chart_of_funnel(found: Funnel, *, name: str, when: str, names: Mapping[str, str]) -> Chart:
    """A funnel with the force it is about, its group and the others apart.

    Args:
        found: The funnel.
        name: What is measured, as the chart prints it.
        when: The period, as the chart prints it.
        names: Names of areas as the chart prints them.
    """
    like, *_ = found.areas
    told = found.statements(names)
    here = names.get(found.about, found.about)
    points = [_point(one, found, names) for one in found.areas]
    return funnel_chart(
        FunnelChart(
            reading=next((one for one in told if here and str(one).startswith(here)), told[0]),
            name=name,
            scope=f"{len(found.areas)} areas, {when}",
            unit=found.target.unit,
            base_name=like.value.parts[-1].unit.capitalize(),
            points=tuple(points),
            limits=tuple(
                FunnelLimit(
                    one.base, one.inner_lower, one.inner_upper, one.outer_lower, one.outer_upper
                )
                for one in found.curve
            ),
            centre=found.target.known,
            centre_label=CENTRES.get(found.centre, "centre"),
            places=places_for(found.target.known, found.target.unit),
            id="funnel",
        )
    )


def _point(one: Placed, found: Funnel, names: Mapping[str, str]) -> FunnelPoint:
    return FunnelPoint(
        name=names.get(one.area, one.area),
        base=one.base,
        value=one.value.value,
        kind=_kind(one.area, found),
        state=_state(one),
    )


def _kind(area: str, found: Funnel) -> str:
    if area == found.about:
        return OWN
    return GROUP if found.similar is not None else OTHER


def _state(one: Placed) -> str:
    said = STATES[one.position]
    return said if one.position == INSIDE else f"{one.side} the {said}"


def chart_of_concentration(found: Concentration, *, name: str, scope: str) -> Chart:
    """The curve of places against crimes, beside chance alone where that is known.

    Args:
        found: The concentration.
        name: What was counted, as it stands within a sentence.
        scope: The area and the months.
    """
    over_all = found.all.value is not None
    marks = tuple(
        Share(
            crime=one.share.known,
            places=(one.of_all if over_all else one.of_any).known,
            by_chance=one.by_chance.value,
        )
        for one in found.held
    )
    kinds = f"{found.place}s" if over_all else f"{found.place}s with at least one"
    return concentration_chart(
        ConcentrationChart(
            reading=found.statements()[0],
            name=name,
            scope=scope,
            places_name=kinds,
            curve=_in_percent(found.curve),
            chance_curve=_in_percent(found.chance_curve),
            marks=marks,
            id="concentration",
        )
    )


def _in_percent(curve: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Shares of places and of crimes in per cent, less what summing adds beyond the whole."""
    return tuple((min(WHOLE, WHOLE * one), min(WHOLE, WHOLE * other)) for one, other in curve)


def chart_of_waves(found: WavesRead, *, area: str, target: float | None = None) -> Chart:
    """The waves of a survey, each with the range that holds the truth.

    Args:
        found: The waves.
        area: The area's name, as the chart prints it.
        target: The level to be reached, in per cent.
    """
    waves = []
    for one in found.waves:
        figure, span = one.share.figure, one.share.figure.interval
        waves.append(
            Wave(
                label=f"{one.share.wave.ended.start:%b %Y}",
                value=figure.value,
                lower=None if span is None else span.low,
                upper=None if span is None else span.high,
                why_missing=figure.missing,
            )
        )
    return wave_chart(
        WaveChart(
            reading=together(found.statements()[:1]),
            name=found.waves[-1].share.question.name,
            scope=area,
            unit=PERCENT,
            waves=tuple(waves),
            target=target,
            id="waves",
        )
    )
