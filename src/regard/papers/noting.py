"""Gives each figure of a paper one number, and says after which words the number is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from regard.core.figures import Figure
from regard.papers.characters import fit
from regard.papers.layout import Place, Run, Runs
from regard.papers.model import LANGUAGE, Words

_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_ENDS = re.compile(r"[.!?]\s")


@dataclass
class Notes:
    """Gives each distinct figure one number, in the order in which the paper first says it.

    Attributes:
        numbers: The number of each figure, by the figure's name.
        figures: The figures, by name, in the order of their numbers.
        places: Where each is said, in order of reading.
        language: The tag of the paper's language.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    places: dict[str, dict[Place, None]] = field(default_factory=dict)
    language: str = LANGUAGE

    def number(self, figure: Figure, place: Place | None = None) -> tuple[int, str]:
        """The number and name of a figure, which is said at that place."""
        name = figure.id
        if name not in self.numbers:
            self.numbers[name] = len(self.numbers) + 1
            self.figures[name] = figure
            self.places[name] = {}
        if place is not None:
            self.places[name][place] = None
        return self.numbers[name], name

    def runs(self, words: Words, place: Place, seen: set[str] | None = None) -> Runs:
        """Words as runs, their figures numbered and white space kept single.

        Args:
            words: The words.
            place: Where they stand.
            seen: Names of figures whose number is already printed in the same row; those
                printed here are added.
        """
        if isinstance(words, str):
            return _tidied([Run(fit(words))])
        runs = []
        says = _LETTER.search(str(words))  # a bare number is of every language
        for part in words.parts:
            number, name = self.number(part.figure, place) if part.figure else (0, "")
            language = (part.language or LANGUAGE) if says else self.language
            spoken = "" if language == self.language else language
            runs.append(Run(fit(part.text), number, name, language=spoken))
        return marked(_tidied(runs), set() if seen is None else seen)

    def complete(self) -> None:
        """Number, after the figures the paper says, every figure they stand on."""
        queue = list(self.figures.values())
        for figure in queue:
            fresh = [part for part in figure.parts if part.id not in self.numbers]
            for part in fresh:
                self.number(part)
            queue.extend({part.id: part for part in fresh}.values())


def marked(runs: Runs, seen: set[str]) -> Runs:
    """The runs with a mark after the last of neighbours that are one figure, once in all.

    Neighbours are parts of one sentence with no other figure between them, such as a
    change, the level of its range and the range.
    """
    told = list(runs)
    said = [index for index, run in enumerate(runs) if run.note]
    for index, following in zip_longest(said, said[1:]):
        entry = runs[index].entry
        if following is not None and runs[following].entry == entry:
            between = "".join(run.text for run in runs[index + 1 : following])
            if not _SENTENCE_ENDS.search(between):
                continue
        if entry not in seen:
            seen.add(entry)
            told[index] = replace(runs[index], marked=True)
    return tuple(told)


def _tidied(runs: list[Run]) -> Runs:
    """Runs without double white space where they meet, nor white space at the ends."""
    kept: list[Run] = []
    for run in runs:
        text = run.text.lstrip(" ") if not kept or kept[-1].text.endswith(" ") else run.text
        if text:
            kept.append(replace(run, text=text))
    while kept and not (text := kept[-1].text.rstrip(" ")):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=text)
    return tuple(kept)
