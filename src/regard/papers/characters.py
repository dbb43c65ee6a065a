"""Words made fit for every format: no character that XML forbids, no white space that collapses."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# White space that HTML and ODF would run together; DOCX and PDF are given the same words.
_SPACE = re.compile("[\\t\\n\\x0b\\x0c\\r\\x85\u2028\u2029 ]+")
# Not in the Char production of XML 1.0 (section 2.2), or a non-character of Unicode, or a
# control character that HTML does not allow.
_FORBIDDEN = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def fit(text: str) -> str:
    """The same words, in characters that all four formats can hold.

    A character that no format may hold becomes U+FFFD, so that the reader sees that
    something stood there. Runs of white space become one space.
    """
    return _SPACE.sub(" ", _FORBIDDEN.sub(REPLACEMENT, text))


def fit_line(text: str) -> str:
    """The same, without white space at the ends."""
    return fit(text).strip(" ")
