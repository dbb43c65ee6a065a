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
    "Configured": "regard.capability.configured",
    "Counter": "regard.records.counting",
    "Document": "regard.papers",
    "Figure": "regard.core",
    "FinancialYear": "regard.core",
    "Month": "regard.core",
    "People": "regard.capability.people",
    "Period": "regard.core",
    "RegardError": "regard.core",
    "Register": "regard.register.register",
    "Series": "regard.core",
    "StatedTables": "regard.records.stated",
    "Statement": "regard.core",
    "Store": "regard.records.store",
    "answer_again": "regard.capability.scenarios",
    "answering": "regard.capability.fits",
    "compare_answers": "regard.capability.stress",
    "compare_to_last_year": "regard.signals",
    "configured": "regard.capability.configured",
    "contracts": "regard.records.contracts",
    "count_frame": "regard.records.tables",
    "import_files": "regard.records.imports",
    "issue_performance_paper": "regard.board.issuing",
    "keep_answer": "regard.board.stress_answer",
    "kept_answers": "regard.capability.scenarios",
    "load_plan": "regard.plan.loading",
    "measures": "regard.records.measures",
    "muster": "regard.capability.mustering",
    "read": "regard.signals",
    "read_frame": "regard.signals.pack",
    "screen": "regard.capability.stress",
    "sensitivity": "regard.capability.sensitivity",
    "share_demand": "regard.capability.sharing",
    "stress": "regard.capability.stress",
    "withdraw": "regard.records.imports",
    "write": "regard.papers",
}
_CALLED_THERE = {
    "answer_again": "again",
    "answering": "answering_held",
    "compare_answers": "compare",
    "keep_answer": "keep_with_paper",
    "load_plan": "load",
    "muster": "mustered",
    "share_demand": "share",
}

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
