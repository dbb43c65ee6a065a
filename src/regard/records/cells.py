"""From the text of a cell to its value: DuckDB expressions, one a column of a contract.

Each expression is NULL where the text has no value of the column's type.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from regard.records.contracts import Column
from regard.records.forces import names_to_slugs
from regard.records.parsing import quoted
from regard.records.recipes import Take

EARLIEST = "1900-01-01"  # a two-digit year read with %Y gives the first century
DATES = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S")  # the second as Parquet timestamps come
INSTANTS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
)
YES_NO = {
    **dict.fromkeys(("true", "yes", "y", "t", "1"), "true"),
    **dict.fromkeys(("false", "no", "n", "f", "0"), "false"),
}
_GROUPED = r"[+-]?[0-9]{1,3}(,[0-9]{3})+"  # 12,345


def text_of(raw: str, take: Take, empty: Iterable[str]) -> str:
    """A cell's text as it is read; NULL if it means an empty cell.

    Args:
        raw: The raw column.
        take: How the column is filled.
        empty: Texts that mean an empty cell.
    """
    words = ", ".join(quoted(word.strip().lower()) for word in empty)
    text = f"CASE WHEN lower({raw}) NOT IN ({words}) THEN {raw} END" if words else raw
    return f"{text} || {quoted(take.suffix)}" if take.suffix else text


def value_of(column: Column, take: Take, text: str, *, year: str, time_zone: str) -> str:
    """The value of a cell.

    Args:
        column: Column of the contract.
        take: How it is filled.
        text: The expression of the cell's text.
        year: For a quarter, the expression of the financial year's text.
        time_zone: In which instants are written.
    """
    if take.way == "quarter":
        return _quarter(text, year)
    if column.type == "code":
        return _code(column, take, text)
    if column.type == "month":
        return _month(take, text)
    if column.type == "date":
        return _since(f"CAST({_parsed(text, take.formats or DATES)} AS DATE)")
    if column.type == "instant":
        return _instant(text, take.formats or INSTANTS, time_zone)
    if column.type == "integer":
        return _integer(text)
    if column.type == "number":
        return _number(text)
    if column.type == "boolean":
        return f"CAST({looked_up(f'lower({text})', {**YES_NO, **dict(take.codes)})} AS BOOLEAN)"
    return text


def looked_up(key: str, table: Mapping[str, str]) -> str:
    """The entry of a table of texts; NULL if it has none. A hash look-up, however long it is."""
    keys = ", ".join(quoted(one) for one in table)
    values = ", ".join(quoted(one) for one in table.values())
    return f"([{values}])[enum_code(TRY_CAST({key} AS ENUM ({keys}))) + 1]"


def among(value: str, allowed: Iterable[str]) -> str:
    """The text itself if it is one of those allowed, else NULL."""
    return f"CAST(TRY_CAST({value} AS ENUM ({', '.join(map(quoted, allowed))})) AS VARCHAR)"


def _code(column: Column, take: Take, text: str) -> str:
    if take.way == "force":
        return looked_up(f"lower({text})", names_to_slugs())
    value = text
    if take.codes and not take.way and column.allowed is None:
        value = among(text, dict.fromkeys(code for _, code in take.codes))  # the list is whole
    if take.way == "slug":
        value = f"trim(regexp_replace(lower({text}), '[^a-z0-9]+', '-', 'g'), '-')"
    if take.codes:
        value = f"coalesce({looked_up(f'lower({text})', dict(take.codes))}, {value})"
    return value if column.allowed is None else among(value, column.allowed)


def _parsed(text: str, formats: Iterable[str]) -> str:
    return f"try_strptime({text}, [{', '.join(map(quoted, formats))}])"


def _since(value: str) -> str:
    return f"CASE WHEN {value} >= DATE '{EARLIEST}' THEN {value} END"


def _month(take: Take, text: str) -> str:
    if take.formats:
        return f"strftime({_since(_parsed(text, take.formats))}, '%Y-%m')"
    day = f"TRY_CAST({text} || '-01' AS DATE)"
    fits = f"length({text}) = 7 AND {day} >= DATE '{EARLIEST}' AND {text}[5] = '-'"
    return f"CASE WHEN {fits} THEN {text} END"


def _instant(text: str, formats: Iterable[str], time_zone: str) -> str:
    local = _since(_parsed(text, formats))
    if time_zone == "UTC":
        return local
    return f"timezone('UTC', timezone({quoted(time_zone)}, {local}))"


def _integer(text: str) -> str:
    plain = f"regexp_full_match({text}, '[+-]?[0-9]{{1,18}}(\\.0*)?')"
    grouped = f"regexp_full_match({text}, '{_GROUPED}')"
    return (
        f"CASE WHEN {plain} THEN CAST(split_part({text}, '.', 1) AS BIGINT) "
        f"WHEN {grouped} THEN TRY_CAST(replace({text}, ',', '') AS BIGINT) END"
    )


def _number(text: str) -> str:
    plain = f"TRY_CAST({text} AS DOUBLE)"
    grouped = f"regexp_full_match({text}, '{_GROUPED}(\\.[0-9]*)?')"
    return (
        f"CASE WHEN isfinite({plain}) AND NOT contains({text}, '_') THEN {plain} "
        f"WHEN {grouped} THEN TRY_CAST(replace({text}, ',', '') AS DOUBLE) END"
    )


def _quarter(text: str, year: str) -> str:
    number = f"ltrim(upper({text}), 'Q')"
    first = f"CAST({year}[:4] AS INTEGER)"
    fits = (
        f"regexp_full_match({year}, '[0-9]{{4}}[/-]([0-9]{{2}}|[0-9]{{4}})') "
        f"AND ({first} + 1) % 100 = CAST({year}[-2:] AS INTEGER)"
    )
    months = (
        f"CASE {number} WHEN '1' THEN {year}[:4] || '-04' WHEN '2' THEN {year}[:4] || '-07' "
        f"WHEN '3' THEN {year}[:4] || '-10' WHEN '4' THEN ({first} + 1)::VARCHAR || '-01' END"
    )
    return f"CASE WHEN {fits} THEN {months} END"
