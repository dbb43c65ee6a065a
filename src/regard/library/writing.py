"""Editions and crosswalks as text of the files they can be read from: a start for a force's own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from regard.library.model import CONFIRMED, MODES, Crosswalk, EditionFile, Node


def edition_text(edition: EditionFile) -> str:
    """The text of a file that reads as this edition, with everything said at each node."""
    key = next(key for key, title in edition.documents if title == edition.document)
    head: list[tuple[str, object]] = [
        ("id", edition.id),
        ("instrument", edition.instrument),
        ("title", edition.title),
        ("label", edition.label),
        ("issuer", edition.issuer),
        ("form", edition.form),
        ("legal_force", edition.legal_force),
        ("in_force_from", edition.in_force_from),
        ("in_force_to", edition.in_force_to),
        ("dates", edition.dates if edition.dates != CONFIRMED else ""),
        ("corrects", edition.corrects),
        ("document", key),
        ("documents", edition.documents),
        ("terms", edition.schemes),
        ("note", edition.note),
    ]
    above = {node.code: node for node in edition.nodes}
    roles = {name: role for role, name in edition.schemes}
    return _tables(
        [("[edition]", head), *(("[[node]]", _node(node, above, roles)) for node in edition.nodes)]
    )


def _node(node: Node, above: dict[str, Node], roles: dict[str, str]) -> list[tuple[str, object]]:
    inherited = above[node.parent].terms if node.parent else ()
    own = (term.rpartition("/") for term in node.terms if term not in inherited)
    terms = tuple((roles[scheme], code) for scheme, _, code in own)
    usual_parent = node.code.rpartition("/")[0]
    return [
        ("code", node.code),
        ("parent", node.parent if node.parent != usual_parent else ""),
        ("kind", node.kind),
        ("text", node.text),
        ("words", node.words),
        ("cites", [f"{one.document}: {one.place}" for one in node.cites]),
        ("terms", terms),
        ("mode", node.mode if node.mode != MODES[0] else ""),
        ("judged", node.judged or ""),
        ("scale", node.scale),
        ("rule", node.rule),
        ("aspects", list(node.aspects)),
        ("note", node.note),
    ]


def crosswalk_text(crosswalk: Crosswalk) -> str:
    """The text of a file that reads as this crosswalk."""
    head = [
        ("earlier", crosswalk.earlier.id),
        ("later", crosswalk.later.id),
        ("standing", crosswalk.standing if crosswalk.standing != CONFIRMED else ""),
        ("source", crosswalk.source),
    ]
    crossings = [
        (
            "[[crossing]]",
            [
                ("kind", one.kind),
                ("earlier", list(one.earlier)),
                ("later", list(one.later)),
                ("note", one.note),
            ],
        )
        for one in crosswalk.crossings
    ]
    return _tables([("[crosswalk]", head), *crossings])


def _tables(tables: Iterable[tuple[str, Iterable[tuple[str, object]]]]) -> str:
    written = []
    for head, fields in tables:
        lines = [
            f"{name} = {_written(value)}"
            for name, value in fields
            if value not in ("", None, [], ())
        ]
        written.append("\n".join([head, *lines]))
    return "\n\n".join(written) + "\n"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"{{ {', '.join(f'{_quoted(key)} = {_written(one)}' for key, one in value)} }}"
    if isinstance(value, list):
        return f"[{', '.join(_written(one) for one in value)}]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    # A JSON string of printable characters is a basic string of TOML, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
