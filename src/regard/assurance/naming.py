"""What subjects are called in sentences: a post by its name, a requirement by its words."""

from __future__ import annotations

from dataclasses import dataclass, field

from regard.register.kinds.facts import Concern, Expectation
from regard.register.kinds.frame import Cycle, Edition, Instrument, Measure, Party
from regard.register.kinds.speech import Document
from regard.register.seeing import View
from regard.register.subjects import path_of

LONGEST = 90  # characters of a requirement's words that a sentence holds


@dataclass
class Names:
    """The names of subjects as a reader sees them; what may not be seen keeps its path.

    Attributes:
        view: The register at a position.
    """

    view: View
    _held: dict[str, str] = field(default_factory=dict)

    def of(self, subject: str | None) -> str:
        """What a subject is called; empty where there is none."""
        if not subject:
            return ""
        if subject not in self._held:
            self._held[subject] = self._named(subject)
        return self._held[subject]

    def learn(self, subjects: tuple[str, ...]) -> None:
        """Look many subjects up at once."""
        wanted = [one for one in subjects if one not in self._held]
        found = self.view.many(wanted)
        for one in wanted:
            entry = found.get(one)
            self._held[one] = _said(entry.held) if entry else ""
            self._held[one] = self._held[one] or path_of(one)

    def _named(self, subject: str) -> str:
        entry = self.view.find(subject)
        return (_said(entry.held) if entry else "") or path_of(subject)


def _said(value: object) -> str:
    match value:
        case Party() | Measure() | Cycle():
            return value.name
        case Instrument() | Document():
            return value.title
        case Edition():
            return value.label
        case Expectation() | Concern():
            return _short(value.text)
        case _:
            return ""


def _short(text: str) -> str:
    words = text.rstrip(".")
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rpartition(' ')[0]} …"
