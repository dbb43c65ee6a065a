"""How wide words are in the charts' font, so that labels can be set where they fit."""

from __future__ import annotations

# Advance widths of Arimo regular, the charts' font, in thousandths of the font size; those of
# Arial, which it matches.
_CHARACTERS = {
    191: "'",
    222: "ijl’",
    260: "|",
    278: " !,./:;I[\\]ft\N{NO-BREAK SPACE}",
    333: "()-`r“”·{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu£–",
    584: "+<=>~−",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm½",
    889: "%",
    944: "W",
    1015: "@",
}
_WIDTHS = {one: width for width, characters in _CHARACTERS.items() for one in characters}
_WIDEST = 1015  # taken for a character that is not listed
BOLD = 1.08  # times as wide as regular, rounded up over the letters of running text


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of words is, in pixels, at a font size in pixels."""
    thousandths = sum(_WIDTHS.get(one, _WIDEST) for one in text)
    return thousandths * size / 1000 * (BOLD if bold else 1)


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Words in lines no wider than `width` pixels; a single word that is wider stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
