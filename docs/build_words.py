"""Gathers every word of the pages into the catalogues of translations, and keeps what they hold.

python -m docs.build_words           # write the catalogues again and compile them
python -m docs.build_words --check   # do they hold every word that the pages say?
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "src" / "regard" / "web"
LANGUAGES = ("cy",)
NOT_KEPT = tuple(
    f'"{one}'
    for one in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
        "Project-Id-Version",
    )
)
CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def words() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Every word that a page says: where, what, and in which context."""
    for file in sorted([*WEB.rglob("*.py"), *WEB.rglob("*.html")]):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            text = templatize(text, origin=str(file))
        read = io.BytesIO(text.encode())
        for _, message, _, context in extract("python", read, keywords=CALLS):
            yield file.relative_to(ROOT).as_posix(), message, context


def catalogue(language: str) -> Catalog:
    """The catalogue of a language: every word of the pages, translated as far as it was."""
    held = _empty(language)
    file = place(language)
    if file.is_file():
        with file.open("rb") as read:
            held = read_po(read, locale=language)
    template = _empty(None)
    for where, message, context in words():
        template.add(message, locations=[(where, 0)], context=context)
    held.update(template, no_fuzzy_matching=True)
    held.obsolete.clear()
    return held


def _empty(language: str | None) -> Catalog:
    return Catalog(
        language,
        domain="django",
        project="Regard",
        header_comment="# What the pages of Regard say.\n#",
        charset="utf-8",
        fuzzy=False,
    )


def place(language: str) -> Path:
    """The file in which the translations of a language lie."""
    return WEB / "locale" / language / "LC_MESSAGES" / "django.po"


def told(held: Catalog) -> bytes:
    """A catalogue as its file holds it: in the order of its words, and without dates."""
    out = io.BytesIO()
    write_po(out, held, omit_header=False, sort_output=True, include_lineno=False, width=100)
    kept = [line for line in out.getvalue().decode().splitlines() if not line.startswith(NOT_KEPT)]
    return ("\n".join(kept).rstrip() + "\n").encode()


def main() -> int:
    """Write the catalogues, or say which is not current."""
    for language in LANGUAGES:
        file, now = place(language), told(catalogue(language))
        if "--check" in sys.argv:
            if not file.is_file() or file.read_bytes() != now:
                told_of = f"{file.relative_to(ROOT)} is not current: python -m docs.build_words"
                sys.stderr.write(told_of + "\n")
                return 1
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(now)
        with file.open("rb") as read, file.with_suffix(".mo").open("wb") as out:
            write_mo(out, read_po(read))
    return 0


if __name__ == "__main__":
    sys.exit(main())
