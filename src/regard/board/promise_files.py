"""What a paper is to promise by a day, read from a file of a few lines."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from regard.assurance.promises import Promised
from regard.core.errors import DefinitionRefused, FileUnreadable, shown
from regard.register.kinds.reading import checked
from regard.register.kinds.values import Amount
from regard.register.subjects import subject_of

_WANTED = {"text": str, "by": date}
DAY_SAID = "%d %B %Y"  # as a day is said in a paper: 31 March 2016
_ALLOWED = ("measure", "target", "unit", "base", "owner", "topic")


def promises_in(file: Path, scope: str) -> tuple[Promised, ...]:
    """The promises of a file, in its order.

    Args:
        file: TOML with a table `[[promise]]` each: `text` and `by`; and, where a number shows
            whether it was kept, `measure`, `target` as text, `unit` and `base`; and `owner` and
            `topic`.
        scope: The body that is bound by them.

    Raises:
        FileUnreadable: there is no such file, or it is no TOML.
        DefinitionRefused: a promise says no words or no day, or something that is not known.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileUnreadable(
            f"{file} cannot be read: {reason}", expected="a TOML file of promises"
        ) from error
    held = told.get("promise", [])
    if set(told) - {"promise"} or not isinstance(held, list) or not held:
        raise DefinitionRefused(
            f"{file.name} holds {', '.join(sorted(told)) or 'nothing'}",
            expected="tables [[promise]] and nothing else",
        )
    return tuple(
        _promised(one, scope, f"{file.name}, promise {number}")
        for number, one in enumerate(held, start=1)
    )


def promises_said(text: str, scope: str) -> tuple[Promised, ...]:
    """The promises of some lines, each a day and words: `31 March 2016: Renew the plan.`

    Args:
        text: The lines; empty ones say nothing.
        scope: The body that is bound by them.

    Raises:
        DefinitionRefused: a line says no day or no words.
    """
    return tuple(_of_line(line, scope) for line in text.splitlines() if line.strip())


def _of_line(line: str, scope: str) -> Promised:
    day, apart, words = line.partition(":")
    try:
        due = datetime.strptime(" ".join(day.split()), DAY_SAID).date()  # noqa: DTZ007 - a day
    except ValueError as error:
        raise DefinitionRefused(
            f"the promise {shown(line.strip())} says no day",
            expected="a day, a colon and words, such as 31 March 2016: Renew the plan",
        ) from error
    if not apart or not words.strip():
        raise DefinitionRefused(
            f"the promise {shown(line.strip())} says no words", expected="words after the colon"
        )
    return Promised(text=words.strip(), due=due, scope=scope)


def _promised(one: Mapping[str, Any], scope: str, place: str) -> Promised:
    if strange := sorted(set(one) - set(_WANTED) - set(_ALLOWED)):
        raise DefinitionRefused(
            f"{place} says {strange[0]}", expected=", ".join((*_WANTED, *_ALLOWED))
        )
    for name, kind in _WANTED.items():
        if not isinstance(one.get(name), kind) or not one[name]:
            raise DefinitionRefused(
                f"{place}: {name} is {one.get(name)!r}",
                expected="words in `text`, and a day in `by`, such as by = 2016-03-31",
            )
    return Promised(
        text=one["text"],
        due=one["by"],
        scope=scope,
        measure=_named("measure", one),
        target=_target(one, place),
        base=str(one.get("base", "")),
        owner=_named("party", one, "owner"),
        topic=_named("expectation", one, "topic"),
    )


def _named(kind: str, one: Mapping[str, Any], name: str = "") -> str | None:
    text = one.get(name or kind)
    return subject_of(kind, *str(text).removeprefix(f"{kind}:").split("/")) if text else None


def _target(one: Mapping[str, Any], place: str) -> Amount | None:
    if "target" not in one:
        return None
    value = one["target"]
    if isinstance(value, float):
        raise DefinitionRefused(
            f"{place}: target is the binary fraction {value}", expected='text: target = "92.5"'
        )
    number = Decimal(value) if isinstance(value, int) else str(value)
    unit = one.get("unit", "")
    return checked(partial(Amount, value=number, unit=unit), "promise")  # type: ignore[type-var, arg-type]
