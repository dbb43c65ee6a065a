"""What is counted: measures as data, read from TOML and refused where they do not fit.

A measure names a dataset, the rows that count, and what the source of those rows must
have supplied before a figure may be given at all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from regard.core.errors import DefinitionRefused, FileUnreadable, shown
from regard.core.series import COUNT, KINDS, POLARITIES, PROPORTION, RATE, WEIGHTED
from regard.records.contracts import Column, Contract, contracts

SHIPPED = Path(__file__).with_name("measures")
POPULATION = "population"  # the dataset that holds the residents of a rate
AREA_SCOPES = ("force", "local-area")
IN, NOT_IN, FILLED = "in", "not_in", "filled"
MONTH, QUARTER, WAVE = "month", "quarter", "wave"
CADENCES = (MONTH, QUARTER, WAVE)
Code = str | int | bool

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_CODED = {"text": str, "code": str, "month": str, "boolean": bool, "integer": int}
_SUMMED = ("integer", "number")


@dataclass(frozen=True)
class Condition:
    """One thing a row must meet: a column holds one of some codes, none of them, or anything.

    An empty cell is never *in* a list, and is always *not in* it.
    """

    column: str
    rule: str
    codes: tuple[Code, ...] = ()

    def __str__(self) -> str:
        if self.rule == FILLED:
            return f"{self.column} is filled in"
        told = [
            {True: "yes", False: "no"}[code] if isinstance(code, bool) else str(code)
            for code in self.codes
        ]
        listed = told[0] if len(told) == 1 else f"one of {', '.join(told)}"
        return f"{self.column} is {'not ' if self.rule == NOT_IN else ''}{listed}"


@dataclass(frozen=True)
class Measure:
    """What is counted, and what must be known before the count may be believed.

    Attributes:
        id, name, unit: Its identifier, its name in print, the unit of its values.
        kind: `count` (rows, or the sum of `value`), `rate` (per so many residents),
            `proportion` (per cent) or `weighted-sum` (rows times a weight by code).
        better: Which direction is better: `lower`, `higher` or `neither`.
        dataset: The dataset that is counted.
        filter: The rows that count; all of them must hold.
        numerator: Of those, the rows that a proportion is of.
        value, base: Columns summed instead of rows; both for a survey's proportion.
        per: Residents that a rate is given for, such as 1,000.
        weights, key: The dataset of weights, and the column whose code finds the weight.
        every: How often a source reports: by `month`, `quarter` or survey `wave`.
        scopes: Which areas it is counted for: `force`, `local-area`.
        smallest_cell: Smallest count (base, for a proportion) shown in a published table.
        since, until: The first and last month (`YYYY-MM`) in which its codes were in use.
        method: How it is counted, with a version; figures of different methods do not compare.
        requires: What a source must have supplied, each with at least one of its codes.
        of: The count that a rate is made of.
        otherwise: Definitions to be tried, in order, for a source that does not supply what
            this one requires. Each has a method of its own.
        narrowing: Conditions added by `narrowed`; never in a file.
        source, description: Where the definition comes from, and what it means.
    """

    id: str
    name: str
    unit: str
    kind: str
    better: str
    dataset: str
    method: str
    source: str
    description: str
    filter: tuple[Condition, ...] = ()
    numerator: tuple[Condition, ...] = ()
    value: str = ""
    base: str = ""
    per: int = 0
    weights: str = ""
    key: str = ""
    every: str = MONTH
    scopes: tuple[str, ...] = ("force",)
    smallest_cell: int = 0
    since: str = ""
    until: str = ""
    requires: tuple[Condition, ...] = ()
    of: str = ""
    otherwise: tuple[Measure, ...] = ()
    narrowing: tuple[Condition, ...] = ()

    @property
    def definitions(self) -> tuple[Measure, ...]:
        """This definition and those that may stand in for it, in order."""
        return (self, *self.otherwise)

    @property
    def needs(self) -> tuple[Condition, ...]:
        """Everything a source must have supplied: what is required, and what is counted by.

        A source that never supplied any code of a condition cannot be told from one that
        does not record it, so its count would be a guess and not nought.
        """
        counted = [
            one
            for one in (*self.filter, *self.numerator)
            if one.rule != NOT_IN and one not in self.narrowing
        ]
        filled = [Condition(name, FILLED) for name in (self.value, self.base, self.key) if name]
        return tuple(dict.fromkeys((*self.requires, *counted, *filled)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that its rows must carry."""
        return tuple(dict.fromkeys(one.column for one in self.needs))

    def narrowed(self, column: str, codes: Iterable[Code]) -> Measure:
        """The same measure of fewer rows: those whose column holds one of the codes.

        It carries the narrowing in its identifier and name, so that its figures do not
        compare with those of the whole. Its source need not have supplied these codes
        before: none of them in a count that is whole otherwise is nought.
        """
        extra = Condition(column, IN, tuple(codes))
        return replace(
            self,
            id=f"{self.id} where {extra}",
            name=f"{self.name}, {extra}",
            filter=(*self.filter, extra),
            requires=(*self.needs, Condition(column, FILLED)),
            narrowing=(*self.narrowing, extra),
            otherwise=tuple(one.narrowed(column, codes) for one in self.otherwise),
        )

    @property
    def counts(self) -> str:
        """What its rows are: answers, or the offences or incidents of which its unit speaks."""
        if self.base:
            return "answers"
        return "offences" if self.kind == PROPORTION else self.unit.split(" per ")[0]

    @property
    def counted(self) -> str:
        """The rows that count, in words; empty if every row does."""
        return " and ".join(str(one) for one in self.filter)


def measures(*folders: Path) -> Mapping[str, Measure]:
    """Every measure that Regard ships and every one in the folders given, by identifier.

    Raises:
        DefinitionRefused: a file breaks a rule, or an identifier is used twice.
    """
    return _measures((SHIPPED, *folders)) if folders else _shipped()


@cache
def _shipped() -> Mapping[str, Measure]:
    return _measures((SHIPPED,))


def _measures(folders: Iterable[Path]) -> Mapping[str, Measure]:
    files = [file for folder in folders for file in sorted(folder.glob("*.toml"))]
    return MappingProxyType(measures_in(files, contracts()))


@dataclass(frozen=True)
class _Place:
    """Where in which file a definition stands, for a message that can be acted on."""

    file: str
    number: int
    id: str

    def refused(self, what: str, *, expected: str, next_step: str = "") -> DefinitionRefused:
        return DefinitionRefused(
            f"{self.file}: measure {self.number} ({self.id}) {what}",
            expected=expected,
            next_step=next_step,
        )


def measures_in(files: Iterable[Path], datasets: Mapping[str, Contract]) -> dict[str, Measure]:
    """The measures of some files, checked against the contracts of their datasets.

    Raises:
        FileUnreadable: a file is not there, or may not be read.
        DefinitionRefused: the message names the file, the measure and the value.
    """
    tables: dict[str, tuple[_Place, dict]] = {}
    for file in files:
        for number, table in enumerate(_tables(file), start=1):
            place = _Place(file.name, number, str(table.get("id", "without an id")))
            if place.id in tables:
                raise place.refused(
                    f"repeats an identifier of {tables[place.id][0].file}",
                    expected="an identifier of its own for every measure",
                )
            tables[place.id] = (place, table)
    return {
        name: _measure(place, _inherited(place, table, tables), datasets)
        for name, (place, table) in tables.items()
    }


def _tables(file: Path) -> list[dict]:
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileUnreadable(
            f"{file} cannot be read: {error.strerror or error}",
            expected="a TOML file of measures",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionRefused(
            f"{file.name} cannot be read as TOML: {error}", expected="a TOML file in UTF-8"
        ) from error
    tables = read.pop("measure", None)
    if read or not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise DefinitionRefused(
            f"{file.name} holds {', '.join(read) or 'no list of measures'}",
            expected="[[measure]] tables and nothing else",
        )
    return tables


def _inherited(place: _Place, table: dict, tables: Mapping[str, tuple[_Place, dict]]) -> dict:
    """A table with what it takes over from the count it is made of."""
    name = table.get("of", "")
    if not name:
        return table
    if name not in tables or tables[name][1].get("kind") != COUNT:
        raise place.refused(
            f"is made of {shown(name)}", expected="the identifier of a measure of kind count"
        )
    taken = ("dataset", "filter", "requires", "value", "every", "scopes", "otherwise")
    above = tables[name][1]
    method = {"method": f"rate-of-{above.get('method', '')}"}
    return {key: above[key] for key in taken if key in above} | method | table


def _measure(place: _Place, table: Mapping, datasets: Mapping[str, Contract]) -> Measure:
    known = {one.name for one in fields(Measure)} - {"narrowing"}
    for key in table:
        if key not in known:
            raise place.refused(
                f"has an unknown key {shown(key)}", expected=f"one of {', '.join(sorted(known))}"
            )
    for key in ("id", "name", "unit", "kind", "better", "dataset", "method", "source"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise place.refused(
                f"gives no {key}",
                expected='source = "publication, paragraph" for every measure'
                if key == "source"
                else f"{key} as text",
            )
    dataset = datasets.get(table["dataset"])
    if dataset is None:
        raise place.refused(
            f"counts the dataset {shown(table['dataset'])}",
            expected=f"one of {', '.join(sorted(datasets))}",
        )
    columns = {column.name: column for column in dataset.columns}
    lists: dict[str, Any] = {
        key: _conditions(place, key, table.get(key, []), columns)
        for key in ("filter", "numerator", "requires")
    }
    plain: dict[str, Any] = {
        k: v for k, v in table.items() if k not in (*lists, "otherwise", "scopes")
    }
    plain.setdefault("description", "")
    measure = Measure(**plain, **lists, scopes=tuple(table.get("scopes", ("force",))))
    _must_be_sound(place, measure)
    _must_fit(place, measure, columns, datasets)
    others = [_other(place, measure, one, columns) for one in table.get("otherwise", [])]
    for one in others:
        _must_be_sound(place, one)
    return replace(measure, otherwise=tuple(others))


def _other(
    place: _Place, measure: Measure, table: Mapping, columns: Mapping[str, Column]
) -> Measure:
    """A definition that stands in for another: other rows, by another method."""
    allowed = {"filter", "requires", "method", "description", "since", "until"}
    wrong = set(table) - allowed
    if wrong or not table.get("method") or not table.get("filter"):
        raise place.refused(
            f"has an otherwise with {', '.join(sorted(table)) or 'nothing'}",
            expected=f"filter and method, and at most {', '.join(sorted(allowed))}",
        )
    return replace(
        measure,
        filter=_conditions(place, "filter", table["filter"], columns),
        requires=_conditions(place, "requires", table.get("requires", []), columns),
        method=f"rate-of-{table['method']}" if measure.kind == RATE else table["method"],
        description=table.get("description", measure.description),
        since=table.get("since", measure.since),
        until=table.get("until", measure.until),
    )


def _conditions(
    place: _Place, key: str, tables: object, columns: Mapping[str, Column]
) -> tuple[Condition, ...]:
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise place.refused(
            f"has {key} = {shown(tables)}", expected='a list such as [{column = "x", in = ["y"]}]'
        )
    return tuple(_condition(place, key, one, columns) for one in tables)


def _condition(place: _Place, key: str, table: Mapping, columns: Mapping[str, Column]) -> Condition:
    rules = set(table) - {"column"}
    if len(rules) != 1 or not rules <= {IN, NOT_IN, FILLED}:
        raise place.refused(
            f"has a condition of {key} with {', '.join(sorted(table)) or 'nothing'}",
            expected="column, and one of in, not_in or filled",
        )
    column = columns.get(str(table.get("column")))
    if column is None:
        raise place.refused(
            f"asks in {key} for the column {shown(table.get('column'))}",
            expected=f"one of {', '.join(columns)}",
        )
    rule = rules.pop()
    if rule == FILLED:
        if table[FILLED] is not True:
            raise place.refused(
                f"has {column.name} filled = {shown(table[FILLED])}", expected="filled = true"
            )
        return Condition(column.name, FILLED)
    if rule == NOT_IN and key == "requires":
        raise place.refused("requires something not_in a list", expected="in or filled")
    return Condition(column.name, rule, _codes(place, column, table[rule]))


def _codes(place: _Place, column: Column, values: object) -> tuple[Code, ...]:
    wanted = _CODED.get(column.type)
    if wanted is None:
        raise place.refused(
            f"lists values of {column.name}, which is of type {column.type}",
            expected=f"a column of type {', '.join(_CODED)}",
        )
    if not isinstance(values, list) or not values:
        raise place.refused(
            f"lists {shown(values)} for {column.name}", expected="a list of one value or more"
        )
    for value in values:
        if type(value) is not wanted:
            raise place.refused(
                f"lists {shown(value)} for {column.name}", expected=f"a value of type {column.type}"
            )
        if column.allowed and value not in column.allowed:
            raise place.refused(
                f"lists {shown(value)}, which {column.name} does not allow",
                expected=f"one of {', '.join(sorted(map(str, column.allowed)))}",
            )
    return tuple(dict.fromkeys(values))


def _must_be_sound(place: _Place, one: Measure) -> None:
    """Refuse words and numbers that are not of their closed lists."""
    cells = one.smallest_cell if type(one.smallest_cell) is int else -1
    checks = (
        (bool(_ID.fullmatch(one.id)), "id", one.id, "small letters, digits and single hyphens"),
        (one.kind in KINDS, "kind", one.kind, f"one of {', '.join(KINDS)}"),
        (one.better in POLARITIES, "better", one.better, f"one of {', '.join(POLARITIES)}"),
        (one.every in CADENCES, "every", one.every, f"one of {', '.join(CADENCES)}"),
        (set(one.scopes) <= set(AREA_SCOPES), "scopes", one.scopes, ", ".join(AREA_SCOPES)),
        (cells >= 0, "smallest_cell", one.smallest_cell, "a whole number, 0 or more"),
        (any(c.isdigit() for c in one.method), "method", one.method, "a name and a version"),
        (_is_month(one.since), "since", one.since, "a month such as 2013-05"),
        (_is_month(one.until), "until", one.until, "a month such as 2013-04"),
    )
    for holds, key, value, expected in checks:
        if not holds:
            raise place.refused(f"has {key} {shown(value)}", expected=expected)


def _is_month(text: object) -> bool:
    return text == "" or (isinstance(text, str) and bool(_MONTH.fullmatch(text)))


def _must_fit(
    place: _Place, one: Measure, columns: Mapping[str, Column], datasets: Mapping[str, Contract]
) -> None:
    """Refuse keys that a measure of this kind cannot use, and columns that cannot be summed."""
    survey = bool(one.value and one.base)
    fits = {
        COUNT: not (one.numerator or one.base or one.per or one.weights),
        RATE: one.per > 0 and not (one.numerator or one.base or one.weights),
        PROPORTION: bool(one.numerator) != survey
        and not (one.per or one.weights)
        and bool(one.value) == bool(one.base),
        WEIGHTED: bool(one.weights and one.key) and not (one.numerator or one.base or one.per),
    }[one.kind]
    if not fits:
        given = [
            k for k in ("numerator", "value", "base", "per", "weights", "key") if getattr(one, k)
        ]
        raise place.refused(
            f"is a {one.kind} with {', '.join(given) or 'nothing to divide or weigh by'}",
            expected={
                COUNT: "at most a value column to sum",
                RATE: "per, and at most a value column to sum",
                PROPORTION: "either a numerator, or value and base columns",
                WEIGHTED: "weights and key, and at most a value column to sum",
            }[one.kind],
        )
    if one.weights and one.weights not in datasets:
        raise place.refused(
            f"weighs by the dataset {shown(one.weights)}",
            expected=f"one of {', '.join(sorted(datasets))}",
        )
    for key, types in (("value", _SUMMED), ("base", _SUMMED), ("key", ("code", "text"))):
        name = getattr(one, key)
        if name and (name not in columns or columns[name].type not in types):
            found = columns[name].type if name in columns else "no column of the dataset"
            raise place.refused(
                f"has {key} {shown(name)}, which is {found}",
                expected=f"a column of type {' or '.join(types)}",
            )
