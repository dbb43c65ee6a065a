"""Posts and people of several bodies in one table, each cell a figure, and what it adds up to.

The table that a regional unit keeps of the forces it is made of: posts on the core base and with
uplift, people, vacancies, and a share of the core posts below which uplift does not count.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.figures import Figure, Source, derived
from regard.core.quantities import PERCENT
from regard.core.statements import Statement, together
from regard.core.verdicts import Verdict
from regard.workforce.printed import Finding, adds_up, as_printed, held_against
from regard.workforce.stocks import Establishment, Group, Strength, vacancies
from regard.workforce.wording import say

CORE, UPLIFT = "core", "uplift"
ESTABLISHMENT, STRENGTH, VACANCIES = "establishment", "strength", "vacancies"
UPLIFT_POSTS, WITH_UPLIFT = "uplift posts", "establishment with uplift"
VACANCIES_WITH_UPLIFT, THRESHOLD = "vacancies with uplift", "threshold"
DIFFERENCE = "difference"
ROWS = (
    ESTABLISHMENT,
    STRENGTH,
    VACANCIES,
    UPLIFT_POSTS,
    WITH_UPLIFT,
    VACANCIES_WITH_UPLIFT,
    THRESHOLD,
    DIFFERENCE,
)


@dataclass(frozen=True)
class Body:
    """One body of the table.

    Attributes:
        name: The force or unit.
        core: Posts on the core base, full-time equivalents unless the table says otherwise.
        uplift: Uplift posts beside them.
        strength: People in post.
    """

    name: str
    core: float
    uplift: float
    strength: float


@dataclass(frozen=True)
class Row:
    """One row: a figure for each body, and for all of them.

    Attributes:
        name: One of `ROWS`.
        cells: A figure a body, in the table's order.
        total: Their sum, with the cells as its parts.
        gross: The sum of the cells above nought alone: vacancies that no other body's
            over-strength is set against.
    """

    name: str
    cells: tuple[Figure, ...]
    total: Figure
    gross: Figure


@dataclass(frozen=True)
class Table:
    """Several bodies at one day.

    Attributes:
        scope: What they are together.
        bodies: Their names, in order.
        rows: The rows by name, as `ROWS`.
        share: The share of core posts (0 to 1) from which uplift counts.
    """

    scope: str
    bodies: tuple[str, ...]
    rows: Mapping[str, Row]
    share: float

    def row(self, name: str) -> Row:
        """A row by its name.

        Raises:
            NotKnown: there is no such row.
        """
        if name not in self.rows:
            raise NotKnown("row", name, self.rows)
        return self.rows[name]

    def threshold_statement(self) -> Statement:
        """What share of which posts the threshold is, and what it would be of the other base."""
        core, wide = self.row(ESTABLISHMENT).total, self.row(WITH_UPLIFT).total
        share = _share(core, self.share)
        exact = self.row(THRESHOLD).total
        other = replace(_part(wide, self.share), places=None)
        return say(
            "{share} of {core} on the core base is {exact:number}; of {wide} with uplift it would "
            "be {other:number}.",
            share=share,
            core=core,
            exact=_plain(exact),
            wide=wide,
            other=_plain(other),
        )


@dataclass(frozen=True)
class RowFindings:
    """How a printed row stands.

    Attributes:
        row: Its name.
        cells: A finding a body; None where the document prints none.
        total: The finding of the total; None where none is printed.
        adds_up: Whether the printed cells add up to the printed total; None where one is not
            printed.
    """

    row: str
    cells: tuple[Finding | None, ...]
    total: Finding | None
    adds_up: Finding | None

    @property
    def verdict(self) -> Verdict:
        """The verdict on the row: that of its worst cell, total or sum.

        Rounding that each number explains by itself is no fault until the row does not add up.
        """
        found = [one.verdict for one in (*self.cells, self.total, self.adds_up) if one is not None]
        return max(found, key=_SEVERITY.index, default=Verdict.GAP)


_SEVERITY = (Verdict.OK, Verdict.OK_R, Verdict.DERIVED, Verdict.ND, Verdict.BASIS, Verdict.BAD)


def table_of(
    bodies: Sequence[Body],
    *,
    scope: str,
    as_at: date,
    share: float,
    who: str = "officers",
    counted_as: str = "fte",
    sources: tuple[Source, ...] = (),
) -> Table:
    """Work out every row for several bodies.

    Args:
        bodies: The bodies, at least one.
        scope: What they are together.
        as_at: The day to which they are counted.
        share: The share of core posts (0 to 1) from which uplift counts, such as 0.95.
        who: Who they are, in the plural.
        counted_as: `fte`, `headcount` or `not-stated`.
        sources: Where the counts come from.

    Raises:
        DefinitionRefused: there is no body, a name stands twice, or the share is not of 0 to 1.
    """
    names = tuple(one.name for one in bodies)
    if not names or len(set(names)) < len(names) or not 0 < share <= 1:
        raise DefinitionRefused(
            f"a table of {', '.join(names) or 'no body'} with a share of {share}",
            expected="bodies, each once, and a share above 0 and up to 1",
        )
    columns = [
        _column(one, Group(one.name, as_at, who, counted_as), share, sources) for one in bodies
    ]
    rows = {name: _row(name, [column[name] for column in columns], scope) for name in ROWS}
    return Table(scope, names, rows, share)


def compared(
    table: Table, printed: Mapping[str, Sequence[float | None]], *, at: str
) -> Mapping[str, RowFindings]:
    """Hold printed rows against the table, cell by cell, total by total, and as sums.

    Args:
        table: The table computed from posts and people.
        printed: By row, a number for each body and last the total; None where none is printed.
        at: Where they are printed.

    Raises:
        NotKnown: there is no such row.
        DefinitionRefused: a row has not one number for each body and one for the total.
    """
    return {name: _compared(table, table.row(name), row, at) for name, row in printed.items()}


def arrivals(before: Table, after: Table) -> tuple[tuple[Figure, ...], Figure]:
    """People whom each body gains between two tables, and all of them together.

    Raises:
        DefinitionRefused: the tables are not of the same bodies.
    """
    if before.bodies != after.bodies:
        raise DefinitionRefused(
            f"arrivals from {before.bodies} to {after.bodies}", expected="the same bodies"
        )
    pairs = zip(after.row(STRENGTH).cells, before.row(STRENGTH).cells, strict=True)
    each = tuple(_arrived(now, then) for now, then in pairs)
    return each, _total("arrivals", each, after.scope)


def _compared(table: Table, row: Row, printed: Sequence[float | None], at: str) -> RowFindings:
    if len(printed) != len(row.cells) + 1:
        raise DefinitionRefused(
            f"{len(printed)} numbers printed for {row.name}",
            expected=f"{len(row.cells)} for the bodies and one for the total",
        )
    whole = (*row.cells, row.total)
    wide = table.row(VACANCIES_WITH_UPLIFT if row.name == VACANCIES else row.name)
    other = (*wide.cells, wide.total)
    found = [
        None
        if number is None
        else held_against(as_printed(number, cell, at=at), cell, others=(elsewhere,))
        for number, cell, elsewhere in zip(printed, whole, other, strict=True)
    ]
    known = [one for one in found if one is not None]
    summed = None
    if len(known) == len(whole):
        shown = [one.printed for one in known if one.printed is not None]
        summed = adds_up(shown[:-1], shown[-1], exact=row.cells)
    if row.name == THRESHOLD and summed is not None:
        words = together((table.threshold_statement(), summed.statement))
        summed = replace(summed, statement=words)
    return RowFindings(row.name, tuple(found[:-1]), found[-1], summed)


def _column(
    body: Body, group: Group, share: float, sources: tuple[Source, ...]
) -> dict[str, Figure]:
    posts = Establishment(group, {CORE: body.core, UPLIFT: body.uplift}, sources)
    people = Strength(group, body.strength, sources=sources)
    core, strength = posts.on(CORE), people.figure
    threshold = _part(core, share)
    return {
        ESTABLISHMENT: core,
        STRENGTH: strength,
        VACANCIES: vacancies(posts, people, bases=(CORE,)).figure,
        UPLIFT_POSTS: posts.on(UPLIFT),
        WITH_UPLIFT: posts.on(CORE, UPLIFT),
        VACANCIES_WITH_UPLIFT: vacancies(posts, people, bases=(CORE, UPLIFT)).figure,
        THRESHOLD: threshold,
        DIFFERENCE: derived(
            (strength, threshold),
            value=strength.known - threshold.known,
            unit=strength.unit,
            method="strength less threshold",
            measure=DIFFERENCE,
        ),
    }


def _row(name: str, cells: Sequence[Figure], scope: str) -> Row:
    above = [one for one in cells if one.known > 0]
    whole = _total("sum of bodies", tuple(cells), scope)
    gross = _total("sum of bodies above nought", tuple(above), scope, like=cells[0])
    return Row(name, tuple(cells), whole, gross)


def _total(
    method: str, cells: tuple[Figure, ...], scope: str, *, like: Figure | None = None
) -> Figure:
    return replace(
        like or cells[0],
        value=math.fsum(one.known for one in cells),
        scope=scope,
        method=method,
        sources=(Source("figures", method),),
        parts=cells,
    )


def _part(posts: Figure, share: float) -> Figure:
    part = _share(posts, share)
    # Per cent first and over a hundred last: 95% of 472 is 448.4 to the last bit.
    return derived(
        (posts, part),
        value=part.known * posts.known / 100,
        unit=posts.unit,
        method=f"{part} of posts",
        measure=THRESHOLD,
    )


def _share(posts: Figure, share: float) -> Figure:
    percent = round(100 * share, 6)
    return replace(
        posts,
        value=percent,
        unit=PERCENT,
        measure="share from which uplift counts",
        method="setting",
        sources=(Source("said", "share from which uplift counts"),),
        parts=(),
        places=0 if percent == int(percent) else None,
    )


def _arrived(now: Figure, then: Figure) -> Figure:
    return derived(
        (now, then),
        value=now.known - then.known,
        unit=now.unit,
        method="strength after less strength before",
        measure="arrivals",
    )


def _plain(figure: Figure) -> Figure:
    return replace(figure, value=round(figure.known, 3), places=_shown_places(figure.known))


def _shown_places(number: float) -> int:
    return next((places for places in range(3) if abs(number - round(number, places)) < 1e-9), 3)
