"""Plan files: TOML in, a `Plan` out, and a refusal that names every wrong item."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from regard.core.errors import MOST_PROBLEMS, DefinitionRefused, FileUnreadable
from regard.core.markings import Marking
from regard.core.periods import Month
from regard.plan.checking import faults
from regard.plan.fields import Item
from regard.plan.model import (
    CADENCES,
    DIRECTIONS,
    WAYS,
    AsAtException,
    Ask,
    Baseline,
    Composition,
    Consequence,
    Deliverable,
    Milestone,
    Outcome,
    Plan,
    Quotation,
    Report,
    Watched,
)

Made = TypeVar("Made")
_KINDS = {
    "outcomes": "outcome",
    "milestones": "milestone",
    "watched": "watched",
    "compositions": "composition",
    "deliverables": "deliverable",
    "baselines": "accepted_step",
    "consequences": "implication",
    "asks": "recommendation",
}


def load(path: Path) -> Plan:
    """Read a plan file.

    Raises:
        FileUnreadable: there is no such file, or it is not TOML in UTF-8.
        DefinitionRefused: something in it breaks the rules; every wrong item is named, up
            to fifty.
    """
    try:
        held = path.read_bytes()
    except OSError as reason:
        raise FileUnreadable(
            f"{path} cannot be read: {reason.strerror}",
            expected="a plan file in TOML",
            next_step="see `regard plan draft --help` for a first one",
        ) from reason
    return read_plan(held, path.name)


def read_plan(held: bytes, name: str) -> Plan:
    """A plan from the bytes of a plan file.

    Args:
        held: The bytes.
        name: What the file is called, for what is said of it.

    Raises:
        FileUnreadable: it is not TOML in UTF-8.
        DefinitionRefused: something in it breaks the rules.
    """
    try:
        tables = tomllib.loads(held.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as reason:
        raise FileUnreadable(
            f"{name} is not TOML: {reason}", expected="a plan file in TOML, UTF-8"
        ) from reason
    return plan_of(tables, file=name, sha256=hashlib.sha256(held).hexdigest())


def plan_of(tables: dict[str, Any], *, file: str, sha256: str = "") -> Plan:
    """A plan from the tables of a file.

    Raises:
        DefinitionRefused: something in them breaks the rules.
    """
    problems: list[DefinitionRefused] = []
    held: dict[str, Any] = {
        kind: _each(tables.get(table, []), file, table, problems) for kind, table in _KINDS.items()
    }
    unknown = sorted(set(tables) - {"plan", *_KINDS.values()})
    if unknown:
        problems.append(
            DefinitionRefused(
                f"{file}: [[{unknown[0]}]] is nothing that a plan holds",
                expected=f"[plan] and [[{']], [['.join(_KINDS.values())}]]",
            )
        )
    head = _head(tables.get("plan", {}), file, problems)
    if not problems:
        plan = Plan(**head, **held, file=file, sha256=sha256)
        problems.extend(faults(plan))
    if problems:
        raise _all_of(problems, file)
    return plan


def _all_of(problems: list[DefinitionRefused], file: str) -> DefinitionRefused:
    if len(problems) == 1:
        return problems[0]
    count = f"{len(problems)} problems"
    if len(problems) > MOST_PROBLEMS:
        count += f", of which the first {MOST_PROBLEMS} are"
    lines = [f"{one.wrong}; expected {one.expected}" for one in problems[:MOST_PROBLEMS]]
    return DefinitionRefused(
        f"{file} was not read: {count}\n  " + "\n  ".join(lines),
        expected="a plan without these",
        next_step="put them right and read the file again",
    )


def _each(tables: Any, file: str, kind: str, problems: list[DefinitionRefused]) -> tuple[Any, ...]:
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        problems.append(
            DefinitionRefused(
                f"{file}: {kind} is not a list of tables", expected=f"[[{kind}]] before each"
            )
        )
        return ()
    made = []
    for place, table in enumerate(tables, start=1):
        item = Item(file, kind, place, table)
        found = _made(item, _MAKERS[kind], problems)
        if found is not None:
            made.append(found)
    return tuple(made)


def _made(
    item: Item, maker: Callable[[Item], Made], problems: list[DefinitionRefused]
) -> Made | None:
    try:
        found = maker(item)
        item.nothing_else()
    except DefinitionRefused as refusal:
        problems.append(refusal)
        return None
    return found


def _head(table: Any, file: str, problems: list[DefinitionRefused]) -> dict[str, Any]:
    item = Item(file, "plan", 0, table if isinstance(table, dict) else {})
    return _made(item, _plan, problems) or {}


def _plan(item: Item) -> dict[str, Any]:
    marking = item.text("marking", "OFFICIAL")
    try:
        held = Marking.parse(marking)
    except DefinitionRefused as refusal:
        raise item.refused(f"has marking = {marking!r}", expected=refusal.expected) from refusal
    return {
        "id": item.name("id"),
        "name": item.text("name"),
        "area": item.name("area"),
        "force": item.text("force"),
        "governing_body": item.text("governing_body"),
        "board": item.text("board"),
        "board_on": item.day("board_on"),
        "year": item.required_year("year"),
        "document": item.text("document"),
        "similar_forces": item.texts("similar_forces"),
        "report_of": item.text("report_of", ""),
        "author": item.text("author", ""),
        "marking": held,
    }


def _quotation(item: Item) -> Quotation:
    found = Quotation(item.text("text"), item.text("source"))
    item.nothing_else()
    return found


def _quotations(item: Item, name: str) -> tuple[Quotation, ...]:
    return tuple(_quotation(one) for one in item.items(name))


def _outcome(item: Item) -> Outcome:
    return Outcome(
        id=item.name("id"),
        letter=item.text("letter", ""),
        title=item.text("title"),
        lead=item.text("lead", ""),
        lead_note=item.text("lead_note", ""),
        source=item.text("source"),
    )


def _exception(item: Item) -> AsAtException:
    found = AsAtException(item.day("paper"), item.day("use"), item.text("reason"))
    item.nothing_else()
    return found


def _milestone(item: Item) -> Milestone:
    return Milestone(
        id=item.name("id"),
        outcome=item.name("outcome"),
        title=item.text("title"),
        measure=item.name("measure"),
        direction=item.choice("direction", DIRECTIONS),
        percent=item.number("percent"),
        level=item.number("level"),
        baseline=item.year("baseline", None),
        window=item.required_year("window"),
        rolling_months=item.whole("rolling_months", 0),
        lead=item.text("lead"),
        source=item.text("source"),
        ranked_since=item.month("ranked_since", None),
        as_at=tuple(_exception(one) for one in item.items("as_at")),
        said=_quotations(item, "said"),
    )


def _watched(item: Item) -> Watched:
    return Watched(
        id=item.name("id"),
        outcome=item.name("outcome"),
        title=item.text("title"),
        measure=item.name("measure"),
        rolling_months=item.whole("rolling_months", 0),
        source=item.text("source"),
        ranked_since=item.month("ranked_since", None),
        as_at=tuple(_exception(one) for one in item.items("as_at")),
        said=_quotations(item, "said"),
    )


def _composition(item: Item) -> Composition:
    return Composition(
        id=item.name("id"),
        outcome=item.name("outcome"),
        title=item.text("title"),
        whole=item.name("whole"),
        parts=item.texts("parts"),
        offences=item.texts("offences"),
        source=item.text("source"),
    )


def _report(item: Item) -> Report:
    found = Report(
        paper=item.text("paper"),
        on=item.moment("on"),
        how=item.choice("how", WAYS),
        points=item.text("points", ""),
        note=item.text("note", ""),
    )
    item.nothing_else()
    return found


def _deliverable(item: Item) -> Deliverable:
    leads = item.texts("leads")
    if not leads:
        raise item.refused("names no lead", expected='leads = ["the post that answers for it"]')
    return Deliverable(
        id=item.name("id"),
        outcome=item.name("outcome"),
        title=item.text("title"),
        leads=leads,
        cadence=item.choice("cadence", CADENCES, ""),
        source=item.text("source"),
        position=_quotations(item, "position"),
        reported=tuple(_report(one) for one in item.items("reported")),
        complete=item.flag("complete"),
        duplicate_of=item.name("duplicate_of", ""),
    )


def _baseline(item: Item) -> Baseline:
    start = item.month("from")
    reasons = item.items("reason")
    if len(reasons) != 1 or not isinstance(start, Month):
        raise item.refused(
            f"gives {len(reasons)} reasons", expected='reason = [{ text = "...", source = "..." }]'
        )
    return Baseline(
        measure=item.name("measure"),
        area=item.name("area"),
        start=start,
        reason=_quotation(reasons[0]),
        accepted_by=item.text("accepted_by"),
        accepted_on=item.day("on"),
    )


def _consequence(item: Item) -> Consequence:
    return Consequence(item.text("kind"), Quotation(item.text("text"), item.text("source")))


def _ask(item: Item) -> Ask:
    return Ask(item.name("id"), item.text("text"), item.text("source"))


_MAKERS: dict[str, Callable[[Item], Any]] = {
    "outcome": _outcome,
    "milestone": _milestone,
    "watched": _watched,
    "composition": _composition,
    "deliverable": _deliverable,
    "accepted_step": _baseline,
    "implication": _consequence,
    "recommendation": _ask,
}
