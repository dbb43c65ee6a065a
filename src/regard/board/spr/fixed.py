"""The fixed words of an assurance paper, each said once in every language."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from pathlib import Path
from typing import Any

from regard.assurance.cells import Reads
from regard.assurance.promises import Became
from regard.board.spr.phrases import tell
from regard.core.errors import NotKnown
from regard.core.statements import Statement
from regard.library.labels import labels_in
from regard.papers.fixed import LANGUAGES, Filling, fixed_in
from regard.papers.model import LANGUAGE, Words
from regard.register.entries import Entry
from regard.register.kinds.values import Absent, Line

FIXED = fixed_in(Path(__file__).with_name("fixed.toml"))
"""The words by their names."""

MARKS = {
    Reads.CARRIED: "carried",
    Reads.NOT_ASSESSED: "not-assessed",
    Reads.NOT_MEASURED: "not-measured",
    Reads.NOT_APPLICABLE: "not-applicable",
    Reads.WITHHELD: "withheld",
    Reads.STALE: "stale",
    Reads.ASSERTED: "asserted",
}
"""The name of the words by which a position is marked that is not plainly supported."""

ABSENT = {
    Absent.NOT_APPLICABLE: "not-applicable",
    Absent.NOT_ASSESSED: "not-assessed",
    Absent.NOT_MEASURED: "not-measured",
    Absent.WITHHELD: "withheld",
}
"""The name of the words for why there is no level."""

LINES = {Line.DOING: "doing", Line.OVERSEEING: "overseeing", Line.INDEPENDENT: "independent"}
"""The lines that speak of each position, as columns are headed; the board speaks of the whole."""

SPEAKS = {
    Line.DOING: "speaks-doing",
    Line.OVERSEEING: "speaks-overseeing",
    Line.INDEPENDENT: "speaks-independent",
    Line.BOARD: "speaks-board",
}
"""As what a post speaks, line by line."""

BECAME = {
    Became.KEPT: "kept",
    Became.BROKEN: "broken",
    Became.ANSWERED_LATE: "met-late",
    Became.NOT_ANSWERED: "not-answered",
    Became.TO_COME: "to-come",
}
"""What became of a promise, in the words of the ledger."""


class Tongue(ABC):
    """What a paper says that nobody wrote, in the language of that paper."""

    @property
    @abstractmethod
    def letters(self) -> str:
        """The language of the paper, as it was asked for: `en` or `cy`."""

    @property
    def language(self) -> str:
        """The tag of the paper's language.

        Raises:
            NotKnown: no paper is written in it.
        """
        if self.letters not in LANGUAGES:
            raise NotKnown("language of a paper", self.letters, LANGUAGES)
        return LANGUAGES[self.letters]

    def line(self, name: str, **places: str | date) -> str:
        """Fixed words in the paper's language, as plain text."""
        return FIXED.line(name, self.language, **places)

    def fixed(self, name: str, **places: Filling) -> Words:
        """Fixed words in the paper's language, which fill their places with words as they are."""
        return FIXED.words(name, self.language, **places)

    def spoken(self, said: Statement) -> Statement:
        """Words that were put together from those of the paper's language."""
        return said if self.language == LANGUAGE else said.spoken(self.language)

    def word(self, name: str, *rests_on: Entry[Any]) -> Statement:
        """Fixed words as the cell of a table."""
        return self.spoken(tell("word", *rests_on, word=self.line(name)))

    def c(self, aspect: str) -> str:
        """A C as a table is headed by it."""
        named = labels_in(self.letters).aspects.get(aspect)
        return named or aspect[:1].upper() + aspect[1:].replace("-", " ")
