"""What the house shows at the end of a run: the ten longest functions and modules."""

from __future__ import annotations

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the longest functions and modules, so that they are seen and not only bounded."""
    seen = [
        value
        for report in terminalreporter.stats.get("passed", [])
        for name, value in getattr(report, "user_properties", [])
        if name == "longest"
    ]
    if seen:
        terminalreporter.write_sep("-", "the ten longest functions and modules, in lines")
        for line in seen:
            terminalreporter.write_line(line)
