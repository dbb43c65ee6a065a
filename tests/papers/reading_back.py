"""Reads a paper back out of each format, as plain words, with independent readers."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pikepdf

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SMALLEST = 7  # points; anything smaller is a raised mark
_BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "li", "td", "th", "dt", "dd", "caption", "figcaption"]
    + ["summary", "title", "desc"]
)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.told: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skipped += tag in ("style", "sup")
        if tag in _BLOCKS:
            self.told.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in ("style", "sup")
        if tag in _BLOCKS:
            self.told.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.told.append(data)


def html(content: bytes) -> str:
    reader = _Words()
    reader.feed(content.decode())
    return "".join(reader.told)


def part(content: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ET.fromstring(archive.read(name))


def docx(content: bytes) -> str:
    """Paragraph by paragraph, without the raised marks."""
    lines = []
    for paragraph in part(content, "word/document.xml").iter(f"{_WORD}p"):
        words = []
        for run in paragraph.iter(f"{_WORD}r"):
            style = run.find(f"{_WORD}rPr/{_WORD}rStyle")
            if style is None or style.get(f"{_WORD}val") != "Mark":
                words.extend(one.text or "" for one in run.iter(f"{_WORD}t"))
        lines.append("".join(words))
    return "\n".join(lines)


def odt(content: bytes) -> str:
    """Paragraph by paragraph, without the raised marks."""
    lines = []
    for element in part(content, "content.xml").iter():
        if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            lines.append("".join(_odt_words(element)))
    return "\n".join(lines)


def _odt_words(element: ET.Element) -> list[str]:
    words = [element.text or ""]
    for child in element:
        if child.get(f"{_TEXT}style-name") != "Mark":
            words.extend(_odt_words(child))
        words.append(child.tail or "")
    return words


def pdf(content: bytes) -> str:
    """The words of every page in order, from their Unicode numbers, without the raised marks."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return "\n".join(_page_words(page) for page in opened.pages)


def _page_words(page: pikepdf.Page) -> str:
    maps = {
        str(name): _unicode_of(font["/ToUnicode"].read_bytes().decode("latin-1"))
        for name, font in page.resources["/Font"].items()
    }
    told: list[str] = []
    using: dict[int, str] = {}
    raised = False
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            raised = float(operands[1]) < SMALLEST
            using = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ") and not raised:
            shown = operands[0] if str(operator) == "TJ" else [operands[0]]
            for one in shown:
                if isinstance(one, pikepdf.String):
                    raw = bytes(one)
                    codes = [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]
                    told.extend(using.get(code, "?") for code in codes)
        elif str(operator) == "ET":
            told.append("\n")
    return "".join(told)


def _unicode_of(cmap: str) -> dict[int, str]:
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, words in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(words).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, words in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            first = bytes.fromhex(words).decode("utf-16-be")
            for step in range(int(high, 16) - int(low, 16) + 1):
                found[int(low, 16) + step] = first[:-1] + chr(ord(first[-1]) + step)
    return found


READERS = {"html": html, "docx": docx, "odt": odt, "pdf": pdf}


def squeezed(text: str) -> str:
    """Without white space, which each format breaks in its own places."""
    return "".join(text.split())
