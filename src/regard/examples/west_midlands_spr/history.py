"""What the papers say of the requirement, as entries in the order and at the dates of a journal.

A file is a date: who said what, by which post, and where in which paper it stands. Subjects, the
document and its paragraph are put together here, so that a file holds little but words and
numbers. What the example inferred is said beside it, in `inferred`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from regard.core.errors import DefinitionRefused

FOLDER = Path(__file__).parent / "history"
POSITION_SCALE = "spr-position@1"
A_READING = "The level is a reading of these words: the paper gives none."

_OWN = frozenset(
    {"kind", "subject", "by", "at", "effective", "inferred", "again", "authority", "rows", "takes"}
    | {"party", "topic", "node", "amount", "unit", "approximate"}
)


@dataclass(frozen=True)
class Said:
    """One entry of the history.

    Attributes:
        kind: Which of the fourteen kinds of entry it is.
        subject: What it is about.
        by: The post that says it, by its path.
        effective: The day from which it is true.
        at: Where in the paper it stands; empty for what no paper says.
        words: Its fields as canonical JSON; numbers are text, days are ISO dates.
        inferred: What the example inferred; empty where the paper says it all.
    """

    kind: str
    subject: str
    by: str
    effective: date
    at: str
    words: str
    inferred: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields as plain data."""
        held: dict[str, Any] = json.loads(self.words)
        return held


@dataclass(frozen=True)
class Day:
    """What came to be known on one day.

    Attributes:
        recorded: The day on which the board could know it.
        publish: Editions of the library that are published first, by their ids.
        plan: Whether the Police and Crime Plan 2013/14 is entered next.
        paper: The number of the source paper; empty for a day without one.
        title: The paper's title with its date.
        inferred: What the example inferred of the day itself.
        entries: What is entered, in order.
    """

    recorded: date
    publish: tuple[str, ...]
    plan: bool
    paper: str
    title: str
    inferred: str
    entries: tuple[Said, ...]


@cache
def days(folder: Path = FOLDER) -> tuple[Day, ...]:
    """The history, the earliest day first.

    Raises:
        DefinitionRefused: a file names something it does not define.
    """
    latest: dict[str, dict[str, Any]] = {}
    found = [
        _day(tomllib.loads(file.read_text(encoding="utf-8")), latest)
        for file in sorted(folder.glob("*.toml"))
    ]
    return tuple(sorted(found, key=lambda one: one.recorded))


def _day(held: dict[str, Any], latest: dict[str, dict[str, Any]]) -> Day:
    file = _File(held, latest)
    return Day(
        recorded=held["recorded"],
        publish=tuple(held.get("publish", ())),
        plan=held.get("plan", False),
        paper=held.get("paper", ""),
        title=held.get("title", ""),
        inferred=held.get("inferred", ""),
        entries=tuple(said for row in held.get("entry", ()) for said in file.said(row)),
    )


class _File:
    """Puts the entries of one file together."""

    def __init__(self, held: dict[str, Any], latest: dict[str, dict[str, Any]]) -> None:
        self._held = held
        self._common: dict[str, str] = held.get("common", {})
        self._every: dict[str, dict[str, Any]] = held.get("every", {})
        self._latest = latest  # the last fields of every subject, for a version that changes some

    def said(self, row: dict[str, Any]) -> Iterator[Said]:
        """The entries of a row: one, or one for each line of its `rows`."""
        for entry in _each(row):
            yield self._one({**self._every.get(entry["kind"], {}), **entry})

    def _one(self, entry: dict[str, Any]) -> Said:
        kind = entry["kind"]
        fields = {name: value for name, value in entry.items() if name not in _OWN}
        makers = {
            "party": self._party,
            "measure": self._measure,
            "observation": self._observation,
            "judgement": self._judgement,
            "expectation": self._expectation,
            "concern": self._concern,
            "decision": self._decision,
            "document": self._document,
            "edition": self._edition,
            "link": self._link,
        }
        subject = makers[kind](entry, fields) if kind in makers else entry["subject"]
        if entry.get("again"):
            fields = {**self._latest[subject], **fields}
        plain = _plain(fields, subject)
        self._latest[subject] = plain
        return Said(
            kind=kind,
            subject=subject,
            by=entry["by"],
            effective=entry.get("effective") or entry.get("collected") or self._held["as_at"],
            at=entry.get("at", ""),
            words=json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
            inferred=entry.get("inferred", ""),
        )

    def _place(self, entry: dict[str, Any]) -> str:
        return f"({entry['at']} of {self._held['cited']})"

    def _party(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        return f"party:{entry['party']}"

    def _measure(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        fields |= {"unit": entry["unit"], "source": f"{self._held['title']}, {entry['at']}"}
        return str(entry["subject"])

    def _observation(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        collected = fields.setdefault("collected", self._held["as_at"])
        scope = fields.setdefault("scope", self._common["scope"])
        fields["document"] = {"name": self._held["title"], "place": entry["at"]}
        if "measure" in entry:
            fields["measure"] = f"measure:{entry['measure']}"
            fields["amount"] = {"value": entry["amount"], "unit": entry["unit"]}
            if entry.get("approximate"):
                fields["amount"]["approximate"] = True
        return f"observation:{_path(scope)}/{entry['topic']}/{collected.isoformat()}"

    def _judgement(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        cycle, edition = self._common["cycle"], self._common["edition"]
        scope = fields.setdefault("scope", self._common["scope"])
        about = f"{_path(edition)}/{entry['node']}"
        fields |= {"about": f"expectation:{about}", "edition": edition, "cycle": cycle}
        fields["scale"] = POSITION_SCALE
        reading = f" {A_READING}" if "level" in fields else ""
        fields["reason"] = f"{fields['reason']} {self._place(entry)}{reading}"
        voice = f"{fields['aspect']}/line-{fields['line']}"
        return f"judgement:{_path(cycle)}/{_path(scope)}/{about}/{voice}"

    def _expectation(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        fields["cites"] = f"{self._held['title']}, {entry['at']}"
        if fields.get("facet", {}).get("type") == "promise":
            fields["facet"] = {**fields["facet"], "at": entry["at"]}
        if "amount" in entry:
            fields["target"] = {"value": entry["amount"], "unit": entry["unit"]}
            fields["measure"] = f"measure:{entry['measure']}"
        return str(entry["subject"])

    def _concern(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        fields.setdefault("scope", self._common["scope"])
        fields.setdefault("owner", f"party:{entry['by']}")
        fields["text"] = f"{fields['text']} {self._place(entry)}"
        return str(entry["subject"])

    def _decision(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        fields.setdefault("scope", self._common["scope"])
        fields |= {"by": entry["authority"], "reason": f"As printed {self._place(entry)}."}
        return str(entry["subject"])

    def _document(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        fields.setdefault("scope", self._common["scope"])
        return str(entry["subject"])

    def _edition(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        fields["document"] = f"{self._held['title']}, {entry['at']}"
        return str(entry["subject"])

    def _link(self, entry: dict[str, Any], fields: dict[str, Any]) -> str:
        fields["note"] = f"{fields.get('note', '')} {self._place(entry)}".strip()
        kind, source, target = entry["type"], entry["source"], entry["target"]
        ends = f"{source}/{target.rpartition('/')[2]}".replace(":", "/")
        return f"link:{kind.replace(' ', '-')}/{ends}"


def _each(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row as it is, or one for each body of its `rows`: the body, the amount, the inputs."""
    if "rows" not in row:
        yield row
        return
    for scope, amount, *inputs in row["rows"]:
        taken = [
            {"name": name, "value": value, "unit": row["unit"], "source": row["at"]}
            for name, value in zip(row.get("takes", ()), inputs, strict=True)
        ]
        entry = {**row, "scope": f"party:{scope}", "amount": amount}
        if taken:
            entry["inputs"] = [*taken, *row.get("inputs", ())]
        for name in {"subject", "code"} & row.keys():
            entry[name] = row[name].replace("{scope}", scope)
        yield entry


def _path(subject: str) -> str:
    return subject.partition(":")[2]


def _plain(value: Any, subject: str) -> Any:
    """Dates as ISO text; a binary fraction is refused, for numbers are written as text."""
    if isinstance(value, float):
        raise DefinitionRefused(f"{subject} holds the number {value}", expected=f'"{value}"')
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(one, subject) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, subject) for one in value]
    return value
