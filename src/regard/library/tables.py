"""One table of a library file, read field by field and refused by name where a field is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from regard.core.errors import MOST_PROBLEMS, DefinitionRefused, FileUnreadable, shown

Made = TypeVar("Made")
_PART = r"[a-z0-9][a-z0-9._-]*"
_CODE = re.compile(rf"{_PART}(/{_PART})*")
_NAME = re.compile(_PART)
_VERSIONED = re.compile(rf"{_PART}@[1-9][0-9]*")
LONGEST_CODE = 120  # characters, so that a subject of the register can hold it
_ABSENT = object()


class Table:
    """A table of a file that knows its file and its place.

    Args:
        file: The file's name, as a message shows it.
        label: What the table is, such as `node 3 (terrorism)`.
        raw: The table itself.
    """

    def __init__(self, file: str, label: str, raw: Mapping[str, Any]) -> None:
        self.file = file
        self.label = label
        self._raw = raw
        self._read: set[str] = set()

    def refused(self, what: str, *, expected: str, next_step: str = "") -> DefinitionRefused:
        """The refusal of this table: file, place, what is wrong."""
        return DefinitionRefused(
            f"{self.file}: {self.label} {what}", expected=expected, next_step=next_step
        )

    def has(self, name: str) -> bool:
        """Whether the table has such a field."""
        return name in self._raw

    def raw(self, name: str, default: Any = _ABSENT, *, expected: str = "") -> Any:
        """A field as TOML holds it; refused if it is absent and has no default."""
        self._read.add(name)
        value = self._raw.get(name, default)
        if value is _ABSENT:
            raise self.refused(f"has no {name}", expected=expected or f'{name} = "..."')
        return value

    def text(self, name: str, default: Any = _ABSENT) -> str:
        """Words; not empty unless a default allows it."""
        value = self.raw(name, default)
        if not isinstance(value, str) or (default is _ABSENT and not value.strip()):
            raise self.refused(f"has {name} = {shown(value)}", expected=f'{name} = "words"')
        return " ".join(value.split())

    def name(self, name: str, default: Any = _ABSENT) -> str:
        """An identifier of one part: small letters, digits, `.`, `_` and `-`."""
        return self._matched(name, default, _NAME, "small letters, digits, `.`, `_` and `-`")

    def code(self, name: str, default: Any = _ABSENT) -> str:
        """A path such as `public-order/mobilised-response`."""
        wanted = f"a path such as public-order/command, at most {LONGEST_CODE} characters"
        return self._matched(name, default, _CODE, wanted)

    def versioned(self, name: str, default: Any = _ABSENT) -> str:
        """A name with its version, such as `spr-position@1`."""
        return self._matched(name, default, _VERSIONED, "a name and its version: spr-position@1")

    def choice(self, name: str, choices: Iterable[str], default: Any = _ABSENT) -> str:
        """One of a closed list of words."""
        value, allowed = self.text(name, default), tuple(choices)
        if value not in allowed and value != default:
            raise self.refused(
                f"has {name} = {shown(value)}", expected=f"one of {', '.join(allowed)}"
            )
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self.raw(name, default)
        if not isinstance(value, bool):
            raise self.refused(f"has {name} = {shown(value)}", expected=f"{name} = true or false")
        return value

    def whole(self, name: str) -> int:
        """A whole number above nought."""
        value = self.raw(name, expected=f"{name} = 1")
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.refused(f"has {name} = {shown(value)}", expected=f"{name} = 1, 2, 3 ...")
        return value

    def number(self, name: str) -> Decimal:
        """An exact number, not below nought."""
        value = self.raw(name, expected=f"{name} = 0.75")
        exact = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if not exact or not Decimal(value).is_finite() or value < 0:
            raise self.refused(
                f"has {name} = {shown(value)}", expected=f"{name} = a number, 0 or more"
            )
        return Decimal(value).normalize()

    def day(self, name: str, default: Any = _ABSENT) -> Any:
        """A day; the default where it is absent."""
        value = self.raw(name, default, expected=f"{name} = 2015-03-31")
        if value is default:
            return default
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.refused(
                f"has {name} = {shown(value)}", expected=f"{name} = 2015-03-31, without quotes"
            )
        return value

    def texts(self, name: str, default: Any = ()) -> tuple[str, ...]:
        """A list of words; a single word stands for a list of one."""
        value = self.raw(name, default)
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple) or not all(
            isinstance(one, str) and one.strip() for one in listed
        ):
            raise self.refused(f"has {name} = {shown(value)}", expected=f'{name} = ["...", "..."]')
        return tuple(" ".join(one.split()) for one in listed)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """A table of words by words, in the order of its keys; none if absent."""
        value = self.raw(name, {})
        if not isinstance(value, dict) or not all(
            isinstance(one, str) and one.strip() for one in value.values()
        ):
            raise self.refused(
                f"has {name} = {shown(value)}", expected=f'{name} = {{ one = "..." }}'
            )
        return tuple((key, " ".join(value[key].split())) for key in sorted(value))

    def inner(self, name: str) -> list[Table]:
        """Tables within this one; none if absent."""
        value = self.raw(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.refused(f"has {name} = {shown(value)}", expected=f"{name} = [{{ ... }}]")
        return [
            Table(self.file, f"{self.label}, {name} {place}", one)
            for place, one in enumerate(value, start=1)
        ]

    def nothing_else(self) -> None:
        """Refuse a field that nobody asked for, most often a slip of the pen."""
        unknown = sorted(set(self._raw) - self._read)
        if unknown:
            near = get_close_matches(unknown[0], self._read, n=1, cutoff=0.6)
            raise self.refused(
                f"has a field {shown(unknown[0])} that nothing reads",
                expected=f"only {', '.join(sorted(self._read))}",
                next_step=f"write {near[0]} if that was meant" if near else "remove it",
            )

    def _matched(self, name: str, default: Any, form: re.Pattern[str], wanted: str) -> str:
        value = self.text(name, default)
        if value != default and (not form.fullmatch(value) or len(value) > LONGEST_CODE):
            raise self.refused(f"has {name} = {shown(value)}", expected=wanted)
        return value


class Problems:
    """What is wrong with some files, collected so that all of it is said at once."""

    def __init__(self) -> None:
        self.found: list[DefinitionRefused] = []

    def add(self, refusal: DefinitionRefused) -> None:
        """Keep a refusal for later."""
        self.found.append(refusal)

    def made(self, table: Table, maker: Callable[[Table], Made]) -> Made | None:
        """What a maker makes of a table; None if it was refused, which is kept."""
        try:
            found = maker(table)
            table.nothing_else()
        except DefinitionRefused as refusal:
            self.add(refusal)
            return None
        return found

    def settle(self, what: str) -> None:
        """Raise everything that was found, if anything was.

        Raises:
            DefinitionRefused: something is wrong; the first fifty of it are named.
        """
        if not self.found:
            return
        if len(self.found) == 1:
            raise self.found[0]
        count = f"{len(self.found)} problems"
        if len(self.found) > MOST_PROBLEMS:
            count += f", of which the first {MOST_PROBLEMS} are"
        lines = [f"{one.wrong}; expected {one.expected}" for one in self.found[:MOST_PROBLEMS]]
        raise DefinitionRefused(
            f"{what} was not read: {count}\n  " + "\n  ".join(lines),
            expected="files without these",
            next_step="put them right and read the files again",
        )


def toml_of(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; fractions are exact.

    Raises:
        FileUnreadable: there is no such file, or it is not TOML in UTF-8.
    """
    try:
        return parsed(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as reason:
        raise FileUnreadable(
            f"{path} cannot be read: {reason}", expected="a TOML file in UTF-8"
        ) from reason


def parsed(text: str, file: str) -> dict[str, Any]:
    """The tables of the text of a TOML file; fractions are exact.

    Raises:
        FileUnreadable: it is not TOML.
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError as reason:
        raise FileUnreadable(
            f"{file} has lists or tables nested too deep", expected="a TOML file"
        ) from reason
    except (ValueError, ArithmeticError) as reason:  # what is no TOML, or no number that can be
        raise FileUnreadable(f"{file} is not TOML: {reason}", expected="a TOML file") from reason


def listed(
    raw: Mapping[str, Any], kind: str, file: str, problems: Problems, *, named_by: str = "code"
) -> list[Table]:
    """The tables of a list such as `[[node]]`, each with its place and its name."""
    held = raw.get(kind, [])
    if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
        problems.add(
            DefinitionRefused(
                f"{file}: {kind} is not a list of tables", expected=f"[[{kind}]] before each"
            )
        )
        return []
    return [
        Table(file, f"{kind} {place} ({one.get(named_by, f'no {named_by}')})", one)
        for place, one in enumerate(held, start=1)
    ]


def headed(raw: Mapping[str, Any], head: str, others: Iterable[str], file: str) -> Table:
    """The one table at the top of a file.

    Raises:
        DefinitionRefused: there is none, or the file holds something that nothing reads.
    """
    known = (head, *others)
    strange = sorted(set(raw) - set(known))
    if strange or not isinstance(raw.get(head), dict):
        raise DefinitionRefused(
            f"{file} holds {', '.join(strange) or f'no [{head}]'}",
            expected=f"[{head}] and at most {', '.join(known[1:]) or 'nothing else'}",
        )
    return Table(file, f"[{head}]", raw[head])
