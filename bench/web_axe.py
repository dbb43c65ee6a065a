"""Every page in every state under axe's rules of WCAG 2.2 A and AA, at two widths.

    python -m bench.web_axe            writes evidence
    python -m bench.web_axe --small    the control alone, nothing written

The tests look and count: tests/web/browser/test_axe.py. Here they are run, and their counts are
read from pytest's report.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bench.figures import Line, measured
from bench.web_ground import told
from bench.web_tests import outcomes

FILE = "tests/web/browser/test_axe.py"
CONTROL = "test_a_page_without_a_label_is_caught"


def lines(folder: Path, *, small: bool) -> list[Line]:
    """Violations over all looks, how many pages and states were looked at, and the control."""
    found = outcomes(FILE, folder, only=CONTROL if small else "")
    control = measured("web.axe.control", found[CONTROL].count("against"), n=1)
    if small:
        return [control]
    looks = [one for name, one in found.items() if name != CONTROL]
    pages, looked = (sum(one.count(name) for one in looks) for name in ("pages", "looks"))
    against = sum(one.count("against") for one in looks)
    states = "; ".join(f"{one.told['state']}: {one.count('pages')}" for one in looks)
    return [
        measured("web.axe.violations", against, n=looked, note=f"pages by state: {states}"),
        measured("web.axe.pages", pages, n=looked),
        control,
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure and write the lines; small writes nothing."""
    return told(lines, arguments, name="web_axe", does="Pages under axe's rules, counted.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
