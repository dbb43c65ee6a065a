"""Issued papers by what they rest on, for many promises that are asked about in turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from regard.register.entries import Entry
from regard.register.kinds.speech import Document
from regard.register.seeing import View


class Papers:
    """The issued papers of a view, read once.

    Args:
        view: The register at a position.
    """

    def __init__(self, view: View) -> None:
        self._named: dict[str, Entry[Document]] = {}
        self._on_subject: dict[str, set[str]] = defaultdict(set)
        self._on_entry: dict[int, set[str]] = defaultdict(set)
        for one in view.all(Document):
            held = one.held
            if held is None or held.form != "paper" or held.stage == "draft" or held.redactions:
                continue  # the public version, which withholds, is no answer of its own
            self._named[one.subject] = one
            for subject in held.rests_on:
                self._on_subject[subject].add(one.subject)
            for cited in held.cites:
                if cited.seq is not None:
                    self._on_entry[cited.seq].add(one.subject)

    def resting_on(self, subject: str, seqs: Iterable[int]) -> set[str]:
        """The papers that rest on a subject or print a figure of one of its entries."""
        return set().union(
            self._on_subject.get(subject, ()), *(self._on_entry.get(one, ()) for one in seqs)
        )

    def of(self, subjects: Iterable[str]) -> tuple[Entry[Document], ...]:
        """Those of the papers that are so named, in the order of the journal."""
        found = (self._named[one] for one in subjects if one in self._named)
        return tuple(sorted(found, key=lambda one: one.seq))
