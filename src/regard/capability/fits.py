"""Fits that are kept: how a force answers is worked out once for the records it rests on.

To fit a month of incidents takes seconds; a page must not. A fit lies in the data folder under
the digest of everything it follows from, so that one of other records is another file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from regard.capability.configured import Configured
from regard.capability.incidents import DUTY, INCIDENT, Answering, answering_of
from regard.capability.whole_files import write_whole
from regard.core.figures import Source
from regard.mobilisation.calibrating.fitting import METHOD, Fit
from regard.mobilisation.response.model import Demand, Grade
from regard.records.stated import StatedTables
from regard.records.store import Store

FOLDER = Path("capability") / "fits"  # of a data folder
FORM = 1  # of the text; another is not read


def answering_held(
    store: Store, told: Configured, *, known_at: datetime | None = None
) -> Answering:
    """How a force answers, from the fit that is kept or fitted now and kept.

    A file that cannot be read is as good as none: everything in it can be worked out again.

    Args:
        store: The record store.
        told: What the force says of itself.
        known_at: As known at that instant; None for now.

    Raises:
        NotEnoughData, NotKnown, DefinitionRefused: as `answering_of` does.
    """
    name = _name(store, told, known_at)
    place = store.home / FOLDER / f"{name}.json"
    held = _read(place, told)
    if held is not None:
        return held
    with StatedTables(store, known_at=known_at) as tables:
        made = answering_of(tables, told.force, told.aims, crew=told.crew)
    # Records that came in meanwhile may be in the fit: it is not that of the earlier name.
    if _name(store, told, known_at) == name:
        _keep(place, made)
    return made


def _name(store: Store, told: Configured, known_at: datetime | None) -> str:
    """A name of everything that a fit follows from."""
    counted = [
        (dataset, one.number, one.file_sha)
        for dataset in (INCIDENT, DUTY)
        for one in store.ledger.imports(dataset, known_at)
    ]
    inputs = [FORM, METHOD, told.force, dict(told.within), told.crew, counted]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


def _keep(place: Path, made: Answering) -> None:
    fitted = made.fitted
    text = json.dumps(
        {
            "first": made.first.isoformat(),
            "days": made.days,
            "crew": made.crew,
            "sources": [[one.kind, one.reference, one.detail] for one in made.sources],
            "demand": asdict(fitted.demand),
            "units": fitted.units,
            "alpha": fitted.alpha,
            "likely": fitted.likely,
            "missing": fitted.missing,
        }
    )
    write_whole(place, text)


def _read(place: Path, told: Configured) -> Answering | None:
    try:
        held = json.loads(place.read_text(encoding="utf-8"))
        return Answering(
            told.force,
            date.fromisoformat(held["first"]),
            held["days"],
            Fit(
                _demand(held["demand"]),
                tuple(held["units"]),
                held["alpha"],
                (held["likely"][0], held["likely"][1]),
                tuple(held["missing"]),
            ),
            held["crew"],
            tuple(Source(*one) for one in held["sources"]),
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _demand(told: dict[str, Any]) -> Demand:
    grades = tuple(
        Grade(**{**one, "rate": tuple(one["rate"]), "units": tuple(one["units"])})
        for one in told["grades"]
    )
    return Demand(grades, told["daily_spread"])
