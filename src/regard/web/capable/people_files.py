"""What these pages show as files of comma-separated values: marked, with their sources below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext

from regard.capability.mustering import Mustered
from regard.core.cells import csv_text
from regard.core.figures import Source
from regard.core.markings import OFFICIAL
from regard.core.periods import day_said
from regard.web.capable.people_held import Skilled, WhenTold

Row = Sequence[Any]


def people_csv(told: WhenTold, sources: Iterable[Source], *, as_at: date | None) -> str:
    """People of a unit month by month, over the paths on which a chance stands."""
    course = told.course
    rows = zip(course.months, course.low, course.middle, course.high, strict=True)
    return _marked(
        [(gettext("What it says"), str(told.statement)), (gettext("Wanted"), told.posts.known)],
        ("month", "one_path_in_twenty_has_fewer", "half_have_fewer", "one_in_twenty_has_more"),
        [(month.iso, low, middle, high) for month, low, middle, high in rows],
        sources,
        as_at,
    )


def lapsing_csv(held: Skilled, *, as_at: date | None) -> str:
    """Who is in date and who lapses, month by month, if nobody is refreshed."""
    told = held.currency
    rows = zip(
        told.months, told.in_date.tolist(), told.lapsing.tolist(), told.lapsed.tolist(), strict=True
    )
    return _marked(
        [
            (gettext("Skill"), held.skill),
            (gettext("Counted at the end of"), told.holders.counted.iso),
            (gettext("Assumed"), gettext("nobody is refreshed, nobody joins and nobody leaves")),
        ],
        ("month", "in_date", "last_month_in_date_of", "lapsed_by_its_end"),
        [(month.iso, *numbers) for month, *numbers in rows],
        held.sources,
        as_at,
    )


def hours_csv(told: Mustered, *, as_at: date | None) -> str:
    """PSUs by each hour from a call."""
    asked = told.asked
    return _marked(
        [
            (gettext("Call"), asked.at.isoformat()),
            (gettext("Kilometres to the host"), asked.distance_km),
            (gettext("People in a PSU"), asked.make_up.name),
            (gettext("PSUs that are promised"), asked.commitment),
            (gettext("Seed"), asked.seed),
            (gettext("Draws"), asked.draws),
            *((gettext("Assumed"), one) for one in told.assumed),
            *((gettext("Not modelled"), one) for one in told.left_out),
        ],
        ("hour", "nine_draws_in_ten_raise", "half_raise", "one_in_ten_raises", "mean"),
        [(one.hour, one.low, one.median, one.high, one.mean) for one in told.supply.bands],
        told.sources,
        as_at,
    )


def _marked(
    about: Iterable[Row],
    heads: Row,
    rows: Iterable[Row],
    sources: Iterable[Source],
    as_at: date | None,
) -> str:
    marking = (str(OFFICIAL),)
    looked = [] if as_at is None else [(gettext("As at"), day_said(as_at))]
    return csv_text(
        [
            marking,
            *about,
            *looked,
            (),
            heads,
            *rows,
            (),
            *((gettext("Source"), str(one)) for one in sources),
            marking,
        ]
    )


def csv_answer(text: str, *named: str) -> HttpResponse:
    """A file to be kept.

    Args:
        text: What it holds.
        *named: What it is called after: the parts of its name.
    """
    file = "_".join((*named, str(OFFICIAL).split()[0]))
    plain = "".join(
        one if one.isascii() and (one.isalnum() or one in "-_") else "-" for one in file
    )
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{plain}.csv"'
    return answer


def svg_answer(drawn: bytes, name: str) -> HttpResponse:
    """A picture that fetches nothing and runs nothing.

    Args:
        drawn: The picture.
        name: What it is called, of letters and hyphens.
    """
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'inline; filename="{name}.svg"'
    return answer
