"""A plan as the text of a plan file: what the register holds goes out the way it came in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from regard.core.periods import FinancialYear, Month, Period
from regard.plan.model import (
    AsAtException,
    Baseline,
    Composition,
    Deliverable,
    Milestone,
    Outcome,
    Plan,
    Quotation,
    Report,
    Watched,
)


def file_text(plan: Plan) -> str:
    """The text of a plan file that, read again, gives the same plan."""
    tables: list[tuple[str, Mapping[str, Any]]] = [("[plan]", _head(plan))]
    tables += [("[[outcome]]", _outcome(one)) for one in plan.outcomes]
    tables += [("[[milestone]]", _milestone(one)) for one in plan.milestones]
    tables += [("[[watched]]", _watched(one)) for one in plan.watched]
    tables += [("[[composition]]", _composition(one)) for one in plan.compositions]
    tables += [("[[deliverable]]", _deliverable(one)) for one in plan.deliverables]
    tables += [("[[accepted_step]]", _baseline(one)) for one in plan.baselines]
    tables += [
        ("[[implication]]", {"kind": one.kind, **_quotation(one.said)}) for one in plan.consequences
    ]
    tables += [
        ("[[recommendation]]", {"id": one.id, "text": one.text, "source": one.source})
        for one in plan.asks
    ]
    return "\n".join("\n".join((name, *_lines(held))) + "\n" for name, held in tables)


def _lines(held: Mapping[str, Any]) -> Iterator[str]:
    for name, value in held.items():
        if value is not None and value not in ("", (), [], False):
            yield f"{name} = {_said(value)}"


def _said(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str() | FinancialYear():
            # A JSON string is a TOML basic string, but for escapes that are never written here.
            return json.dumps(str(value), ensure_ascii=False)
        case Month():
            return json.dumps(value.iso)
        case float():
            return str(int(value)) if value == int(value) else repr(value)
        case date():
            return value.isoformat()
        case Mapping():
            inner = ", ".join(_lines(value))
            return f"{{ {inner} }}"
        case tuple() | list():
            return f"[{', '.join(_said(one) for one in value)}]"
        case _:
            return str(value)


def _head(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "name": plan.name,
        "area": plan.area,
        "force": plan.force,
        "governing_body": plan.governing_body,
        "board": plan.board,
        "board_on": plan.board_on,
        "year": plan.year,
        "similar_forces": plan.similar_forces,
        "marking": str(plan.marking),
        "document": plan.document,
        "report_of": plan.report_of,
        "author": plan.author,
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "id": one.id,
        "letter": one.letter,
        "title": one.title,
        "lead": one.lead,
        "lead_note": one.lead_note,
        "source": one.source,
    }


def _milestone(one: Milestone) -> dict[str, Any]:
    return {
        "id": one.id,
        "outcome": one.outcome,
        "title": one.title,
        "measure": one.measure,
        "direction": one.direction,
        "percent": one.percent,
        "level": one.level,
        "baseline": one.baseline,
        "window": one.window,
        "rolling_months": one.rolling_months or None,
        "lead": one.lead,
        "source": one.source,
        **_shown(one),
    }


def _watched(one: Watched) -> dict[str, Any]:
    return {
        "id": one.id,
        "outcome": one.outcome,
        "title": one.title,
        "measure": one.measure,
        "rolling_months": one.rolling_months or None,
        "source": one.source,
        **_shown(one),
    }


def _shown(one: Milestone | Watched) -> dict[str, Any]:
    return {
        "ranked_since": one.ranked_since,
        "as_at": tuple(_exception(held) for held in one.as_at),
        "said": tuple(_quotation(said) for said in one.said),
    }


def _composition(one: Composition) -> dict[str, Any]:
    return {
        "id": one.id,
        "outcome": one.outcome,
        "title": one.title,
        "whole": one.whole,
        "parts": one.parts,
        "offences": one.offences,
        "source": one.source,
    }


def _deliverable(one: Deliverable) -> dict[str, Any]:
    return {
        "id": one.id,
        "outcome": one.outcome,
        "title": one.title,
        "leads": one.leads,
        "cadence": one.cadence,
        "source": one.source,
        "position": tuple(_quotation(said) for said in one.position),
        "reported": tuple(_report(held) for held in one.reported),
        "complete": one.complete,
        "duplicate_of": one.duplicate_of,
    }


def _report(one: Report) -> dict[str, Any]:
    return {
        "paper": one.paper,
        "on": _moment(one.on),
        "how": one.how,
        "points": one.points,
        "note": one.note,
    }


def _moment(on: Period) -> date | str:
    return on.start if on.days == 1 else Month.of(on.start).iso


def _baseline(one: Baseline) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "area": one.area,
        "from": one.start,
        "reason": (_quotation(one.reason),),
        "accepted_by": one.accepted_by,
        "on": one.accepted_on,
    }


def _exception(one: AsAtException) -> dict[str, Any]:
    return {"paper": one.paper, "use": one.use, "reason": one.reason}


def _quotation(said: Quotation) -> dict[str, Any]:
    return {"text": said.text, "source": said.source}
