"""Crosswalk files: what became of every node of one edition in the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from regard.core.errors import DefinitionRefused, NotKnown, shown
from regard.library.canonical import sealed
from regard.library.model import (
    CONFIRMED,
    CROSSINGS,
    DATES,
    DROPPED,
    MERGED,
    NEW,
    REWORDED,
    SAME,
    SPLIT,
    Crossing,
    Crosswalk,
    EditionFile,
)
from regard.library.tables import Problems, Table, headed, listed

_MANY = 2  # the fewest nodes that something can be split into or merged from


def crosswalk_of(
    raw: dict[str, Any], file: str, editions: Mapping[str, EditionFile], problems: Problems
) -> Crosswalk | None:
    """A crosswalk from the tables of its file; None if its head was refused.

    Args:
        raw: The tables.
        file: The file's name, for messages.
        editions: The editions it may join, by id.
        problems: Takes every refusal.
    """
    try:
        head = headed(raw, "crosswalk", ("crossing",), file)
    except DefinitionRefused as refusal:
        problems.add(refusal)
        return None
    tables = listed(raw, "crossing", file, problems, named_by="kind")
    made = [problems.made(table, _crossing) for table in tables]
    crossings = tuple(one for one in made if one is not None)
    found = problems.made(head, lambda table: _crosswalk(table, crossings, editions, file))
    if found is None:
        return None
    for wrong in faults(found):
        problems.add(wrong)
    return sealed(found)


def _crosswalk(
    table: Table,
    crossings: tuple[Crossing, ...],
    editions: Mapping[str, EditionFile],
    file: str,
) -> Crosswalk:
    same = tuple(Crossing(SAME, (code,), (code,)) for code in table.texts("same"))
    earlier, later = (_edition(table, name, editions) for name in ("earlier", "later"))
    follows = earlier.in_force_from < later.in_force_from or later.corrects == earlier.id
    if earlier.instrument != later.instrument or not follows:
        raise table.refused(
            f"leads from {earlier.id} ({earlier.instrument}, {earlier.in_force_from}) "
            f"to {later.id} ({later.instrument}, {later.in_force_from})",
            expected="an earlier and a later edition of one instrument",
        )
    return Crosswalk(
        earlier,
        later,
        same + crossings,
        source=table.text("source"),
        standing=table.choice("standing", DATES, CONFIRMED),
        file=file,
    )


def _edition(table: Table, name: str, editions: Mapping[str, EditionFile]) -> EditionFile:
    wanted = table.name(name)
    if wanted not in editions:
        unknown = NotKnown("edition", wanted, editions)
        raise table.refused(f"has {name} = {shown(wanted)}", expected=unknown.expected)
    return editions[wanted]


def _crossing(table: Table) -> Crossing:
    made = Crossing(
        kind=table.choice("kind", CROSSINGS),
        earlier=table.texts("earlier"),
        later=table.texts("later"),
        note=table.text("note", ""),
    )
    wanted = {
        SPLIT: "one earlier node and two or more later ones",
        MERGED: "two or more earlier nodes and one later one",
        DROPPED: "one earlier node and no later one",
        NEW: "no earlier node and one later one",
    }.get(made.kind, "one earlier node and one later one")
    if not _fits(made):
        raise table.refused(
            f"has {', '.join(made.earlier) or 'nothing'} earlier and "
            f"{', '.join(made.later) or 'nothing'} later",
            expected=wanted,
        )
    if made.kind != SAME and not made.note:
        raise table.refused(
            f"({', '.join(made.earlier + made.later)}) has no note",
            expected="note = what changed and why",
        )
    return made


def _fits(crossing: Crossing) -> bool:
    earlier, later = len(crossing.earlier), len(crossing.later)
    return {
        SPLIT: earlier == 1 and later >= _MANY,
        MERGED: earlier >= _MANY and later == 1,
        DROPPED: (earlier, later) == (1, 0),
        NEW: (earlier, later) == (0, 1),
    }.get(crossing.kind, (earlier, later) == (1, 1))


def faults(crosswalk: Crosswalk) -> Iterator[DefinitionRefused]:
    """What is wrong with a crosswalk: a node unknown, left out or crossed twice; words that differ.

    Every refusal names the file, the node and what was expected.
    """
    for side, edition in (("earlier", crosswalk.earlier), ("later", crosswalk.later)):
        named = Counter(code for one in crosswalk.crossings for code in getattr(one, side))
        known = edition.by_code()
        for code in sorted(set(named) - set(known)):
            yield _fault(crosswalk, f"crosses {shown(code)}", f"a node of {edition.id}")
        for code in known:
            if named[code] != 1:
                often = "is left out" if not named[code] else f"is crossed {named[code]} times"
                yield _fault(
                    crosswalk,
                    f"{code} of {edition.id} {often}",
                    f"every node of {edition.id} in one crossing",
                )
    yield from _words_differ(crosswalk)


def _words_differ(crosswalk: Crosswalk) -> Iterator[DefinitionRefused]:
    earlier, later = crosswalk.earlier.by_code(), crosswalk.later.by_code()
    for one in crosswalk.crossings:
        if len(one.earlier) != 1 or len(one.later) != 1:
            continue
        was, now = earlier.get(one.earlier[0]), later.get(one.later[0])
        if was is None or now is None:
            continue
        if one.kind == SAME and was.text != now.text:
            yield _fault(
                crosswalk,
                f"says that {now.code} is the same, but it read {shown(was.text)} "
                f"and reads {shown(now.text)}",
                "the same words, or another kind of crossing",
            )
        if one.kind == REWORDED and was.text == now.text:
            yield _fault(
                crosswalk,
                f"says that {now.code} is reworded, but it reads {shown(now.text)} in both",
                "words that differ, or kind = same",
            )


def _fault(crosswalk: Crosswalk, what: str, expected: str) -> DefinitionRefused:
    return DefinitionRefused(f"{crosswalk.file}: {crosswalk.id} {what}", expected=expected)
