"""The lines of a run as a table for people: value, target, peer and ratio."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from bench.figures import Line


def printed(lines: Iterable[Line]) -> None:
    """Print one row a figure, in the order in which they were measured."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("figure", "value", "unit", "target", "verdict", "peer", "its value", "ratio"):
        right = name in ("value", "target", "its value", "ratio")
        table.add_column(name, justify="right" if right else "left", no_wrap=True)
    for line in lines:
        ratio = f"{line.ratio:.2f} x" if line.ratio else ""
        target = f"{line.relation} {_said(line.target)}" if line.target is not None else ""
        table.add_row(
            line.id,
            _said(line.value),
            line.unit,
            target,
            line.verdict,
            line.peer,
            _said(line.peer_value),
            ratio,
        )
    Console(width=140).print(table)


def _said(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.4g}"
