"""What a paper's own text lists between two of its phrases, counted without being told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown, shown

# How the items of a list are told from the words around them.
MARKERS = {
    "letters": re.compile(r"^\s*([a-z])\. (?=[A-Z])", re.MULTILINE),
    "principles": re.compile(r"\bPrinciple (\d+):"),
    "capitals": re.compile(r"^\s*([A-Z]{3,}):", re.MULTILINE),
    "numbers": re.compile(r"(?<!\S)(\d+)(?!\S)"),
    "lines": re.compile(r"^\s*(\S.*?)\s*$", re.MULTILINE),
    "words": re.compile(r"\s*(\w(?:[^,\n]|\n(?!\n))*?)\s*(?:,\s*(?:and\b)?|\band\b|\Z)"),
    "headings": re.compile(r"^\s*([A-H])\s?-?[ \t]+(?=[A-Z][a-z]+[ \t]+\w)", re.MULTILINE),
}
_LEAD = re.compile(r"^\(Leads?:?\s(?P<post>[^)]*?)\)\s*$", re.MULTILINE)
_CADENCE = re.compile(r"[-–]\s*(quarterly|6 monthly)$")
_TO_COME = re.compile(r"^To be included in ", re.MULTILINE)
_TITLE = re.compile(r"(?:^|\n)(?!\()(\S[^\n]*(?:\n(?!\n|\()[^\n]+)*)\n*\Z")


@dataclass(frozen=True)
class Listing:
    """Where in a text a list stands.

    Attributes:
        after, before: Phrases between which it stands; spaces and line ends are alike.
            Empty for the start and the end of the text.
        marker: Name of a way to tell the items apart.
    """

    after: str
    before: str
    marker: str

    @classmethod
    def read(cls, told: Mapping[str, Any], place: str) -> Listing:
        """From a table of a claims file.

        Raises:
            DefinitionRefused: a key is missing or not known.
            NotKnown: there is no such marker.
        """
        if set(told) != {"after", "before", "marker"}:
            raise DefinitionRefused(
                f"{place} has {', '.join(sorted(told))}", expected="after, before and marker"
            )
        if told["marker"] not in MARKERS:
            raise NotKnown("marker", told["marker"], MARKERS)
        return cls(told["after"], told["before"], told["marker"])

    def items(self, text: str) -> tuple[str, ...]:
        """The items in the text, in order.

        Raises:
            NotEnoughData: the text does not hold one of the two phrases.
        """
        return tuple(MARKERS[self.marker].findall(passage(text, self.after, self.before)))


def passage(text: str, after: str, before: str) -> str:
    """What stands between two phrases of a text.

    Raises:
        NotEnoughData: the text does not hold one of them.
    """
    start = _find(text, after, 0)[1] if after else 0
    end = _find(text, before, start)[0] if before else len(text)
    return text[start:end]


def _find(text: str, phrase: str, start: int) -> tuple[int, int]:
    loose = r"\s+".join(re.escape(word) for word in phrase.split())
    found = re.compile(loose).search(text, start)
    if found is None:
        raise NotEnoughData(
            f"the text does not hold {shown(phrase)}",
            expected="the text of the paper from which the claim was taken",
        )
    return found.span()


@dataclass(frozen=True)
class Lead:
    """A title of the paper with the lead line below it.

    Attributes:
        title: The line or lines above, as one.
        post: Who leads.
        cadence: `quarterly`, `6 monthly` or empty.
        to_come: Whether all that follows is that another paper will say it.
    """

    title: str
    post: str
    cadence: str
    to_come: bool


def leads(text: str) -> tuple[Lead, ...]:
    """Every lead line of a text with the title above it."""
    found = list(_LEAD.finditer(text))
    starts = [0, *(one.end() for one in found)]
    ends = [*(one.start() for one in found[1:]), len(text)]
    told = []
    for line, start, end in zip(found, starts, ends, strict=False):
        title = _TITLE.search(text[start : line.start()])
        cadence = _CADENCE.search(line["post"])
        told.append(
            Lead(
                title=" ".join(title[1].split()) if title else "",
                post=_CADENCE.sub("", line["post"]).strip(" -–"),
                cadence=cadence[1] if cadence else "",
                to_come=bool(_TO_COME.match(text[line.end() : end].lstrip())),
            )
        )
    return tuple(told)


def repeated(leads_found: tuple[Lead, ...]) -> tuple[str, ...]:
    """Titles that stand more than once, in order."""
    titles = sorted(one.title for one in leads_found)
    return tuple(dict.fromkeys(one for one, after in pairwise(titles) if one == after))
