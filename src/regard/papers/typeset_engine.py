"""Typesets a paper in a confined child: reads `paper.json` and `paper.typ`, writes `paper.pdf`.

Started through `confine.py`, never imported. The words of the paper reach Typst as data, so
nothing in them is ever run. A character that no font here can draw stands as its Unicode
number in brackets, since PDF/UA refuses a page on which it would be an empty box.
"""

import json
import re
from pathlib import Path
from unicodedata import category

import typst
from fontpkg_arimo import ROOT as FONTS

MOST_TRIES = 4000
_REFUSED = re.compile(r'the text `"(.*?)"` could not|codepoint `"(.*?)"`', re.DOTALL)
# Soft hyphens, zero widths, directions and variation selectors: to the eye they are nothing,
# and a PDF would repeat the letter before them to who copies or hears it.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
# Each character stands in a box of its own: of a cluster, the engine names only the first.
_PROBE = """#set document(title: "probe")
#set text(font: "Arimo", fallback: false)
#for one in json("probe.json") { box(one) }"""


def typeset(source: str, timestamp: int) -> bytes:
    """One compilation, without the fonts of the system and without the network."""
    made = typst.compile(
        source,
        root=".",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-2a"],  # for every reader, and for the archive
        timestamp=timestamp,
    )
    assert isinstance(made, bytes), f"typst made {type(made).__name__} of {source}"
    return made


def refused(error: Exception) -> str:
    """The characters that this error says cannot be drawn; none if it says another thing."""
    found = _REFUSED.search(str(error))
    if not found:
        return ""
    text = found[1] or found[2]
    return _ESCAPE.sub(lambda one: chr(int(one[1], 16)), text).replace("\\\\", "\\")


def numbered(text: str, characters: set[str]) -> str:
    """The text with those characters as their numbers in brackets."""
    return "".join(f"[U+{ord(one):04X}]" if one in characters else one for one in text)


def undrawable(text: str) -> set[str]:
    """The characters of a text that no font here can draw, found by trying each."""
    beyond = {one for one in text if ord(one) > 0x7F}
    gone = {one for one in beyond if category(one) in ("Cf", "Cn", "Co")}
    left = beyond - gone
    for _ in range(MOST_TRIES):
        Path("probe.json").write_text(json.dumps(sorted(left)), encoding="utf-8")
        try:
            typeset("probe.typ", 0)
        except typst.TypstError as error:
            found = set(refused(error)) & left
            if not found:
                raise
            left -= found
            gone |= found
        else:
            return gone
    raise RuntimeError(f"more than {MOST_TRIES} characters that no font here can draw")


def main() -> None:
    """Typeset the paper, putting the numbers of characters where they cannot be drawn."""
    Path("probe.typ").write_text(_PROBE, encoding="utf-8")
    data = _INVISIBLE.sub("", Path("paper.json").read_text(encoding="utf-8"))
    gone = undrawable(data)
    timestamp = json.loads(data)["timestamp"]
    for _ in range(MOST_TRIES):
        Path("paper.json").write_text(numbered(data, gone), encoding="utf-8")
        try:
            Path("paper.pdf").write_bytes(typeset("paper.typ", timestamp))
        except typst.TypstError as error:
            # A cluster can lack a glyph although each of its characters has one; then the
            # marks and invisible characters go, since the engine names only its first.
            found = {one for one in refused(error) if ord(one) > 0x7F} - gone
            if refused(error) and not found:
                found = {one for one in data if category(one)[0] in "MC" and ord(one) > 0x7F} - gone
            if not found:
                raise
            gone |= found
        else:
            return
    raise RuntimeError(f"more than {MOST_TRIES} clusters that no font here can draw")


if __name__ == "__main__":
    main()
