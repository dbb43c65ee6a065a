"""The words of papers that nobody writes, each said once in every language in a file of its own.

What posts wrote and what Regard computes stands as it was said, in English; only the headings, the
labels and the levels of a paper are in its language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from regard.core.errors import NotKnown
from regard.core.periods import day_said
from regard.core.statements import Part, Statement
from regard.papers.model import LANGUAGE, WELSH, Words

LANGUAGES = {"en": LANGUAGE, "cy": WELSH}
"""The languages of a paper: by the letters that a user gives, the tag that its files carry."""

_PLACE = re.compile(r"\{([a-z_]+)\}")
Filling = str | date | Statement


@dataclass(frozen=True)
class Fixed:
    """The fixed words of a file.

    Attributes:
        said: Each by its name, then by the letters of its language.
    """

    said: Mapping[str, Mapping[str, str]]

    def line(self, name: str, language: str, /, **places: str | date) -> str:
        """Fixed words as plain text.

        Args:
            name: Which.
            language: The tag of the paper's language.
            **places: What stands in the places of the words; a day is said in the language.

        Raises:
            NotKnown: there are no such words, or no such language.
        """
        told = {key: _plain(one, language) for key, one in places.items()}
        return self._template(name, language).format(**told)

    def words(self, name: str, language: str, /, **places: Filling) -> Words:
        """Fixed words that know, piece by piece, in which language they are.

        Words that fill a place are English as they were said, unless they are a statement, whose
        pieces know that themselves, or a day.

        Raises:
            NotKnown: there are no such words, or no such language.
        """
        template = self._template(name, language)
        strings = all(isinstance(one, str | date) for one in places.values())
        if strings and (language == LANGUAGE or not places):
            return self.line(name, language, **places)  # type: ignore[arg-type]
        return Statement(tuple(_parts(template, language, places)))

    def _template(self, name: str, language: str) -> str:
        if name not in self.said:
            raise NotKnown("fixed words", name, self.said)
        return self.said[name][letters_of(language)]


def fixed_in(path: Path) -> Fixed:
    """The fixed words of a TOML file."""
    return Fixed(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def letters_of(language: str) -> str:
    """The letters by which a user names a language, from its tag.

    Example:
        >>> letters_of("cy-GB")
        'cy'

    Raises:
        NotKnown: no paper is written in that language.
    """
    for letters, tag in LANGUAGES.items():
        if tag == language:
            return letters
    raise NotKnown("language of a paper", language, LANGUAGES.values())


def day_in(day: date, language: str) -> str:
    """A day in the language of a paper, such as `3 February 2015`."""
    if language == LANGUAGE:
        return day_said(day)
    return f"{day.day} {FIXED.line('months', language).split()[day.month - 1]} {day.year}"


def _plain(one: str | date, language: str) -> str:
    return day_in(one, language) if isinstance(one, date) else one


def _parts(template: str, language: str, places: Mapping[str, Filling]) -> Iterator[Part]:
    at = 0
    for found in _PLACE.finditer(template):
        if found.start() > at:
            yield Part(template[at : found.start()], language=language)
        one = places[found[1]]
        if isinstance(one, Statement):
            yield from one.parts
        elif isinstance(one, date):
            yield Part(day_in(one, language), language=language)
        else:
            yield Part(one)
        at = found.end()
    if at < len(template):
        yield Part(template[at:], language=language)


FIXED = fixed_in(Path(__file__).with_name("fixed.toml"))
"""The fixed words of every paper."""
