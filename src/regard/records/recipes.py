"""How a file's own columns, codes and dates become the columns of a dataset."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from regard.core.errors import DefinitionRefused, FileUnreadable, NotKnown, shown
from regard.records.contracts import Column, Contract, contract_named

WAYS = ("slug", "force", "quarter")  # ways to read a cell beyond the type of its column
DATED = ("month", "date", "instant")
_DRAFT = "draft one from the file it is for: regard mapping draft FILE"
# The letters of strptime that Python and DuckDB read alike.
DATE_LETTERS = frozenset("aAbBdfHIjmMpSyYzZ%")
_Kinds = dict[str, tuple[tuple[type, ...], str]]  # key -> the types of its value, and in words
_TEXT = ((str,), "text in quotation marks")
_TEXTS = ((list,), 'a list of texts, such as ["NULL"]')
_TOP_KEYS: _Kinds = {
    "id": _TEXT,
    "name": _TEXT,
    "version": _TEXT,
    "dataset": _TEXT,
    "columns": ((dict,), "a table [columns.NAME] for each column that is filled"),
    "delimiter": _TEXT,
    "file_name": _TEXT,
    "one_file_a_month": ((bool,), "true or false"),
    "area_vintage": _TEXT,
    "time_zone": _TEXT,
    "empty": _TEXTS,
    "not_taken": _TEXT,
    "header": _TEXTS,
}
_TAKE_KEYS: _Kinds = {
    "from": _TEXT,
    "instead": _TEXT,
    "constant": ((str, int, float), "text in quotation marks, or a number"),
    "as": _TEXT,
    "year": _TEXT,
    "format": ((str, list), 'text such as "%d/%m/%Y", or a list of such'),
    "codes": ((dict,), 'a table such as { y = "true" }'),
    "suffix": _TEXT,
    "name_says": _TEXT,
    "agrees_with": _TEXT,
    "beside": ((dict,), 'a table such as { "total" = "is a total of the rows beside it" }'),
    "greatest_is_total": ((bool,), "true or false"),
}


@dataclass(frozen=True)
class Take:
    """How one column of a contract is filled.

    Attributes:
        column: Column of the contract.
        origin: Column of the file; empty if the value is a constant.
        instead: Column of the file that is read instead of `origin` where the file has it.
        constant: The value of every row.
        way: `slug` (words become a code: lower case with hyphens), `force` (any name of a force
            becomes its police.uk slug), `quarter` (a quarter of a financial year becomes its
            first month), or empty.
        year: For `quarter`, the column with the financial year.
        formats: How dates are written, in the letters of strptime; the first that fits counts.
        codes: Cells, in lower case, each with the code it stands for.
        suffix: Text put behind the cell before it is read, such as `-06` behind a year.
        name_says: The group of the file's name with which the value must agree.
        agrees_with: A column of the file, if it is there, with which the cell must agree.
        beside: Cells, in lower case, whose rows this dataset does not take, and why: they are set
            apart with that reason, and refuse nothing.
        greatest_is_total: Whether, of rows that are alike in all other columns, the one with most
            in this column is a total of the others, and set apart as one. A region and a force
            may bear one name.
    """

    column: str
    origin: str = ""
    instead: str = ""
    constant: str = ""
    way: str = ""
    year: str = ""
    formats: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    suffix: str = ""
    name_says: str = ""
    agrees_with: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    greatest_is_total: bool = False


@dataclass(frozen=True)
class Mapping:
    """The rules by which files of one shape are read.

    Attributes:
        id: Name of the reader, or of the mapping's file.
        name: The shape in words.
        version: Counts up when the rules change.
        dataset: Id of the contract; empty for a shape that is known and not taken.
        takes: How each column is filled.
        delimiter: What stands between cells of a CSV file.
        file_name: Pattern of the file's name, with groups that `name_says` refers to.
        one_file_a_month: Whether two files of one delivery may not hold the same month.
        area_vintage: Vintage of the area codes; empty if it is not stated.
        time_zone: In which instants are written.
        empty: Texts that mean an empty cell, such as `NULL`.
        not_taken: Why files of this shape are left alone; empty if they are read.
        header: For a shape that is not taken, the columns by which it is known.
    """

    id: str
    name: str
    version: str
    dataset: str
    takes: tuple[Take, ...] = ()
    delimiter: str = ","
    file_name: str = ""
    one_file_a_month: bool = False
    area_vintage: str = ""
    time_zone: str = "Europe/London"
    empty: tuple[str, ...] = ()
    not_taken: str = ""
    header: tuple[str, ...] = ()

    @property
    def contract(self) -> Contract:
        """The contract that the rows are put to."""
        return contract_named(self.dataset)

    @property
    def origins(self) -> tuple[str, ...]:
        """Columns that a file must have."""
        if self.not_taken:
            return self.header
        wanted = [name for take in self.takes for name in (take.origin, take.year) if name]
        return tuple(dict.fromkeys(wanted))

    @property
    def reader(self) -> str:
        """Name and version, as the ledger writes them."""
        return f"{self.id} {self.version}"

    @property
    def recipe(self) -> str:
        """SHA-256 of the rules: the same file under other rules is another import."""
        rules = {key: rule for key, rule in asdict(self).items() if key not in ("id", "name")}
        for take in rules["takes"]:
            for late in ("beside", "greatest_is_total"):
                if not take[late]:  # rules without them have the digest they had before these keys
                    del take[late]
        return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()

    def take(self, column: str) -> Take | None:
        """How a column of the contract is filled; None if it is not."""
        for take in self.takes:
            if take.column == column:
                return take
        return None


def matched(name: str) -> str:
    """A column's name as it is looked for: case, spaces and underscores make no difference."""
    return re.sub(r"[\s_]+", " ", name.strip()).casefold()


def load_mapping(path: Path, name: str = "") -> Mapping:
    """A mapping from its TOML file.

    Args:
        path: The file.
        name: The name by which people know it, if it lies under another.

    Raises:
        FileUnreadable: the file is not there, or is not UTF-8 text.
        DefinitionRefused: the mapping breaks its own rules.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileUnreadable(
            f"the mapping {name or path} cannot be read: {reason}",
            expected="a TOML file in UTF-8",
        ) from error
    return read_mapping(text, name or Path(path).name)


def read_mapping(text: str, file: str) -> Mapping:
    """A mapping from the text of its TOML file.

    Args:
        text: The file's text.
        file: Its name, for messages and as the mapping's own name where it gives none.

    Raises:
        DefinitionRefused: not TOML, an unknown key, an unknown dataset or column, a rule that
            does not fit the column's type, or a required column that nothing fills.
        NotKnown: the dataset does not exist.
    """
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DefinitionRefused(
            f"{file} is not TOML: {error}", expected="a mapping in TOML", next_step=_DRAFT
        ) from error
    _only(file, "the mapping", raw, _TOP_KEYS)
    if raw.get("not_taken"):
        if lacking := sorted({"id", "name", "version", "header"} - set(raw)):
            raise DefinitionRefused(
                f"{file} says why its files are not taken and lacks {', '.join(lacking)}",
                expected="id, name, version and header beside not_taken",
            )
        return Mapping(
            raw["id"],
            raw["name"],
            raw["version"],
            "",
            not_taken=raw["not_taken"],
            header=tuple(raw["header"]),
        )
    if not raw.get("dataset") or not raw.get("columns"):
        raise DefinitionRefused(
            f"{file} gives dataset {raw.get('dataset', '')!r} and "
            f"{len(raw.get('columns', {}))} columns",
            expected="a dataset and a table [columns.NAME] for each column that is filled",
            next_step=_DRAFT,
        )
    return _mapping(raw, file)


def _mapping(raw: dict[str, Any], file: str) -> Mapping:
    contract = contract_named(raw["dataset"])
    takes = tuple(_take(file, contract, *item) for item in raw["columns"].items())
    filled = {take.column for take in takes}
    bare = [
        column.name
        for column in contract.columns
        if column.required and column.default is None and column.name not in filled
    ]
    if bare:
        raise DefinitionRefused(
            f"{file} fills nothing into {', '.join(bare)} of {contract.id}",
            expected="a table [columns.NAME] with from or constant for every required column",
        )
    delimiter = raw.get("delimiter", ",")
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n':
        raise DefinitionRefused(
            f"{file} has the delimiter {delimiter!r}", expected="one character, such as , or ;"
        )
    _readable(file, raw)
    return Mapping(
        id=raw.get("id", Path(file).stem),
        name=raw.get("name", f"mapping {file}"),
        version=raw.get("version", "1"),
        dataset=contract.id,
        takes=takes,
        delimiter=delimiter,
        file_name=raw.get("file_name", ""),
        one_file_a_month=raw.get("one_file_a_month", False),
        area_vintage=raw.get("area_vintage", ""),
        time_zone=raw.get("time_zone", "Europe/London"),
        empty=tuple(raw.get("empty", ())),
    )


def _readable(file: str, raw: dict[str, Any]) -> None:
    """Refuse a time zone that nobody knows and a pattern that is none."""
    zone, pattern = raw.get("time_zone", "UTC"), raw.get("file_name", "")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DefinitionRefused(
            f"{file} has time_zone = {zone!r}", expected="a time zone such as Europe/London"
        ) from error
    try:
        re.compile(pattern)
    except re.error as error:
        raise DefinitionRefused(
            f"{file} has file_name = {pattern!r}: {error}", expected="a regular expression"
        ) from error


def _take(file: str, contract: Contract, name: str, raw: dict[str, Any]) -> Take:
    what = f"[columns.{name}]"
    if name not in contract.names:
        raise DefinitionRefused(
            f"{file}: {what} fills a column that {contract.id} does not have",
            expected=f"one of {', '.join(contract.names)}",
        )
    if not isinstance(raw, dict):
        raise DefinitionRefused(
            f"{file}: columns.{name} is {shown(raw)}",
            expected=f"a table {what} with from or constant",
        )
    _only(file, what, raw, _TAKE_KEYS)
    if bool(raw.get("from")) == ("constant" in raw):
        raise DefinitionRefused(
            f"{file}: {what} has from {raw.get('from')!r} and constant {raw.get('constant')!r}",
            expected="one of the two",
        )
    formats = raw.get("format", ())
    take = Take(
        column=name,
        origin=raw.get("from", ""),
        instead=raw.get("instead", ""),
        constant=str(raw.get("constant", "")),
        way=raw.get("as", ""),
        year=raw.get("year", ""),
        formats=(formats,) if isinstance(formats, str) else tuple(formats),
        codes=tuple(
            (cell.strip().lower(), str(code)) for cell, code in raw.get("codes", {}).items()
        ),
        suffix=raw.get("suffix", ""),
        name_says=raw.get("name_says", ""),
        agrees_with=raw.get("agrees_with", ""),
        beside=tuple(
            (cell.strip().lower(), str(why)) for cell, why in raw.get("beside", {}).items()
        ),
        greatest_is_total=raw.get("greatest_is_total", False),
    )
    _fits(file, what, contract.column(name), take)
    return take


def _fits(file: str, what: str, column: Column, take: Take) -> None:
    if take.way and take.way not in WAYS:
        raise DefinitionRefused(
            f"{file}: {what} has as = {take.way!r}", expected=f"one of {', '.join(WAYS)}"
        )
    if take.formats and column.type not in DATED:
        raise DefinitionRefused(
            f"{file}: {what} has a format and is of type {column.type}",
            expected=f"a format on columns of type {', '.join(DATED)} alone",
        )
    as_it_stands = not (take.way or take.codes)
    if take.constant and as_it_stands and take.constant not in (column.allowed or [take.constant]):
        raise NotKnown(
            f"code of {column.name}",
            take.constant,
            column.allowed or (),
            next_step=f"correct constant in {what} of {file}",
        )
    letters = "".join(re.findall("%(.?)", "".join(take.formats)))
    if strange_letters := sorted(set(letters) - DATE_LETTERS):
        raise DefinitionRefused(
            f"{file}: {what} has format = {', '.join(map(repr, take.formats))}, and "
            f"{', '.join('%' + letter for letter in strange_letters)} is no part of a date",
            expected="the letters of strptime: %d day, %m month, %Y year, %H hour, %M minute, "
            "%S second, %b and %B the month's name",
        )
    if (take.way == "quarter") != bool(take.year):
        raise DefinitionRefused(
            f"{file}: {what} has as = {take.way!r} and year = {take.year!r}",
            expected='as = "quarter" together with year = the column of the financial year',
        )
    if take.codes and column.type not in ("code", "boolean"):
        raise DefinitionRefused(
            f"{file}: {what} has codes and is of type {column.type}",
            expected="codes on columns of type code and boolean alone",
        )
    allowed = ("true", "false") if column.type == "boolean" else column.allowed
    strange = [code for _, code in take.codes if allowed and code not in allowed]
    if strange:
        raise DefinitionRefused(
            f"{file}: {what} maps to {', '.join(map(repr, strange))}",
            expected=f"codes of {column.name}: {', '.join(allowed or ())}",
        )


def _only(file: str, what: str, raw: dict[str, Any], known: _Kinds) -> None:
    strange = sorted(set(raw) - set(known))
    if strange:
        raise DefinitionRefused(
            f"{file}: {what} has {', '.join(strange)}", expected=f"only {', '.join(sorted(known))}"
        )
    for key, value in raw.items():
        types, said = known[key]
        texts = not isinstance(value, list) or all(isinstance(one, str) for one in value)
        if not isinstance(value, types) or not texts:
            raise DefinitionRefused(f"{file}: {what} has {key} = {shown(value)}", expected=said)
