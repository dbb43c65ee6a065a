"""Regard: what a force ought to do, what it counts, where it stands, and the paper that says so.

For a notebook, `import regard` offers the names below; each room is read when it is first
used, so that importing costs nothing.

Example:
    >>> import regard
    >>> print(regard.FinancialYear.parse("2013/14").previous)
    2012/13
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "Counter": "regard.records.counting",
    "Document": "regard.papers",
    "Figure": "regard.core",
    "FinancialYear": "regard.core",
    "Month": "regard.core",
    "Period": "regard.core",
    "RegardError": "regard.core",
    "Series": "regard.core",
    "Statement": "regard.core",
    "Store": "regard.records.store",
    "compare_to_last_year": "regard.signals",
    "contracts": "regard.records.contracts",
    "count_frame": "regard.records.tables",
    "import_files": "regard.records.imports",
    "issue_performance_paper": "regard.board.issuing",
    "load_plan": "regard.plan.loading",
    "measures": "regard.records.measures",
    "read": "regard.signals",
    "read_frame": "regard.signals.pack",
    "withdraw": "regard.records.imports",
    "write": "regard.papers",
}
_CALLED_THERE = {"load_plan": "load"}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - a list of plain names


def __getattr__(name: str) -> Any:
    """The thing of that name, from its room.

    Raises:
        AttributeError: Regard offers nothing of that name.
    """
    if name not in _HOMES:
        raise AttributeError(f"regard offers no {name!r}; it offers {', '.join(__all__)}")
    return getattr(importlib.import_module(_HOMES[name]), _CALLED_THERE.get(name, name))


def __dir__() -> list[str]:
    """The names that Regard offers."""
    return list(__all__)
