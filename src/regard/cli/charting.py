"""`regard measure chart` and `pack`: one measure as a picture, and all of them together."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated, Any

import typer

from regard.board.comparing import chart_of_waves
from regard.board.drawing import reading_chart
from regard.board.pack import panel_of
from regard.board.pictures import data_rows, picture
from regard.cli.asking import (
    Area,
    Baselines,
    From,
    Named,
    To,
    baselines_of,
    counter_of,
    series_of,
    whole,
)
from regard.cli.drawn import area_named, kind_of
from regard.cli.nouns import noun
from regard.cli.output import (
    AsCsv,
    AsJson,
    KnownAt,
    ProgressBar,
    Shape,
    day,
    shape_of,
    show,
    write_new,
)
from regard.core.periods import FinancialYear, Month
from regard.core.series import Series
from regard.core.statements import Statement
from regard.papers.model import Chart
from regard.papers.pack_sheet import Sheet, sheet_charts
from regard.plan.enquiry import is_in_waves
from regard.plan.loading import load
from regard.plan.model import Plan
from regard.plan.packs import Pack, fresh, pack_of
from regard.plan.waves import waves_of
from regard.records.counting import Counter
from regard.signals import Reading, read
from regard.signals.methods import BY_KIND
from regard.signals.pack.tiers import TIERS
from regard.signals.yearend import FanMonth, year_end

FOR_PEOPLE = (
    "tier", "measure", "area", "value", "unit", "lower", "upper", "state", "step_proposed",
)  # fmt: skip

app = noun()


@app.command("chart")
def chart_(
    ctx: typer.Context,
    name: Named,
    area: Area,
    out: Annotated[Path, typer.Option(help="A new file that ends with .svg or .png.")],
    start: From = "",
    to: To = "",
    known_at: KnownAt = "",
    baseline: Baselines = None,
    method: Annotated[
        str, typer.Option(help="How it is read, such as nhs-making-data-count.")
    ] = BY_KIND,
    target: Annotated[
        float | None, typer.Option(help="The level that a month should reach, in the unit shown.")
    ] = None,
    year: Annotated[
        str, typer.Option(help="Draw the months to come of this financial year too.")
    ] = "",
    data: Annotated[
        Path | None, typer.Option(help="A new CSV file for the data that are drawn.")
    ] = None,
) -> None:
    """Draw a measure as a picture with its alternative text, and write its data beside it."""
    kind = kind_of(out)
    with counter_of(ctx, known_at) as counter:
        if is_in_waves(counter.measure(name)):
            made = _of_waves(counter, name, area, start, to, target)
        else:
            series = series_of(counter, name, area, start, to)
            steps = baselines_of(baseline, series)
            made = reading_chart(
                read(series, baselines=steps, target=target, method=method),
                area=area_named(area),
                anchor=f"chart-{name}",
                target=target,
                fan=() if not year else _fan(series, FinancialYear.parse(year), steps),
            )
    write_new(picture(made, kind), out)
    if data is not None:
        write_new(_data(made), data)
    typer.echo(f"{made.reading}\n\nAlternative text: {made.alt}")


def _of_waves(
    counter: Counter, name: str, area: str, start: str, to: str, target: float | None
) -> Chart:
    first = Month.parse(start) if start else None
    found = waves_of(counter, name, area, start=first, to=day(to) if to else None)
    return chart_of_waves(found, area=area_named(area), target=target)


def _fan(series: Series, year: FinancialYear, steps: tuple[Month, ...]) -> tuple[FanMonth, ...]:
    return year_end(series, year, baselines=steps).fan


def _data(made: Chart) -> bytes:
    if made.table is None:
        return b""
    rows = list(data_rows(made.table))
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


@app.command("pack")
def pack_(
    ctx: typer.Context,
    area: Annotated[
        list[str] | None,
        typer.Option(help="A force, or force/local-area; may be repeated; all if left out."),
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option(help="A measure; may be repeated; all if left out.")
    ] = None,
    month: Annotated[
        str, typer.Option(help="The month that is tested, such as 2019-06; the usual last one.")
    ] = "",
    sheet: Annotated[
        Path | None, typer.Option(help="A new .svg file for small charts; further pages beside it.")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(help="A plan file, whose accepted steps are taken.")
    ] = None,
    known_at: KnownAt = "",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Read every measure of every area together, and say which months stand out over them all."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    kind = "" if sheet is None else kind_of(sheet)
    steps = {} if plan is None else _steps(load(plan))
    with counter_of(ctx, known_at) as counter, ProgressBar() as progress:
        found = pack_of(
            counter,
            measures=measure or (),
            areas=area or (),
            month=Month.parse(month) if month else None,
            steps=steps,
            progress=progress,
        )
    rows = _rows(found)
    brief = ({key: row[key] for key in FOR_PEOPLE} for row in rows)
    show(brief if shape is Shape.TABLE else rows, shape=shape)
    if shape is Shape.TABLE:
        typer.echo(f"\n{found.tiers.family.statement()}")
    if found.left_out:
        typer.echo(
            f"Left out, as no month of them can be counted: {len(found.left_out)}.", err=True
        )
    if sheet is not None:
        _write_sheet(found, sheet, kind)


def _steps(plan: Plan) -> dict[tuple[str, str], list[Month]]:
    """The first months of the levels that a plan accepts, by measure and area."""
    found: dict[tuple[str, str], list[Month]] = {}
    for one in plan.baselines:
        found.setdefault((one.measure, one.area), []).append(one.start)
    return found


def _in_order(found: Pack) -> list[int]:
    """The places of the readings: headlines first, then as they were read."""
    tier = found.tiers.tier
    return sorted(range(len(found.readings)), key=lambda at: (TIERS.index(tier[at]), at))


def _rows(found: Pack) -> list[dict[str, Any]]:
    return [
        _row(found.readings[at], str(found.tiers.tier[at]), float(found.tiers.adjusted[at]))
        for at in _in_order(found)
    ]


def _row(reading: Reading, tier: str, adjusted: float) -> dict[str, Any]:
    series, latest, newest = reading.series, reading.latest, fresh(reading)
    level = (reading.levels or reading.segments)[-1]
    return {
        "tier": tier,
        "measure": series.measure,
        "area": series.scope,
        "month": latest.month.iso,
        "value": whole(latest.value, series.kind),
        "unit": series.unit,
        "expected": latest.centre,
        "lower": latest.lower,
        "upper": latest.upper,
        "chance": reading.chance,
        "adjusted_chance": None if adjusted != adjusted else adjusted,  # noqa: PLR0124 - NaN
        "signals": ", ".join(latest.signals),
        "state": reading.state or reading.variation,
        "average": level.mean,
        "average_since": level.start.iso,
        "step_proposed": newest[-1].month.iso if newest else "",
        "method": str(reading.method),
        "words": " ".join(str(one) for one in reading.statements()),
    }


def _write_sheet(found: Pack, out: Path, kind: str) -> None:
    several = len({one.series.scope for one in found.readings}) > 1
    panels = [
        panel_of(reading, scope=area_named(reading.series.scope) if several else "")
        for reading in (found.readings[at] for at in _in_order(found))
    ]
    title = Statement.of("Every measure by the month, to {month}", month=found.month)
    charts = sheet_charts(Sheet(reading=title, panels=tuple(panels), id="pack"))
    for number, chart in enumerate(charts, start=1):
        page = out if number == 1 else out.with_stem(f"{out.stem}-{number}")
        write_new(picture(chart, kind), page)
