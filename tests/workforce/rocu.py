"""What the board paper with figures as at 1 December 2021 prints of people, with its paragraphs."""

from __future__ import annotations

from datetime import date

from regard.core.figures import Figure, Source
from regard.workforce.bodies import Body, Table, table_of
from regard.workforce.stocks import NOT_STATED, Establishment, Group, Strength

DAY = date(2021, 12, 1)
SHARE = 0.95  # P13: the share of the baseline from which uplift counts
NAMES = ("West Midlands", "Warwickshire", "West Mercia", "Staffordshire")
CORE = (344, 12.5, 58, 57.5)
WITH_UPLIFT = (361, 14.5, 62, 61.5)
NOW, AFTER = (330, 14, 48, 54), (340, 15, 52, 60)

# P14 and P18 as printed, the total last; "over" and "short" by their sign.
TABLE_A = {
    "establishment": (*CORE, 472),
    "strength": (*NOW, 446),
    "vacancies": (14, -1.5, 10, 3.5, 26),
    "establishment with uplift": (*WITH_UPLIFT, 499),
    "threshold": (327, 12, 55, 55, 448),
    "difference": (3, 2, -7, -1, -2),
}
TABLE_B = {
    "establishment": (*CORE, 472),
    "strength": (*AFTER, 467),
    "vacancies": (4, -2.5, 6, -2.5, 5),
    "establishment with uplift": (*WITH_UPLIFT, 499),
    "threshold": (327, 12, 55, 55, 448),
    "difference": (13, 3, -3, 5, 19),
}


def rocu(strength: tuple[float, ...] = NOW) -> Table:
    """The officers of the regional unit by force."""
    columns = zip(NAMES, CORE, WITH_UPLIFT, strength, strict=True)
    return table_of(
        [Body(name, core, wide - core, people) for name, core, wide, people in columns],
        scope="ROCUWM",
        as_at=DAY,
        share=SHARE,
        counted_as=NOT_STATED,
        sources=(Source("printed", "paragraph 14"),),
    )


def whole(strength: float = 446) -> tuple[Establishment, Strength]:
    """The same all together, as paragraph 13 has it."""
    group = Group("ROCUWM", DAY, counted_as=NOT_STATED)
    return Establishment(group, {"core": 472, "uplift": 27}), Strength(group, strength)


def counted(
    value: float, *, unit: str = "officers", measure: str = "strength", scope: str = "ROCUWM"
) -> Figure:
    """A number of the paper."""
    return Figure(
        value=value,
        unit=unit,
        measure=measure,
        scope=scope,
        basis="actual",
        method="printed",
        as_at=DAY,
        sources=(Source("printed", "paragraph"),),
    )
