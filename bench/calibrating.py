"""Weeks kept out of a fit, replayed: a real city, and the generated force of the example.

    python -m bench.calibrating            both; writes evidence
    python -m bench.calibrating --small    few replications, nothing written

Aims of the real city are ours, for its file holds none: 10, 20, 40 and 60 minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np

from bench.children import ROOT
from bench.figures import Line, measured, record
from bench.table import printed
from regard.capability.incidents import aims_of, recorded_of, roster_of
from regard.capability.invented import write_incidents
from regard.examples import west_midlands_capability as example
from regard.mobilisation.calibrating.fitting import Aim, Fitted, fit
from regard.mobilisation.calibrating.recorded import Recorded, recorded
from regard.mobilisation.calibrating.replaying import Replay, replay, share_inside
from regard.records.imports import import_files
from regard.records.stated import StatedTables
from regard.records.store import Store

FILE = ROOT.parent / "shared" / "data" / "cad_us_city_2025_weeks35-43.parquet"
CITY = tuple(Aim(f"P{one}", within) for one, within in enumerate((10.0, 20.0, 40.0, 60.0), 1))
FIRST, BEGINS = 35, datetime(2025, 8, 24, tzinfo=UTC)
SUNDAY = 144  # the hour of the week at which the city's weeks begin
WEEK, DAY = 168, 24
KNOWN, KEPT_OUT = 28, 42  # days of the generated force
REPLAYS, FEW = 200, 20
SEED = 20_261_122


def city(first: int, last: int, *, careful: bool = True) -> Recorded:
    """Police incidents of some weeks of the city; of a careful reader those that somebody called.

    Args:
        first, last: Weeks of the year, both included.
        careful: Whether work that officers raise themselves is left out.
    """
    calls = " AND call_reception <> 'OFFICER'" if careful else ""
    rows = duckdb.sql(
        "SELECT epoch(received_at), priority, epoch(queued_at), epoch(dispatched_at), "
        f"epoch(arrived_at), epoch(first_cleared_at) FROM '{FILE}' WHERE agency = 'POLICE' "
        f"AND priority IN (1, 2, 3, 4){calls}"
    ).fetchall()
    table = np.array([[np.nan if cell is None else float(cell) for cell in row] for row in rows])
    start, end = ((BEGINS + timedelta(weeks=one - FIRST)).timestamp() for one in (first, last + 1))
    table = table[(table[:, 0] >= start) & (table[:, 0] < end)]
    at, _, ready, sent, arrived, cleared = ((table - start) / 60).T
    return recorded(
        start=SUNDAY, hours=(last + 1 - first) * WEEK, grades=tuple(one.grade for one in CITY),
        at=at, grade=table[:, 1].astype(int) - 1, ready=ready, sent=sent, arrived=arrived,
        cleared=cleared,
    )  # fmt: skip


def generated(folder: Path) -> tuple[Fitted, Recorded]:
    """The example's force, fitted on four weeks of its records, and the two weeks after them."""
    told, store = example.recipe(), Store(folder)
    rows = example.written(folder / "rows")
    for file, mapping in (*rows.pairs, write_incidents(told, folder / "rows")):
        import_files(store, [file], mapping=mapping, label=told.label)
    aims = aims_of({one.name: one.within for one in told.grades})
    with StatedTables(store) as tables:
        _, records, _ = recorded_of(tables, told.force, [one.grade for one in aims])
        roster, _ = roster_of(tables, told.force)
    units = [one / told.crew for one in roster or ()]
    return fit(records.between(0, KNOWN), aims, roster=units), records.between(KNOWN, KEPT_OUT)


def of_replay(name: str, told: Replay, fitted: Fitted, replays: int) -> list[Line]:
    """The three figures of one replay."""
    lacking = "; ".join(
        f"{aim.grade} {100 * share:.0f}%"
        for aim, share in zip(fitted.aims, fitted.missing, strict=True)
    )
    note = (
        f"observed {100 * told.observed:.1f}%; alpha {fitted.alpha:g}, as good from "
        f"{fitted.likely[0]:g} to {fitted.likely[1]:g}; without a time: {lacking}; "
        f"{replays} replays"
    )
    outside = sorted((one for one in told.of_day if not one.inside), key=lambda one: -one.incidents)
    missed = ", ".join(f"{one.grade} from {4 * one.block} o'clock" for one in outside) or "none"
    return [
        measured(f"capability.replay.{name}.cells", 100 * told.inside, n=len(told.cells),
                 seed=SEED, note=note),
        measured(f"capability.replay.{name}.of-day", 100 * share_inside(told.of_day),
                 n=len(told.of_day), seed=SEED, note=f"outside: {missed}"),
        measured(f"capability.replay.{name}.apart", abs(told.apart),
                 n=sum(one.incidents for one in told.of_day), seed=SEED, note=note),
    ]  # fmt: skip


def lines(folder: Path, *, small: bool = False) -> list[Line]:
    """Every replay, and what a careless reader would have said.

    Args:
        folder: For the generated records.
        small: Few replications.
    """
    replays, found = FEW if small else REPLAYS, []
    fitted, kept_out = generated(folder)
    told = replay(fitted, kept_out, replications=replays, seed=SEED)
    found += of_replay("generated", told, fitted, replays)
    if not FILE.is_file():
        print(f"not measured: {FILE.name} is not here", flush=True)
        return found
    for name, known, after in (("city-1", (35, 38), (39, 40)), ("city-2", (41, 42), (43, 43))):
        fitted = fit(city(*known), CITY)
        told = replay(fitted, city(*after), replications=replays, seed=SEED)
        found += of_replay(name, told, fitted, replays)
    rises = [
        100 * (len(city(41, 42, careful=careful)) / len(city(39, 40, careful=careful)) - 1)
        for careful in (False, True)
    ]
    found.append(
        measured("capability.replay.careless.demand", rises[0], peer=("careful", rises[1]),
                 note=f"of calls, parking complaints alone rose {_parking()}: another change of "
                 "what is recorded, which who leaves officers' own work out still takes for demand")
    )  # fmt: skip
    careless = replay(
        fit(city(35, 38, careful=False), CITY), city(41, 43, careful=False),
        replications=replays, seed=SEED,
    )  # fmt: skip
    found.append(measured("capability.replay.careless.apart", abs(careless.apart), seed=SEED))
    return found


def _parking() -> str:
    """Parking complaints that somebody called about, in two weeks before the change and after."""
    before, after = duckdb.sql(
        "SELECT count(*) FILTER (week IN (39, 40)), count(*) FILTER (week IN (41, 42)) "
        f"FROM '{FILE}' WHERE agency = 'POLICE' AND call_reception <> 'OFFICER' "
        "AND problem = 'PARKING COMPLAINT'"
    ).fetchall()[0]
    return f"from {before:,} to {after:,}"


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write the lines."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.calibrating", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--small", action="store_true", help="few replays, nothing written")
    small = parser.parse_args(arguments).small
    with tempfile.TemporaryDirectory(prefix="regard-bench-") as folder:
        found = lines(Path(folder), small=small)
    printed(found)
    if not small:
        record(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
