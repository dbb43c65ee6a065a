"""Writes a paper as one accessible web page that holds everything and fetches nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import partial

from markupsafe import Markup

from regard.papers.filling import filled, read
from regard.papers.fixed import FIXED
from regard.papers.layout import Laid, LaidBlock, LaidHeading, LaidTable, plain
from regard.papers.model import LANGUAGE
from regard.papers.pictures import Pictures


def web_page(paper: Laid, pictures: Pictures) -> bytes:
    """The paper as HTML, in UTF-8.

    Its policy allows its own style sheet by digest, and nothing else: no script, no
    picture, font or frame from anywhere.
    """
    css = read("paper.css") + _margins(paper)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return filled(
        "paper.html",
        paper=paper,
        blocks=blocks_on_screen(paper),
        pictures={n: Markup(svg.decode()) for n, svg in pictures.svg.items()},  # noqa: S704
        icons={n: Markup(svg.decode()) for n, svg in pictures.icon_svg.items()},  # noqa: S704
        said=partial(_said, paper.language),
        spoken=_spoken,
        english=_spoken("" if paper.language == LANGUAGE else LANGUAGE),
        css=Markup(css),  # noqa: S704 - our own file; the words in it are escaped in _margins
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
    )


def _said(language: str, name: str, **places: str) -> str:
    """Fixed words for a template."""
    return FIXED.line(name, language, **places)


def _spoken(language: str) -> Markup:
    """The attribute of words in a language that is not the page's; nothing where it is."""
    return Markup(' lang="{}"').format(language) if language else Markup("")


def blocks_on_screen(paper: Laid) -> list[LaidBlock]:
    """What a page of a screen shows, in order: the data of a chart stand below it, and once."""
    return [block for block in paper.blocks if not _below_charts(block, paper)]


def _below_charts(block: LaidBlock, paper: Laid) -> bool:
    """Whether a block repeats data that stand below its chart on this page."""
    if isinstance(block, LaidTable):
        return block.anchor in paper.data_tables
    data = FIXED.line("data", paper.language)
    return isinstance(block, LaidHeading) and plain(block.runs).endswith(f": {data}")


def _margins(paper: Laid) -> str:
    """The marking and the banner on every printed page, in its margins."""
    top = paper.marking + (f" \N{MIDDLE DOT} {paper.banner}" if paper.banner else "")
    of = f'"{FIXED.line("page-of", paper.language)}"'
    font = "font:700 9pt Arimo,Arial,sans-serif;"
    return (
        f"@page{{@top-center{{content:{_css_words(top)};{font}}}"
        f"@bottom-center{{content:{_css_words(paper.marking)};{font}}}"
        f"@bottom-right{{content:counter(page) {of} counter(pages);"
        "font:9pt Arimo,Arial,sans-serif;}}\n"
    )


def _css_words(text: str) -> str:
    """A CSS string, all but letters and digits escaped (CSS Syntax Level 3, section 4.3.7)."""
    told = (one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in text)
    return f'"{"".join(told)}"'
