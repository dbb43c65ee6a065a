"""One table of a plan file, read field by field and refused by name where a field is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from regard.core.errors import DefinitionRefused, RegardError, shown
from regard.core.periods import FinancialYear, Month, Period

_NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_ABSENT = object()


class Item:
    """A table of a plan file that knows its file and its place.

    Args:
        file: The file's name, as a message shows it.
        kind: What the table describes, such as `milestone`.
        number: Its place among its kind, from 1; 0 for a table that stands alone.
        table: The table itself.
    """

    def __init__(self, file: str, kind: str, number: int, table: Mapping[str, Any]) -> None:
        self.file = file
        self.table = table
        named = table.get("id") or table.get("measure") or table.get("kind") or ""
        self.label = f"{kind} {number}" if number else f"[{kind}]"
        if number and isinstance(named, str) and named:
            self.label += f" ({named})"
        self._read: set[str] = set()

    def refused(self, what: str, *, expected: str, next_step: str = "") -> DefinitionRefused:
        """The refusal of this table: file, item, what is wrong."""
        return DefinitionRefused(
            f"{self.file}: {self.label} {what}", expected=expected, next_step=next_step
        )

    def raw(self, name: str, default: Any = _ABSENT, *, expected: str = "") -> Any:
        """A field as TOML holds it; refused if it is absent and has no default."""
        self._read.add(name)
        value = self.table.get(name, default)
        if value is _ABSENT:
            raise self.refused(
                f"has no {name}",
                expected=expected or f"{name} = ... in every such table",
                next_step=f"add {name} to it",
            )
        return value

    def text(self, name: str, default: Any = _ABSENT) -> str:
        """Words; not empty unless a default allows it."""
        value = self.raw(name, default, expected=f'{name} = "..."')
        if not isinstance(value, str) or (default is _ABSENT and not value.strip()):
            raise self.refused(f"has {name} = {shown(value)}", expected=f'{name} = "words"')
        return value.strip()

    def name(self, name: str, default: Any = _ABSENT) -> str:
        """An identifier of letters, digits and single hyphens."""
        value = self.text(name, default)
        if value and not _NAME.fullmatch(value):
            raise self.refused(
                f"has {name} = {shown(value)}", expected="letters, digits and hyphens"
            )
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of words; empty if absent."""
        value = self.raw(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self.refused(f"has {name} = {shown(value)}", expected=f'{name} = ["...", "..."]')
        return tuple(value)

    def choice(self, name: str, choices: Iterable[str], default: Any = _ABSENT) -> str:
        """One of a closed list of words."""
        value = self.text(name, default)
        allowed = tuple(choices)
        if value not in allowed and value != default:
            raise self.refused(
                f"has {name} = {shown(value)}", expected=f"one of {', '.join(allowed)}"
            )
        return value

    def number(self, name: str) -> float | None:
        """A number above nought; None if absent."""
        value = self.raw(name, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise self.refused(
                f"has {name} = {shown(value)}", expected=f"{name} = a number above 0"
            )
        return float(value)

    def whole(self, name: str, default: int) -> int:
        """A whole number, not below nought."""
        value = self.raw(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.refused(
                f"has {name} = {shown(value)}", expected=f"{name} = a whole number, 0 or more"
            )
        return value

    def flag(self, name: str) -> bool:
        """True or false; false if absent."""
        value = self.raw(name, False)
        if not isinstance(value, bool):
            raise self.refused(f"has {name} = {shown(value)}", expected=f"{name} = true or false")
        return value

    def day(self, name: str) -> date:
        """A day."""
        value = self.raw(name, expected=f"{name} = 2014-03-14")
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.refused(
                f"has {name} = {shown(value)}", expected=f"{name} = 2014-03-14, without quotes"
            )
        return value

    def month(self, name: str, default: Any = _ABSENT) -> Month | None:
        """A month such as `2012-12`; None if absent where a default allows it."""
        value = self.raw(name, default, expected=f'{name} = "2012-12"')
        return None if value is None else self._parsed(name, value, Month.parse, '"2012-12"')

    def year(self, name: str, default: Any = _ABSENT) -> FinancialYear | None:
        """A financial year such as `2013/14`; None if absent where a default allows it."""
        value = self.raw(name, default, expected=f'{name} = "2013/14"')
        return (
            None if value is None else self._parsed(name, value, FinancialYear.parse, '"2013/14"')
        )

    def required_year(self, name: str) -> FinancialYear:
        """A financial year such as `2013/14`."""
        value = self.raw(name, expected=f'{name} = "2013/14"')
        found: FinancialYear = self._parsed(name, value, FinancialYear.parse, '"2013/14"')
        return found

    def moment(self, name: str) -> Period:
        """A day, or a month such as `2014-01`, as the period it covers."""
        value = self.raw(name, expected=f'{name} = "2014-01" or 2014-01-28')
        if isinstance(value, date) and not isinstance(value, datetime):
            return Period(value, value)
        found: Month = self._parsed(name, value, Month.parse, '"2014-01" or 2014-01-28')
        return found.period

    def items(self, name: str) -> list[Item]:
        """Tables within this one."""
        value = self.raw(name, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.refused(f"has {name} = {shown(value)}", expected=f"{name} = [{{ ... }}]")
        found = [Item(self.file, name, place, v) for place, v in enumerate(value, start=1)]
        for one in found:
            one.label = f"{self.label}, {one.label}"
        return found

    def nothing_else(self) -> None:
        """Refuse a field that nobody asked for, most often a slip of the pen."""
        unknown = sorted(set(self.table) - self._read)
        if unknown:
            near = get_close_matches(unknown[0], self._read, n=1, cutoff=0.6)
            raise self.refused(
                f"has a field {shown(unknown[0])} that a plan does not know",
                expected=f"only {', '.join(sorted(self._read))}",
                next_step=f"write {near[0]} if that was meant" if near else "remove it",
            )

    def _parsed(self, name: str, value: Any, parse: Any, wanted: str) -> Any:
        if isinstance(value, str):
            try:
                return parse(value)
            except RegardError:
                pass
        raise self.refused(f"has {name} = {shown(value)}", expected=f"{name} = {wanted}")
