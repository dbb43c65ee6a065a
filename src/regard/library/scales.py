"""Scale files: levels in order, and the rules that suggest one of them."""

from __future__ import annotations

from typing import Any

from regard.core.errors import DefinitionRefused, shown
from regard.library.canonical import sealed
from regard.library.levels import (
    MATRIX,
    MET_SHARE,
    NO_EVIDENCE,
    OWN,
    RULE_KINDS,
    TOGETHER,
    UNAIDED,
    WORST_OF,
    Band,
    Level,
    Rule,
    Scale,
)
from regard.library.model import WORDS
from regard.library.tables import Problems, Table, headed, listed

COLOURS = ("red", "amber", "green")
_FIELDS_OF = {
    UNAIDED: (),
    WORST_OF: ("of", "maps"),
    MET_SHARE: ("band",),
    NO_EVIDENCE: ("none", "expired"),
    TOGETHER: ("parts",),
    MATRIX: ("rows", "columns", "cells"),
}


def scale_of(
    raw: dict[str, Any], file: str, problems: Problems
) -> tuple[Scale | None, tuple[Rule, ...]]:
    """A scale and its rules from the tables of a file; None for a scale that was refused.

    Args:
        raw: The tables.
        file: The file's name, for messages.
        problems: Takes every refusal.
    """
    try:
        head = headed(raw, "scale", ("level", "rule"), file)
    except DefinitionRefused as refusal:
        problems.add(refusal)
        return None, ()
    tables = listed(raw, "level", file, problems)
    made = [problems.made(table, _level) for table in tables]
    levels = tuple(one for one in made if one is not None)
    found = problems.made(head, lambda table: _scale(table, levels, file))
    ruled = listed(raw, "rule", file, problems, named_by="id")
    if found is None:
        return None, ()
    scale = sealed(found)
    rules = [problems.made(table, lambda one: _rule(one, scale)) for table in ruled]
    return scale, tuple(sealed(one) for one in rules if one is not None)


def _scale(table: Table, levels: tuple[Level, ...], file: str) -> Scale:
    scale = Scale(
        id=table.name("id"),
        version=table.whole("version"),
        title=table.text("title"),
        title_cy=table.text("title_cy", ""),
        levels=levels,
        worst=table.name("worst"),
        source=table.text("source"),
        file=file,
    )
    codes = scale.codes
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if len(codes) < 2 or twice:
        raise table.refused(
            f"has the levels {', '.join(codes) or 'none'}", expected="two or more, none twice"
        )
    if scale.worst != codes[0]:
        raise table.refused(
            f"has worst = {shown(scale.worst)} and begins with {shown(codes[0])}",
            expected="the worst level first, and named: a scale without one hides what is wrong",
        )
    return scale


def _level(table: Table) -> Level:
    return Level(
        code=table.name("code"),
        label=table.text("label"),
        label_cy=table.text("label_cy", ""),
        meaning=table.text("meaning"),
        words=table.choice("words", (*WORDS, OWN)),
        colour=table.choice("colour", COLOURS, ""),
    )


def _rule(table: Table, scale: Scale) -> Rule:
    kind = table.choice("kind", RULE_KINDS)
    foreign = [
        name
        for other, names in _FIELDS_OF.items()
        for name in names
        if other != kind and name not in _FIELDS_OF[kind] and table.has(name)
    ]
    if foreign:
        raise table.refused(
            f"is of kind {kind} and has {', '.join(foreign)}",
            expected=f"only {', '.join(_FIELDS_OF[kind]) or 'its title and source'}",
        )
    levels = _LevelsOf(table, scale)
    rule = Rule(
        id=table.name("id"),
        version=table.whole("version"),
        scale=scale.name,
        kind=kind,
        title=table.text("title"),
        source=table.text("source"),
        own_default=table.flag("own_default"),
        bands=_bands(table, levels) if kind == MET_SHARE else (),
        of=table.versioned("of") if kind == WORST_OF else "",
        maps=_maps(table, levels) if kind == WORST_OF else (),
        none=levels.known(table.name("none")) if kind == NO_EVIDENCE else "",
        expired=levels.known(table.name("expired")) if kind == NO_EVIDENCE else "",
        parts=_parts(table) if kind == TOGETHER else (),
        rows=table.versioned("rows") if kind == MATRIX else "",
        columns=table.versioned("columns") if kind == MATRIX else "",
        cells=_cells(table, levels) if kind == MATRIX else (),
        file=table.file,
    )
    if rule.kind == NO_EVIDENCE and levels.rank(rule.none) > levels.rank(rule.expired):
        raise table.refused(
            f"holds no evidence ({rule.none}) to be better than expired evidence ({rule.expired})",
            expected="none not better than expired",
        )
    return rule


class _LevelsOf:
    """The levels that a rule may suggest, refused by name where there is no such level."""

    def __init__(self, table: Table, scale: Scale) -> None:
        self._table = table
        self._scale = scale

    def known(self, code: str) -> str:
        if code not in self._scale.codes:
            raise self._table.refused(
                f"suggests {shown(code)}",
                expected=f"a level of {self._scale.name}: {', '.join(self._scale.codes)}",
            )
        return code

    def rank(self, code: str) -> int:
        return self._scale.codes.index(code)


def _bands(table: Table, levels: _LevelsOf) -> tuple[Band, ...]:
    bands = []
    for one in table.inner("band"):
        bands.append(
            Band(one.number("at_least"), levels.known(one.name("level")), one.flag("sustained"))
        )
        one.nothing_else()
    plain = [band for band in bands if not band.sustained]
    shares = [band.at_least for band in plain]
    ranks = [levels.rank(band.level) for band in plain]
    if not plain or shares[-1] != 0 or shares != sorted(set(shares), reverse=True):
        raise table.refused(
            f"has bands from {', '.join(map(str, shares)) or 'nothing'}",
            expected="the highest share first, none twice, and the last from 0",
        )
    if ranks != sorted(ranks, reverse=True):
        raise table.refused(
            f"suggests {', '.join(band.level for band in plain)} from high to low",
            expected="no better level for a smaller share",
        )
    for band in bands:
        if band.sustained and levels.rank(band.level) < ranks[0]:
            raise table.refused(
                f"suggests {shown(band.level)} for what is sustained",
                expected=f"nothing worse than {plain[0].level}",
            )
    return tuple(bands)


def _maps(table: Table, levels: _LevelsOf) -> tuple[tuple[str, str], ...]:
    maps = table.pairs("maps")
    if not maps:
        raise table.refused("maps nothing", expected='maps = { in-place = "met" }')
    return tuple((given, levels.known(suggested)) for given, suggested in maps)


def _parts(table: Table) -> tuple[str, ...]:
    parts = table.texts("parts")
    if len(set(parts)) < 2 or len(set(parts)) != len(parts):
        raise table.refused(
            f"takes together {', '.join(parts) or 'nothing'}", expected="two rules or more"
        )
    return parts


def _cells(table: Table, levels: _LevelsOf) -> tuple[tuple[str, tuple[str, ...]], ...]:
    value = table.raw("cells", expected='cells = { "5" = ["high", ...] }')
    if not isinstance(value, dict) or not value:
        raise table.refused(f"has cells = {shown(value)}", expected='cells = { "5" = ["high"] }')
    inner = Table(table.file, f"{table.label}, cells", value)
    return tuple(
        (row, tuple(levels.known(code) for code in inner.texts(row))) for row in sorted(value)
    )
