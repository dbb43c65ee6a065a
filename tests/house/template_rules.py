"""Rules for the templates of the pages: every word can be translated, nothing is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

TRANSLATED = re.compile(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", re.DOTALL)
UNSEEN = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.DOTALL)
TOKEN = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
LETTERS = re.compile(r"[A-Za-z]{2,}")
SAID = {"alt", "title", "aria-label", "placeholder", "label"}
OUR_NAME = re.compile(r"\bRegard\b")
UNESCAPED = re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off")
INSIDE = re.compile(r"\bstyle=|\bon[a-z]+=|<script(?![^>]*\bsrc=)")
FORM = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>(.*?)</form>", re.DOTALL | re.IGNORECASE)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._own_language = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "button" and held.get("lang"):
            self._own_language += 1
        self.found += [v for k, v in attrs if k in SAID and v and LETTERS.search(v)]

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._own_language:
            self._own_language -= 1

    def handle_data(self, data: str) -> None:
        if not self._own_language and LETTERS.search(OUR_NAME.sub("", data)):
            self.found.append(data.strip())


def words_can_be_translated(name: str, text: str) -> Iterator[str]:
    """Whatever a reader reads goes through `translate`; a page of help is whole in its language."""
    if re.search(r"/help/(en-gb|cy)/", name):
        return
    read = _Words()
    read.feed(TOKEN.sub("", TRANSLATED.sub("", UNSEEN.sub("", text))))
    for one in read.found:
        yield f"{name}: {one[:60]!r} is not translated"


def nothing_unsafe(name: str, text: str) -> Iterator[str]:
    """Every value is escaped, and no style, script or handler stands inside a page."""
    for found in [*UNESCAPED.finditer(text), *INSIDE.finditer(TOKEN.sub("", text))]:
        yield f"{name}: {found[0]!r}"


def every_form_has_its_token(name: str, text: str) -> Iterator[str]:
    """A form that is sent carries the token that shows it is ours."""
    for found in FORM.finditer(text):
        if "csrf_token" not in found[1]:
            yield f"{name}: a form without {{% csrf_token %}}: {found[0][:60]!r}"
