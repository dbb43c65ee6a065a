"""Facts that one paper prints of three units, as they stand in `worked.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Fact:
    """A number as a paper prints it.

    Attributes:
        value: The number.
        paragraph: Where it stands.
        said: What the paper says of it beside the number.
        month: The month ahead in which it happens, from 1; 0 where it does not say.
    """

    value: float
    paragraph: int
    said: str = ""
    month: int = 0


@dataclass(frozen=True)
class Unit:
    """A unit: what is printed of it, and what is assumed.

    Attributes:
        scope: What it is called.
        who: Who they are, in the plural.
        facts: The printed numbers by what they are.
        upskilled: Who is on the way, by when.
        by: The month, `YYYY-MM`, that the paper names; empty where it names none.
        assumed: What is assumed, by what it is.
    """

    scope: str
    who: str
    facts: Mapping[str, Fact]
    upskilled: tuple[Fact, ...]
    by: str
    assumed: Mapping[str, Any]


@dataclass(frozen=True)
class PrintedTable:
    """A table as printed.

    Attributes:
        name: `A`, or `B`.
        paragraph: Where it stands.
        strength: People by force.
        rows: By row, a number for each force and last the total.
    """

    name: str
    paragraph: int
    strength: tuple[float, ...]
    rows: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Regional:
    """A unit that several forces make up.

    Attributes:
        scope: What it is called.
        who: Who they are, in the plural.
        unit: Its code in the records.
        forces: The forces, in the order of the tables.
        share: The share of core posts (0 to 1) from which uplift counts.
        core, with_uplift: Posts by force.
        tables: The tables as printed.
    """

    scope: str
    who: str
    unit: str
    forces: tuple[str, ...]
    share: float
    core: tuple[float, ...]
    with_uplift: tuple[float, ...]
    tables: tuple[PrintedTable, ...]


@dataclass(frozen=True)
class Worked:
    """What there is to be worked out again.

    Attributes:
        paper: The paper that prints it.
        as_at: The day to which its figures are true.
        counted: The month, `YYYY-MM`, at whose end they were counted.
        seed: The name of the luck.
        firearms, specialists, regional: The three units.
    """

    paper: str
    as_at: date
    counted: str
    seed: int
    firearms: Unit
    specialists: Unit
    regional: Regional


@cache
def worked_facts() -> Worked:
    """The facts that are shipped."""
    raw = tomllib.loads(Path(__file__).with_name("worked.toml").read_text(encoding="utf-8"))
    region = raw["regional"]
    tables = tuple(
        PrintedTable(
            one["name"],
            one["paragraph"],
            tuple(one["strength"]),
            {name: tuple(row) for name, row in one["printed"].items()},
        )
        for one in region["tables"]
    )
    return Worked(
        paper=raw["paper"],
        as_at=raw["as_at"],
        counted=raw["counted"],
        seed=raw["seed"],
        firearms=_unit(raw["firearms"]),
        specialists=_unit(raw["specialists"]),
        regional=Regional(
            scope=region["scope"],
            who=region["who"],
            unit=region["unit"],
            forces=tuple(region["forces"]),
            share=region["share"],
            core=tuple(region["core"]),
            with_uplift=tuple(region["with_uplift"]),
            tables=tables,
        ),
    )


def _unit(raw: Mapping[str, Any]) -> Unit:
    facts = {name: Fact(**one) for name, one in raw.items() if isinstance(one, dict)
             and "paragraph" in one}  # fmt: skip
    upskilled = tuple(Fact(**one) for one in raw.get("upskilled", ()))
    return Unit(raw["scope"], raw["who"], facts, upskilled, raw.get("by", ""), raw["assumed"])
