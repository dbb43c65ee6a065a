"""A page in another language says of each of its words that is still English that it is.

What is translated is of the page's language. What is not, what Regard computes and what somebody
wrote stand in English, and a page in Welsh would have them read out as if they were Welsh (WCAG
2.2, criterion 3.1.2). So every text of such a page is looked at once more on its way out: what the
translations hold stays as it is, and all else is marked as English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.dates import MONTHS
from django.utils.translation import get_language, override

from regard.library.labels import WELSH, labels_in
from regard.library.shelf import library

ENGLISH = "en-GB"
_TOKENS = re.compile(r"<!--.*?-->|<[^>]+>|[^<]+", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_SPOKEN = re.compile(r"\slang=", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_BETWEEN = re.compile(r"(\s*[·;:,()“”|–]\s*|\.\s+)")
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]")
_MARKUP = re.compile(r"<[^>]+>")
_COUNT = r"[\d,.]+"
_COUNTED = re.compile(rf"^{_COUNT} ")
_EDGES = " .:;,?!“”…"
_SPACE = " \t\r\n"
_ALONE = frozenset({"title", "option", "textarea"})  # hold words and no other element
_ASIDE = frozenset({"script", "style", "svg"})  # hold nothing that is read
_EMPTY = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "wbr"}
)
LEAST = 4  # letters of fixed words without which anything may stand in their places


class Languages:
    """Marks what is English of a page in another language."""

    def __init__(self, then: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._then = then

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the page be made, then look at its words."""
        answer = self._then(request)
        page = isinstance(answer, HttpResponse) and "text/html" in answer.headers["Content-Type"]
        if page and get_language() == WELSH:
            assert isinstance(answer, HttpResponse)
            answer.content = marked(answer.content.decode(), known(WELSH)).encode()
        return answer


@dataclass(frozen=True)
class Known:
    """The words of a language that pages hold.

    Attributes:
        words: Those that are always the same.
        patterns: Those that hold something else in places.
    """

    words: frozenset[str]
    patterns: re.Pattern[str]

    def holds(self, text: str) -> bool:
        """Whether words are of the language; what stands in their places is not asked."""
        return self.told(text) is not None

    def told(self, text: str) -> str | None:
        """Words of the language, with what stands in their places marked where that is English.

        Args:
            text: As HTML holds it.

        Returns:
            None where the words are not of the language.
        """
        plain = " ".join(unescape(text).split()).strip(_EDGES)
        if {plain.casefold(), _COUNTED.sub("", plain).casefold()} & self.words:
            return text
        bare = " ".join(text.split()).strip(_EDGES)
        found = self.patterns.fullmatch(bare)
        if found is None:
            return None
        before, _, after = text.partition(text.strip(_EDGES + _SPACE))
        return f"{before}{''.join(self._filled(bare, found))}{after}"

    def _filled(self, bare: str, found: re.Match[str]) -> Iterator[str]:
        at = 0
        for place in range(1, len(found.groups()) + 1):
            start, end = found.span(place)
            if start < 0:
                continue
            yield bare[at:start]
            value = bare[start:end]
            yield value if not _LETTERS.search(value) or self.holds(value) else _spoken(value)
            at = end
        yield bare[at:]


class _Catalogue(GNUTranslations):
    """A compiled catalogue whose translations can be listed."""

    def translations(self) -> Iterator[str]:
        held: dict[Any, str] = self._catalog  # type: ignore[attr-defined]
        for message, text in held.items():
            # A plural without a translation is compiled as it stands in English.
            name = message[0] if isinstance(message, tuple) else message
            if name and text and held.get((name, 0)) != name:
                yield text


@cache
def known(language: str) -> Known:
    """The words that the pages hold in a language, with its months and its labels."""
    words, patterns = set[str](), []
    for text in (*_translated(language), *_labels(language)):
        for piece in _MARKUP.split(text):
            bare = " ".join(piece.split()).strip(_EDGES)
            if not _PLACE.search(bare):
                words.add(bare.casefold())
            else:
                patterns.append(_pattern(bare))
    with override(language):
        months = "|".join(str(one) for one in MONTHS.values())
    patterns.append(rf"{_COUNT} (?:{months})(?: \d+)?")
    return Known(frozenset(words - {""}), re.compile("|".join(patterns), re.IGNORECASE))


def _translated(language: str) -> Iterator[str]:
    for folder in settings.LOCALE_PATHS:
        path = Path(folder) / language / "LC_MESSAGES" / "django.mo"
        if path.is_file():
            with path.open("rb") as read:
                yield from _Catalogue(read).translations()


def _labels(language: str) -> Iterator[str]:
    labels = labels_in(language)
    yield from (*labels.titles.values(), *labels.aspects.values())
    for held in labels.levels.values():
        yield from held.values()
    for scale in library().scales.values():
        yield from (one.label_cy for one in scale.levels if one.label_cy)


def _pattern(text: str) -> str:
    """A text with places as a pattern; where it has few words of its own, of numbers alone."""
    fixed = _PLACE.sub("", text)
    inside = "(.+?)" if sum(one.isalpha() for one in fixed) >= LEAST else _COUNT
    return inside.join(re.escape(one) for one in _PLACE.split(text))


def marked(page: str, held: Known) -> str:
    """The page with every text that is not of its language marked as English.

    Args:
        page: Well-formed HTML.
        held: The words of the page's language.
    """
    out: list[str] = []
    open_: list[tuple[str, bool]] = []  # elements around, and whether each is left alone
    tokens = _TOKENS.findall(page)
    for at, token in enumerate(tokens):
        tag = _TAG.match(token)
        if tag is not None:
            _entered(open_, tag, token)
        elif _LETTERS.search(token) and open_ and not open_[-1][1] and token[0] != "<":
            name = open_[-1][0]
            alone = tokens[at - 1].startswith(f"<{name}") and tokens[at + 1] == f"</{name}>"
            token = _looked_at(token, held, out, name, alone=alone)
        out.append(token)
    return "".join(out)


def _entered(open_: list[tuple[str, bool]], tag: re.Match[str], token: str) -> None:
    name = tag[2].lower()
    if tag[1]:
        if open_ and open_[-1][0] == name:
            open_.pop()
    elif name not in _EMPTY and not token.endswith("/>"):
        around = bool(open_) and open_[-1][1]
        spoken = name != "html" and _SPOKEN.search(token) is not None
        open_.append((name, around or spoken or name in _ASIDE))


def _looked_at(text: str, held: Known, out: list[str], name: str, *, alone: bool) -> str:
    if (told := held.told(text)) is not None:
        return text if name in _ALONE else told
    if name in _ALONE or (alone and not any(map(held.holds, _BETWEEN.split(text)[::2]))):
        start = out[-1]
        out[-1] = f'{start[: 1 + len(name)]} lang="{ENGLISH}"{start[1 + len(name) :]}'
        return text
    return "".join(_pieces(text, held))


def _pieces(text: str, held: Known) -> Iterator[str]:
    """The pieces between commas and colons, those that are English marked, neighbours as one."""
    english: list[str] = []
    for at, piece in enumerate(_BETWEEN.split(text)):
        said = at % 2 == 0 and _LETTERS.search(piece) is not None
        told = held.told(piece) if said else None
        if told is not None:
            yield from _english(english)
            english = []
            yield told
        elif said or english:
            english.append(piece)
        else:
            yield piece
    yield from _english(english)


def _english(pieces: list[str]) -> Iterator[str]:
    """Pieces as one in English; what stands around its words stays outside."""
    text = "".join(pieces)
    if text:
        bare = text.strip()
        before, _, after = text.partition(bare)
        yield f"{before}{_spoken(bare)}{after}"


def _spoken(text: str) -> str:
    return f'<span lang="{ENGLISH}">{text}</span>'
