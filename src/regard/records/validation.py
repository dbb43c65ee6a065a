"""Putting rows to their contract: which are stored, and what is wrong with the others."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Named
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from pathlib import PurePath

import duckdb

from regard.core.errors import FileRefused, Problem
from regard.records.cells import text_of, value_of
from regard.records.contracts import Column, Contract
from regard.records.forces import forces
from regard.records.parsing import RawRows, cell, quoted
from regard.records.recipes import Mapping, Take, matched

MOST_CODES = 16  # codes of a list that a message shows
TOTAL = "is a total of rows beside it, which are kept"
BLANK = Take("")  # stands for a column that nothing fills


@dataclass(frozen=True)
class Shape:
    """A file's columns, put beside the mapping by which it is read.

    Attributes:
        file: Name of the file.
        header: Its columns.
        mapping: Its reader or mapping.
        said: What the file's name says, by the group of the pattern: month, force.
    """

    file: str
    header: tuple[str, ...]
    mapping: Mapping
    said: Named[str, str] = field(default_factory=dict)

    def index(self, name: str) -> int | None:
        """Where a column stands; None if the file does not have it."""
        for index, one in enumerate(self.header):
            if name and matched(one) == matched(name):
                return index
        return None

    def origin(self, take: Take) -> int | None:
        """Where the column stands that fills a column of the contract; None for a constant."""
        instead = self.index(take.instead)
        return self.index(take.origin) if instead is None else instead

    @property
    def left_out(self) -> tuple[str, ...]:
        """Columns that the contract does not take, in the order of the file."""
        taken = {
            self.index(name)
            for take in self.mapping.takes
            for name in (take.origin, take.instead, take.year, take.agrees_with)
        }
        return tuple(name for index, name in enumerate(self.header) if index not in taken)


def said_by_name(mapping: Mapping, file: str) -> dict[str, str]:
    """What a file's name says of its rows.

    Raises:
        FileRefused: the name speaks of a force that nobody knows.
    """
    found = re.search(mapping.file_name, PurePath(file).name) if mapping.file_name else None
    said = {key: value for key, value in found.groupdict().items() if value} if found else {}
    force = said.get("force")
    if force is not None and force not in forces():
        near = get_close_matches(force, forces(), n=3) or list(forces())[:6]
        raise FileRefused(
            [Problem(file, 0, "", force, "the file's name speaks of a force that is not known")],
            expected=f"a force as police.uk names it, such as {', '.join(near)}",
            next_step="give the file the name under which it was downloaded",
        )
    return said


@dataclass(frozen=True)
class Rule:
    """One way in which a cell can be wrong.

    Attributes:
        column: Column of the contract.
        what: What is wrong, in words.
        meant: Whether the mapping expects such rows, so that they refuse nothing.
    """

    column: str
    what: str
    meant: bool = False


class Checker:
    """Puts rows to their contract: questions to DuckDB, made once for a file.

    Args:
        shape: The file's columns and mapping.
        now: The instant against which a date lies in the future.
    """

    def __init__(self, shape: Shape, now: datetime) -> None:
        self.shape = shape
        self.contract: Contract = shape.mapping.contract
        self.today = now.date().isoformat()
        self.rules: list[Rule] = []
        self._head, self._tail = self._build()
        # A row that the mapping expects is that before it is anything else.
        meant = (f"p_{rule.column}" for rule in self.rules if rule.meant)
        self._problem_of_row = f"coalesce({', '.join((*meant, self._each('p')))})"

    def stored(self, raw: RawRows, import_number: int) -> str:
        """The question whose answer is stored: the rows without a problem."""
        names = ", ".join(f'v_{name} AS "{name}"' for name in self.contract.names)
        # DuckDB would push the filter below the values and compute each of them again for it.
        # It leaves alone what is volatile: this takes two fifths off the time of a chunk.
        kept = f"CASE WHEN random() < 2 THEN {self._problem_of_row} END AS problem"
        return " ".join(
            (f"SELECT {import_number}::INTEGER AS import_number, row_number,", names)
            + ("FROM (SELECT *,", kept, "FROM", self._checked(raw), ") WHERE problem IS NULL")
        )

    def problems(
        self, connection: duckdb.DuckDBPyConnection, raw: RawRows, limit: int
    ) -> list[Problem]:
        """Every problem of the first rows that have one that was not meant, at most `limit`."""
        rows = _asked(
            connection,
            f"SELECT row_number, [{self._each('p')}], [{self._each('t')}] FROM",
            self._checked(raw),
            f"WHERE {self._problem_of_row} IS NOT NULL{self._not_meant()}",
            f"ORDER BY row_number LIMIT {limit}",
        )
        found = [
            self._problem(row_number, self.rules[number], text)
            for row_number, numbers, values in rows
            for number, text in zip(numbers, values, strict=True)
            if number is not None
        ]
        file = self.shape.file
        found += [Problem(file, one.row_number, "", "", one.reason) for one in raw.torn[:limit]]
        return sorted(found, key=lambda one: one.row)[:limit]

    def rejected(
        self, connection: duckdb.DuckDBPyConnection, raw: RawRows
    ) -> list[tuple[int, str, str, str, str]]:
        """Row number, column, value, reason and raw text of each row that has a problem.

        Of a row's text only the columns that the contract takes are kept. A torn row's text
        cannot be told into columns, so it is kept only if the file has no other columns.
        """
        filled = [name for name in self.contract.names if self.shape.mapping.take(name)]
        texts = ", ".join(f"t_{name}" for name in filled)
        rows = _asked(
            connection,
            f"SELECT row_number, {self._problem_of_row}, [{texts}] FROM",
            self._checked(raw),
            f"WHERE {self._problem_of_row} IS NOT NULL",
        )
        found = []
        for row_number, number, values in rows:
            rule, cells = self.rules[number], dict(zip(filled, values, strict=True))
            title, text = self._title(rule.column), cells.get(rule.column) or ""
            raw_text = json.dumps(cells, ensure_ascii=False)
            found.append((row_number, title, text, rule.what, raw_text))
        keep = not self.shape.left_out
        found.extend((t.row_number, "", "", t.reason, t.raw if keep else "") for t in raw.torn)
        return sorted(found)

    def _not_meant(self) -> str:
        meant = [str(number) for number, rule in enumerate(self.rules) if rule.meant]
        return f" AND {self._problem_of_row} NOT IN ({', '.join(meant)})" if meant else ""

    def _each(self, letter: str) -> str:
        return ", ".join(f"{letter}_{name}" for name in self.contract.names)

    def _checked(self, raw: RawRows) -> str:
        return " ".join((self._head, raw.relation, self._tail))

    def _title(self, column: str) -> str:
        """The file's own name of a column, or the contract's for a constant."""
        index = self.shape.origin(self.shape.mapping.take(column) or BLANK)
        return column if index is None else self.shape.header[index]

    def _problem(self, row: int, rule: Rule, text: str | None) -> Problem:
        allowed, what = self.contract.column(rule.column).allowed, rule.what
        near = get_close_matches((text or "").lower(), allowed or (), n=1)
        if near and what.startswith("is no"):
            what = f"{what}; the nearest is {near[0]}"
        return Problem(self.shape.file, row, self._title(rule.column), text or "", what)

    def _build(self) -> tuple[str, str]:
        """Three questions one in another, texts, values, problems, around the raw rows."""
        pairs = [(c, self.shape.mapping.take(c.name) or BLANK) for c in self.contract.columns]
        texts = ", ".join(f"{self._text(take)} AS t_{c.name}" for c, take in pairs)
        years = self._years()
        values = ", ".join(f"{self._value(c, take)} AS v_{c.name}" for c, take in pairs)
        problems = ", ".join(f"{self._problem_sql(c, take)} AS p_{c.name}" for c, take in pairs)
        beside = self._beside()
        head = ("(SELECT *,", problems, "FROM (SELECT *,", values)
        return " ".join((*head, "FROM (SELECT row_number,", texts, years, beside, "FROM")), ")))"

    def _years(self) -> str:
        return "".join(
            f", {cell(index)} AS y_{take.column}"
            for take in self.shape.mapping.takes
            if (index := self.shape.index(take.year)) is not None
        )

    def _beside(self) -> str:
        return "".join(
            f", {cell(index)} AS b_{take.column}"
            for take in self.shape.mapping.takes
            if (index := self.shape.index(take.agrees_with)) is not None
        )

    def _text(self, take: Take) -> str:
        if take.constant:
            return quoted(take.constant)
        index = self.shape.origin(take)
        if index is None:
            return "NULL::VARCHAR"
        return text_of(cell(index), take, self.shape.mapping.empty)

    def _value(self, column: Column, take: Take) -> str:
        text = f"t_{column.name}"
        value = value_of(
            column,
            take,
            text,
            year=f"y_{column.name}",
            time_zone=self.shape.mapping.time_zone,
        )
        if take.way == "force" and take.name_says in self.shape.said:
            # A force that has changed its name is still known by the name of its file.
            value = f"coalesce({value}, {quoted(self.shape.said[take.name_says])})"
        if column.default is not None:
            value = f"CASE WHEN {text} IS NULL THEN {quoted(column.default)} ELSE {value} END"
        return f"CAST({value} AS {column.stored_as})"

    def _problem_sql(self, column: Column, take: Take) -> str:
        text, value = f"t_{column.name}", f"v_{column.name}"
        when = []
        meant = self._beside_the_point(column, take)
        when.extend(meant)
        if column.required and column.default is None:
            when.append((f"{text} IS NULL", "is empty, and must not be"))
        when.append((f"{text} IS NOT NULL AND {value} IS NULL", _not_read(column, take)))
        when.extend(self._limits(column, value))
        said = self.shape.said.get(take.name_says)
        if said is not None:
            when.append((f"{value} <> {quoted(said)}", f"differs from the file's name: {said}"))
        if self.shape.index(take.agrees_with) is not None:
            other = take.agrees_with
            when.append((f"b_{column.name} <> {text}", f"differs from the column {other}"))
        cases = []
        for place, (condition, what) in enumerate(when):
            cases.append(f"WHEN {condition} THEN {len(self.rules)}")
            self.rules.append(Rule(column.name, what, meant=place < len(meant)))
        return f"CASE {' '.join(cases)} END"

    def _beside_the_point(self, column: Column, take: Take) -> list[tuple[str, str]]:
        """Rows that the mapping knows and the dataset does not take."""
        text, value = f"t_{column.name}", f"v_{column.name}"
        found = [(f"lower({text}) = {quoted(one)}", why) for one, why in take.beside]
        if take.greatest_is_total:
            others = ", ".join(
                f"t_{one.column}" for one in self.shape.mapping.takes if one.column != take.column
            )
            over = f"OVER (PARTITION BY {others})"
            condition = f"{value} = max({value}) {over} AND {value} > min({value}) {over}"
            found.append((condition, TOTAL))
        return found

    def _limits(self, column: Column, value: str) -> list[tuple[str, str]]:
        today = self.today
        if column.ahead:
            return []
        if column.type == "month":
            return [(f"{value} > {quoted(today[:7])}", f"lies in the future of {today}")]
        if column.type in ("date", "instant"):
            return [(f"CAST({value} AS DATE) > DATE '{today}'", f"lies in the future of {today}")]
        found = []
        if column.minimum is not None:
            found.append((f"{value} < {column.minimum}", f"is below {column.minimum:g}"))
        if column.maximum is not None:
            found.append((f"{value} > {column.maximum}", f"is above {column.maximum:g}"))
        return found


def _asked(connection: duckdb.DuckDBPyConnection, *parts: str) -> list[tuple]:
    return connection.execute(" ".join(parts)).fetchall()


def _not_read(column: Column, take: Take) -> str:
    if take.way == "force":
        return "is no name of a force"
    if take.way == "quarter":
        return "is no quarter 1 to 4 of a financial year such as 2017/18"
    if column.type == "code":
        return f"is no code of {column.name}"
    written = f" written {' or '.join(take.formats)}" if take.formats else ""
    return {
        "month": f"is no month{written or ' such as 2019-07'}",
        "date": f"is no day{written or ' such as 2019-07-31'}",
        "instant": f"is no instant{written or ' such as 2019-07-31 23:59:00'}",
        "integer": "is no whole number",
        "number": "is no number",
        "boolean": "is neither true nor false",
    }.get(column.type, "has no value")


def expectations(problems: Sequence[Problem], shape: Shape) -> str:
    """What would have been right, for the columns that have problems."""
    contract = shape.mapping.contract
    wanted = []
    for column in contract.columns:
        index = shape.origin(shape.mapping.take(column.name) or BLANK)
        title = column.name if index is None else shape.header[index]
        if any(problem.column == title for problem in problems):
            wanted.append(f"{title}: {_wanted(column)}")
    if any(problem.row and not problem.column for problem in problems):
        wanted.append(f"rows of {len(shape.header)} cells")
    return "; ".join(wanted)


def _wanted(column: Column) -> str:
    if column.allowed is not None:
        more = len(column.allowed) - MOST_CODES
        listed = ", ".join(column.allowed[:MOST_CODES])
        return f"one of {listed}" + (f" and {more} more" if more > 0 else "")
    bounds = [f"at least {column.minimum:g}"] if column.minimum is not None else []
    bounds += [f"at most {column.maximum:g}"] if column.maximum is not None else []
    kind = {
        "code": "a code",
        "month": "a month to date",
        "date": "a day to date",
        "instant": "an instant to date",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
    }.get(column.type, "text")
    return " ".join([kind, " and ".join(bounds)]).strip()
