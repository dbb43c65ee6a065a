"""How something printed stands against what it was made from."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """How a printed claim stands against what can be computed from the paper."""

    OK = "OK"  # re-derives as printed
    OK_R = "OK-R"  # agrees once the rounding of what was printed, or a stated tolerance, is allowed
    BAD = "BAD"  # does not add up
    BASIS = "BASIS"  # two bases; can be reconciled only if the base is recorded
    ND = "ND"  # cannot be derived; it is asserted
    GAP = "GAP"  # the text lacks the table or figure
    X = "X"  # conflicts with another place, or another paper
    DERIVED = "derived"  # nothing was printed to compare with; the number follows


MEANINGS = {
    Verdict.OK: ("agrees", "agree"),
    Verdict.OK_R: ("agrees after rounding", "agree after rounding"),
    Verdict.BAD: ("does not add up", "do not add up"),
    Verdict.BASIS: ("is on two bases", "are on two bases"),
    Verdict.ND: ("cannot be derived", "cannot be derived"),
    Verdict.GAP: ("is missing from the text", "are missing from the text"),
    Verdict.X: ("conflicts with another place", "conflict with another place"),
    Verdict.DERIVED: ("only follows from what is printed", "only follow from what is printed"),
}
"""Each verdict in words, as a sentence about one claim or several ends."""
