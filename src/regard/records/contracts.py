"""Datasets as contracts: columns, types, units, allowed codes, what is missing and what is zero."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from regard.core.errors import DefinitionRefused, NotKnown
from regard.records.forces import forces

STORED_AS = {  # the type of a column in a contract -> its type in Parquet
    "text": "VARCHAR",
    "code": "VARCHAR",
    "month": "VARCHAR",
    "date": "DATE",
    "instant": "TIMESTAMP",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}
RESERVED = ("import_number", "row_number")  # columns the store itself adds to every row
_CONTRACT_KEYS = {
    "id",
    "name",
    "description",
    "columns",
    "source_column",
    "month_column",
    "part_column",
    "area_column",
    "months_apart",
}
_COLUMN_KEYS = {
    "name",
    "type",
    "required",
    "unit",
    "allowed",
    "allowed_from",
    "minimum",
    "maximum",
    "ahead",
    "default",
    "description",
    "missing",
}


@dataclass(frozen=True)
class Column:
    """One column of a contract.

    Attributes:
        name: As stored.
        type: One of `text`, `code`, `month`, `date`, `instant`, `integer`, `number`, `boolean`.
            A month is text `YYYY-MM`; an instant is UTC.
        required: Whether an empty cell is refused.
        unit: Unit of a quantity; empty for words and codes.
        allowed: The closed list of codes; None if the list is open.
        minimum, maximum: Bounds of a number, both included; None if there is none.
        ahead: Whether a month, day or instant may lie in the future, as a day of expiry does.
        default: What stands where the cell is empty; None if it stays empty.
        description: What the column says.
        missing: What an empty cell means.
    """

    name: str
    type: str
    required: bool = False
    unit: str = ""
    allowed: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    ahead: bool = False
    default: str | None = None
    description: str = ""
    missing: str = ""

    @property
    def stored_as(self) -> str:
        """The type of the column in Parquet."""
        return STORED_AS[self.type]


@dataclass(frozen=True)
class Contract:
    """A dataset: what its rows are and what may stand in them.

    Attributes:
        id, name, description: What the dataset is called and what one row is.
        columns: In the order in which they are stored.
        source_column: Who supplied the row: a force, or the vintage or edition of a look-up.
        month_column: The month a row belongs to; None for a dataset without months.
        part_column: A code that splits a source's month into parts which may come in separate
            imports, as surveys do; None if a month comes whole.
        area_column: The area code whose absence is counted; None if rows have no area.
        months_apart: Months from one supply to the next: 1 monthly, 3 quarterly, 12 yearly,
            0 where no rhythm is expected, so that no month counts as missing.
    """

    id: str
    name: str
    description: str
    columns: tuple[Column, ...]
    source_column: str
    month_column: str | None = None
    part_column: str | None = None
    area_column: str | None = None
    months_apart: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            NotKnown: the contract has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise NotKnown(f"column of {self.id}", name, self.names)


@cache
def contracts() -> dict[str, Contract]:
    """Every contract that is shipped, by its id.

    Raises:
        DefinitionRefused: a contract breaks its own rules.
    """
    folder = files("regard.records").joinpath("contracts")
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".toml"):
            contract = read_contract(entry.read_text(encoding="utf-8"), entry.name)
            found[contract.id] = contract
    return found


def contract_named(name: str) -> Contract:
    """The contract of a dataset.

    Raises:
        NotKnown: there is no such dataset.
    """
    if name not in contracts():
        raise NotKnown("dataset", name, contracts())
    return contracts()[name]


@cache
def outcomes() -> tuple[str, ...]:
    """What may become of a recorded crime: police.uk's outcome categories as slugs."""
    text = files("regard.records").joinpath("outcomes.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["outcomes"])


def read_contract(text: str, file: str) -> Contract:
    """A contract from the text of its TOML file.

    Args:
        text: The file's text.
        file: Its name, for messages.

    Raises:
        DefinitionRefused: a key is unknown or missing, a type is unknown, a name stands twice,
            a bound or a code list does not fit the type, or a special column does not exist.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionRefused(f"{file} is not TOML: {error}", expected="a TOML file") from error
    _only_known_keys(file, "the contract", raw, _CONTRACT_KEYS)
    for key in ("id", "name", "description", "source_column", "columns"):
        if not raw.get(key):
            raise DefinitionRefused(f"{file}: {key} is {raw.get(key)!r}", expected=f"a {key}")
    columns = tuple(_column(file, entry) for entry in raw["columns"])
    contract = Contract(**{**raw, "columns": columns})
    _names_hold_together(file, contract)
    return contract


def _only_known_keys(file: str, what: str, raw: dict[str, Any], known: set[str]) -> None:
    strange = sorted(set(raw) - known)
    if strange:
        raise DefinitionRefused(
            f"{file}: {what} has {', '.join(strange)}", expected=f"only {', '.join(sorted(known))}"
        )


def _column(file: str, raw: dict[str, Any]) -> Column:
    what = f"column {raw.get('name', '')!r}"
    _only_known_keys(file, what, raw, _COLUMN_KEYS)
    for key in ("name", "type", "description", "missing"):
        if not raw.get(key):
            raise DefinitionRefused(
                f"{file}: {what} has {key} {raw.get(key)!r}", expected=f"a {key} for every column"
            )
    if raw["type"] not in STORED_AS:
        raise DefinitionRefused(
            f"{file}: {what} is of type {raw['type']!r}", expected=f"one of {', '.join(STORED_AS)}"
        )
    if not raw["name"].isidentifier() or raw["name"] in RESERVED:
        raise DefinitionRefused(
            f"{file}: {what} cannot be the name of a column",
            expected=f"letters, digits and _, and not {' or '.join(RESERVED)}",
        )
    allowed = _allowed(file, what, raw)
    numeric = raw["type"] in ("integer", "number")
    if not numeric and ("minimum" in raw or "maximum" in raw):
        raise DefinitionRefused(
            f"{file}: {what} is {raw['type']} and has a minimum or maximum",
            expected="bounds on integer and number alone",
        )
    kept = {key: value for key, value in raw.items() if key not in ("allowed", "allowed_from")}
    return Column(**kept, allowed=allowed)


def _allowed(file: str, what: str, raw: dict[str, Any]) -> tuple[str, ...] | None:
    if "allowed" not in raw and "allowed_from" not in raw:
        return None
    if raw["type"] != "code" or ("allowed" in raw and "allowed_from" in raw):
        raise DefinitionRefused(
            f"{file}: {what} is {raw['type']} and has a list of codes",
            expected="one list, allowed or allowed_from, on a column of type code",
        )
    if "allowed_from" in raw:
        lists = {"forces": tuple(forces()), "outcomes": outcomes()}
        if raw["allowed_from"] not in lists:
            raise DefinitionRefused(
                f"{file}: {what} takes its codes from {raw['allowed_from']!r}",
                expected=f"one of {', '.join(lists)}",
            )
        return lists[raw["allowed_from"]]
    allowed = tuple(raw["allowed"])
    if not allowed or len(set(allowed)) != len(allowed):
        raise DefinitionRefused(
            f"{file}: {what} allows {list(allowed)}", expected="at least one code, none twice"
        )
    return allowed


def _names_hold_together(file: str, contract: Contract) -> None:
    names = contract.names
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DefinitionRefused(
            f"{file}: {', '.join(twice)} stands twice", expected="a name for each column"
        )
    for role in ("source_column", "month_column", "part_column", "area_column"):
        name = getattr(contract, role)
        if name is not None and name not in names:
            raise DefinitionRefused(
                f"{file}: {role} is {name!r}", expected=f"one of {', '.join(names)}"
            )
    if not contract.column(contract.source_column).required:
        raise DefinitionRefused(
            f"{file}: the source column {contract.source_column} may be empty",
            expected="required = true, because every row has a source",
        )
    if contract.month_column and contract.column(contract.month_column).type != "month":
        raise DefinitionRefused(
            f"{file}: {contract.month_column} is not of type month",
            expected='type = "month" for the month column',
        )
