"""Every route asked by every post, with every method: who may, and what a refusal leaves.

    python -m bench.web_access            writes evidence
    python -m bench.web_access --small    the fault alone, nothing written

The tests of access ask and count: tests/web/test_access.py, beside a table that was looked over by
eye. Here they are run, and their counts are read from pytest's report.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import Line, measured
from bench.web_ground import told
from bench.web_tests import Tested, outcomes

FILE = "tests/web/test_access.py"
ADDRESSES = "test_every_route_has_an_address_at_which_it_is_asked"
REFUSED = "test_a_refused_write_leaves_nothing_and_is_told"
FAULT = "test_fault_who_is_held_to_have_every_role_turns_a_quarter_of_the_refusals"
ASKED = {
    "test_reading_is_for_whom_the_table_says": "reading",
    REFUSED: "writing that is refused",
    "test_an_empty_form_is_refused_in_words_and_enters_nothing": "writing that is let through",
    "test_no_other_method_is_taken_and_a_head_is_refused_as_its_page_is": "other methods",
    "test_another_force_reads_nothing_of_this_one": "by a post of another force",
    "test_what_is_closely_held_is_shown_to_nobody_without_the_need": "of what is marked higher",
}
"""The tests that ask cells, with what they ask; one that is given parameters counts in all."""


def lines(folder: Path, *, small: bool) -> list[Line]:
    """The figures of access; of a small run the fault alone."""
    found = outcomes(FILE, folder, only=FAULT if small else "")
    fault = found[FAULT]
    control = measured(
        "web.access.control",
        100 * fault.count("red") / fault.count("cells"),
        n=fault.count("cells"),
        note="refusals of reading and writing, where every post is held to have every role",
    )
    return [control] if small else [*_of(found), control]


def _of(found: Mapping[str, Tested]) -> list[Line]:
    cells, wrong = {}, 0
    for name, one in found.items():
        if asked := ASKED.get(name.partition("[")[0]):
            cells[asked] = cells.get(asked, 0) + one.count("cells")
            wrong += one.count("wrong")
    if set(cells) != set(ASKED.values()):
        raise LookupError(f"{FILE} asked {sorted(cells)} alone")
    note = "; ".join(f"{what}: {count:,}" for what, count in cells.items())
    addresses, refused, every = found[ADDRESSES], found[REFUSED], sum(cells.values())
    routes, unasked = addresses.count("routes"), addresses.count("unasked")
    return [
        measured("web.access.resolver", 100 * (routes - unasked) / routes, n=routes),
        measured("web.access.cells", every, note=note),
        measured("web.access.mismatches", wrong, n=every),
        measured("web.access.left", refused.count("left"), n=refused.count("cells")),
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure and write the lines; small writes nothing."""
    return told(lines, arguments, name="web_access", does="Who may read and write what, asked.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
