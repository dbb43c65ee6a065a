"""Vocabulary files: the threats of an edition, the Cs, the four Ps, and what else has a code."""

from __future__ import annotations

from typing import Any

from regard.core.errors import DefinitionRefused, shown
from regard.library.canonical import sealed
from regard.library.model import Scheme, Term
from regard.library.tables import Problems, Table, headed, listed


def scheme_of(raw: dict[str, Any], file: str, problems: Problems) -> Scheme | None:
    """A vocabulary from the tables of its file; None if its head was refused.

    Args:
        raw: The tables.
        file: The file's name, for messages.
        problems: Takes every refusal.
    """
    try:
        head = headed(raw, "scheme", ("term",), file)
    except DefinitionRefused as refusal:
        problems.add(refusal)
        return None
    tables = listed(raw, "term", file, problems)
    terms = tuple(one for one in (problems.made(t, _term) for t in tables) if one is not None)
    for wrong in _misplaced(terms, file):
        problems.add(wrong)
    found = problems.made(head, lambda table: _scheme(table, terms, file))
    return sealed(found) if found else None


def _scheme(table: Table, terms: tuple[Term, ...], file: str) -> Scheme:
    if not terms:
        raise table.refused("holds no term", expected="[[term]] once or more")
    return Scheme(
        id=table.name("id"),
        version=table.name("version"),
        title=table.text("title"),
        title_cy=table.text("title_cy", ""),
        terms=terms,
        source=table.text("source"),
        file=file,
    )


def _term(table: Table) -> Term:
    return Term(
        code=table.name("code"),
        label=table.text("label"),
        label_cy=table.text("label_cy", ""),
        meaning=table.text("meaning", ""),
        parent=table.name("parent", ""),
    )


def _misplaced(terms: tuple[Term, ...], file: str) -> list[DefinitionRefused]:
    """Terms that stand twice, and those whose wider term does not stand above them."""
    wrong, above = [], set()
    for term in terms:
        if term.code in above:
            wrong.append(
                DefinitionRefused(
                    f"{file}: term {shown(term.code)} stands twice", expected="a code for each term"
                )
            )
        if term.parent and term.parent not in above:
            wrong.append(
                DefinitionRefused(
                    f"{file}: term {shown(term.code)} has the parent {shown(term.parent)}",
                    expected="the code of a term that stands above it",
                )
            )
        above.add(term.code)
    return wrong
