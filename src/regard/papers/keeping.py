"""Keeps a paper as text and brings it back whole, to be written again in the same bytes.

The text is JSON with sorted keys, read and written by the type hints of the paper's own
classes. Each figure is kept once, under its name. A field that holds its default is left
out, so that a field added later changes no text kept before; a default that changes is a
new form.
"""

from __future__ import annotations

import json
import math
import os.path
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NoReturn, Union, get_args, get_origin, get_type_hints

from regard.core.errors import DefinitionRefused, shown
from regard.core.figures import Figure
from regard.papers.model import Document

FORM = 1
_PLAIN = frozenset({NoneType, bool, int, str, float, date, datetime})
_IS, _FIGURE, _FLOAT, _MAP, _TUPLE = "is", "figure", "float", "map", "tuple"


def kept(document: Document) -> str:
    """The paper as canonical text, from which `restored` makes an equal paper.

    Numbers come back as they were, 62 as 62 and 62.0 as 62.0; charts keep the order of
    their specifications; an instant is kept in UTC.

    Raises:
        DefinitionRefused: it holds something that no text brings back: an instant without
            a time zone, a number that is none, a value of a class a paper has no place for.
    """
    writer = _Writer()
    told = {
        "form": FORM,
        "document": writer.fields(document, "document"),
        "figures": writer.figures,
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        lost = f"U+{ord(text[error.start]):04X}"
        raise DefinitionRefused(
            f"the paper holds {lost}, which is half a character",
            expected="words that UTF-8 can hold",
        ) from error
    return text


def restored(text: str) -> Document:
    """The paper that was kept.

    Raises:
        DefinitionRefused: the text is no kept paper, is of another form, names a field that
            a paper does not have, a figure in it is not what its name says, or it is not
            written in the one way in which `kept` writes that paper.
    """
    told = _read(text)
    form = told.get("form")
    if form != FORM or type(form) is not int:
        raise DefinitionRefused(
            f"the kept paper has the form {shown(form)}",
            expected=f"form {FORM}",
            next_step="write it again with the version of Regard that kept it",
        )
    if set(told) != {"form", "document", "figures"} or not isinstance(told["figures"], dict):
        raise _refused("kept paper", f"holds {', '.join(sorted(told))}", "document and figures")
    reader = _Reader(told["figures"])
    try:
        document: Document = reader.record(Document, told["document"], "document")
    except RecursionError as error:
        raise _refused("kept paper", f"cannot be read: {error}", "less within itself") from error
    if unsaid := sorted(set(told["figures"]) - set(reader.made)):
        raise _refused("figures", f"hold {unsaid[0]}, which nothing names", "the paper's figures")
    again = kept(document)
    if again != text:
        at = len(os.path.commonprefix([again, text]))
        raise _refused(
            "kept paper", f"differs from its one way from letter {at + 1:,} on", "that way"
        )
    return document


@dataclass(frozen=True)
class _Shape:
    """What a hint lets a value be."""

    plain: frozenset[type]
    records: Mapping[Any, type]
    items: Any = None
    choices: type[Enum] | None = None
    names: bool = False
    free: bool = False

    def __str__(self) -> str:
        told = [one.__name__ for one in self.plain] + list(self.records)
        told += ["tuple"] * (self.items is not None) + ["mapping"] * self.free
        told += ["frozenset"] * self.names
        if self.choices is not None:
            told.append(" or ".join(one.name for one in self.choices))
        return " or ".join(sorted(told))


@dataclass(frozen=True)
class _Field:
    name: str
    shape: _Shape
    default: Any

    def holds_default(self, value: Any) -> bool:
        return type(value) is type(self.default) and value == self.default


@cache
def _shape(hint: Any) -> _Shape:
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    plain: set[type] = set()
    records: dict[str, type] = {}
    more: dict[str, Any] = {}
    for one in options:
        origin = get_origin(one)
        if one in _PLAIN:
            plain.add(one)
        elif isinstance(one, type) and is_dataclass(one):
            records[one.__name__] = one
        elif origin is tuple and get_args(one)[1:] == (Ellipsis,):
            more["items"] = get_args(one)[0]
        elif origin is frozenset and get_args(one) == (str,):
            more["names"] = True
        elif origin is Mapping:
            more["free"] = True
        elif isinstance(one, type) and issubclass(one, Enum):
            more["choices"] = one
        else:
            raise TypeError(f"nothing says how a value of {one} is kept")
    return _Shape(frozenset(plain), records, **more)


@cache
def _fields(cls: type) -> tuple[_Field, ...]:
    hints = get_type_hints(cls)
    return tuple(_Field(one.name, _shape(hints[one.name]), one.default) for one in fields(cls))


class _Writer:
    def __init__(self) -> None:
        self.figures: dict[str, Any] = {}
        self._held: dict[str, Figure] = {}
        self._names: dict[int, str] = {}

    def fields(self, record: Any, place: str) -> dict[str, Any]:
        told = {}
        for field in _fields(record.__class__):
            value = getattr(record, field.name)
            if not field.holds_default(value):
                told[field.name] = self.value(value, field.shape, f"{place}.{field.name}")
        return told

    def value(self, value: Any, shape: _Shape, place: str) -> Any:
        kind = type(value)
        if shape.records.get(kind.__name__) is kind:
            if kind is Figure:
                return {_FIGURE: self.figure(value, place)}
            return {_IS: kind.__name__} | self.fields(value, place)
        if kind is tuple and shape.items is not None:
            items = _shape(shape.items)
            return [self.value(one, items, f"{place}[{at}]") for at, one in enumerate(value)]
        if kind in shape.plain or (kind is int and float in shape.plain):
            return _written(value, place)
        if isinstance(value, StrEnum) and str in shape.plain:
            return value.value
        if shape.free and isinstance(value, Mapping):
            return _free(value, place)
        if kind is shape.choices:
            return value.name
        if kind is frozenset and shape.names:
            return sorted(value)
        raise _refused(place, f"is of the class {kind.__name__}", str(shape))

    def figure(self, figure: Figure, place: str) -> str:
        """The name of a figure, whose fields are kept under it."""
        name = self._names.get(id(figure))
        if name is None:
            name = self._names[id(figure)] = figure.id
            if self._held.setdefault(name, figure) != figure:
                raise _refused(place, f"shares the name {name} with another figure", "a name each")
            if name not in self.figures:
                self.figures[name] = self.fields(figure, place)
        return name


def _written(value: Any, place: str) -> Any:
    if isinstance(value, float):
        if math.isnan(value):
            raise _refused(place, f"is {value}", "a number")
        return repr(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise _refused(place, f"is {value} without a time zone", "an instant")
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _free(value: Any, place: str) -> Any:
    """What a drawing is made of: what JSON holds, its order, tuples and floats kept apart."""
    if isinstance(value, float):
        if math.isnan(value):
            raise _refused(place, f"is {value}", "a number")
        return {_FLOAT: float.__repr__(value)}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        if strange := [key for key in value if not isinstance(key, str)]:
            raise _refused(place, f"has the key {shown(strange[0])}", "keys that are words")
        return {_MAP: [[key, _free(one, f"{place}.{key}")] for key, one in value.items()]}
    if isinstance(value, list | tuple):
        told = [_free(one, f"{place}[{at}]") for at, one in enumerate(value)]
        return told if isinstance(value, list) else {_TUPLE: told}
    raise _refused(place, f"is of the class {type(value).__name__}", "what JSON can hold")


class _Reader:
    def __init__(self, figures: Mapping[str, Any]) -> None:
        self.figures = figures
        self.made: dict[str, Figure | None] = {}  # None while it is being made

    def record(self, cls: type, told: Any, place: str) -> Any:
        if not isinstance(told, dict):
            raise _refused(place, f"is of the class {type(told).__name__}", cls.__name__)
        known = _fields(cls)
        if strange := sorted(set(told) - {one.name for one in known} - {_IS}):
            raise _refused(place, f"has the field {shown(strange[0])}", f"fields of {cls.__name__}")
        values = {}
        for field in known:
            if field.name in told:
                here = f"{place}.{field.name}"
                values[field.name] = self.value(told[field.name], field.shape, here)
            elif field.default is MISSING:
                raise _refused(place, f"has no {field.name}", f"every field of {cls.__name__}")
        return cls(**values)

    def value(self, told: Any, shape: _Shape, place: str) -> Any:
        if isinstance(told, dict):
            return self._of_object(told, shape, place)
        if isinstance(told, list):
            if shape.items is not None:
                items = _shape(shape.items)
                return tuple(self.value(x, items, f"{place}[{at}]") for at, x in enumerate(told))
            if shape.names and all(isinstance(one, str) for one in told):
                return frozenset(told)
        elif isinstance(told, str) and str not in shape.plain:
            return _of_text(told, shape, place)
        elif type(told) in shape.plain or (type(told) is int and float in shape.plain):
            return told
        raise _refused(place, f"is of the class {type(told).__name__}", str(shape))

    def _of_object(self, told: dict[str, Any], shape: _Shape, place: str) -> Any:
        if shape.free:
            if set(told) != {_MAP}:
                raise _refused(place, f"holds {', '.join(sorted(told))}", _MAP)
            return _freed(told, place)
        if set(told) == {_FIGURE} and Figure.__name__ in shape.records:
            return self.figure(told[_FIGURE], place)
        named = told.get(_IS)
        if not isinstance(named, str) or named not in shape.records or named == Figure.__name__:
            raise _refused(place, f"is a {shown(named)}", str(shape))
        return self.record(shape.records[named], told, place)

    def figure(self, name: Any, place: str) -> Figure:
        """A figure by its name, made once."""
        if not isinstance(name, str) or name not in self.figures:
            raise _refused(place, f"names {shown(name)}, which is not there", "a figure it holds")
        if name not in self.made:
            self.made[name] = None
            made = self.record(Figure, self.figures[name], f"figures.{name}")
            if made.id != name:
                raise _refused(f"figures.{name}", f"is {made.id}", "what its name was made from")
            self.made[name] = made
        figure = self.made[name]
        if figure is None:
            raise _refused(place, f"stands on itself by {name}", "figures that stand on others")
        return figure


def _of_text(told: str, shape: _Shape, place: str) -> Any:
    """A number, a day, an instant or a choice from its text."""
    if shape.choices is not None and told in shape.choices.__members__:
        return shape.choices[told]
    readers = ((float, float), (date, date.fromisoformat), (datetime, datetime.fromisoformat))
    for kind, read in readers:
        if kind in shape.plain:
            try:
                return read(told)
            except ValueError:
                break
    raise _refused(place, f"is text of {len(told)} letters that is no such thing", str(shape))


def _freed(told: Any, place: str) -> Any:
    if isinstance(told, list):
        return [_freed(one, f"{place}[{at}]") for at, one in enumerate(told)]
    if not isinstance(told, dict):
        return told
    if len(told) == 1:
        ((tag, inner),) = told.items()
        if tag == _FLOAT and isinstance(inner, str):
            return _of_text(inner, _shape(float), place)
        if tag == _TUPLE and isinstance(inner, list):
            return tuple(_freed(inner, place))
        if tag == _MAP and isinstance(inner, list) and all(map(_is_pair, inner)):
            return _once((key, _freed(one, f"{place}.{key}")) for key, one in inner)
    raise _refused(place, f"holds {', '.join(sorted(told))}", f"{_FLOAT}, {_TUPLE} or {_MAP}")


def _is_pair(told: Any) -> bool:
    return isinstance(told, list) and len(told) == 2 and isinstance(told[0], str)  # noqa: PLR2004


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in pairs:
        if key in told:
            raise _refused("kept paper", f"says {shown(key)} twice in one place", "each key once")
        told[key] = value
    return told


def _read(text: str) -> dict[str, Any]:
    def never(number: str) -> NoReturn:
        raise _refused(
            "kept paper", f"holds the bare number {shown(number)}", "numbers as their text"
        )

    try:
        told = json.loads(text, parse_float=never, parse_constant=never, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise DefinitionRefused(
            f"the kept paper cannot be read: {error}", expected="the text that `kept` wrote"
        ) from error
    if not isinstance(told, dict):
        raise _refused("kept paper", f"is of the class {type(told).__name__}", "an object")
    return told


def _refused(place: str, what: str, expected: str) -> DefinitionRefused:
    """A refusal that names the place; it may travel further than a marked paper's words."""
    return DefinitionRefused(f"{place} {what}", expected=expected)
