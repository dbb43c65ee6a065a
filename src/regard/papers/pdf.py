"""Writes a paper as tagged PDF (PDF/UA-1 and PDF/A-2a), typeset in a locked child."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from regard.papers.fixed import FIXED
from regard.papers.layout import Laid, LaidBlock, LaidChart, LaidTable
from regard.papers.lock import Held, run_locked
from regard.papers.pictures import FULL_WIDTH, Pictures

TEMPLATE = Path(__file__).resolve().parent / "templates" / "paper.typ"
_WIDTH = re.compile(rb'<svg[^>]* width="(\d+)')


def pdf(paper: Laid, pictures: Pictures) -> Held:
    """The paper as `paper.pdf`, and the lock under which it was typeset.

    Raises:
        PaperRefused: the engine refuses it, or runs past a limit.
    """
    moment = datetime(paper.year, paper.month, paper.day, tzinfo=UTC)
    told = {
        one.name: getattr(paper, one.name)
        for one in fields(paper)
        if one.name not in ("blocks", "charts", "icons")
    }
    told["said"] = {one: FIXED.line(one, paper.language) for one in ("page", "page-of")}
    told["timestamp"] = int(moment.timestamp())
    told["blocks"] = [_told(block, paper, pictures) for block in paper.blocks]
    files = {f"chart-{number}.svg": svg for number, svg in pictures.svg.items()}
    files |= {f"icon-{name}.svg": svg for name, svg in pictures.icon_svg.items()}
    files["paper.typ"] = TEMPLATE.read_bytes()
    files["paper.json"] = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    return run_locked("typeset_engine", files, ["paper.pdf"])


def _told(block: LaidBlock, paper: Laid, pictures: Pictures) -> Mapping[str, Any]:
    """A block as plain data."""
    match block:
        case LaidTable():
            rows = [
                {"header": [asdict(run) for run in header], "cells": [asdict(one) for one in cells]}
                for header, cells in block.rows
            ]
            small = block.anchor in paper.data_tables
            told = {"rows": rows, "small": small, "short": block.is_short, "shares": block.shares}
            return asdict(block) | told
        case LaidChart():
            found = _WIDTH.search(pictures.svg[block.number])
            width = int(found[1]) if found else FULL_WIDTH
            told = {
                one.name: getattr(block, one.name)
                for one in fields(block)
                if one.name not in ("spec", "data", "sheet", "reading", "note", "icons")
            }
            told["data_line"] = FIXED.line("data-in", paper.language, place=block.data_in)
            runs = {"reading": block.reading, "note": block.note}
            told |= {name: [asdict(one) for one in held] for name, held in runs.items()}
            return told | {"icons": [asdict(one) for one in block.icons], "width": width}
        case _:
            return asdict(block)
