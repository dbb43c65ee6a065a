"""The workforce: on which base are we short, and when will we be there?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.board.performance import area_name
from regard.capability.people import Posted
from regard.capability.worked import Case
from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown, RegardError
from regard.core.figures import Figure
from regard.core.markings import OFFICIAL
from regard.examples.west_midlands_capability import worked_facts
from regard.papers.model import Chart
from regard.web.capable import people_held as held
from regard.web.capable.people_charts import chart_rows, course_chart, lapsing_chart
from regard.web.capable.people_files import csv_answer, lapsing_csv, people_csv, svg_answer
from regard.web.capable.people_forms import When, when_form
from regard.web.capable.people_records import PeopleRecords
from regard.web.capable.people_saying import (
    VERDICTS,
    bases_said,
    generated,
    skill_said,
    sources_of,
    traced,
    unit_said,
)
from regard.web.capable.people_tables import sides_said, table_said
from regard.web.measured.saying import pieces, told
from regard.web.needs import A_POST
from regard.web.paging import paged
from regard.web.routes import Route
from regard.workforce.stocks import APART

CASES: Mapping[str, Any] = {
    "firearms": _("Will the firearms unit be as strong as it is expected to be?"),
    "specialists": _("When will there be as many firearms specialists as are wanted?"),
}
"""The worked examples of one unit: the last part of their addresses, and their questions."""


@dataclass(frozen=True)
class UnitRow:
    """A unit of the list; `why` says why nothing can be said of it."""

    code: str
    name: str
    posted: Posted | None = None
    why: str = ""

    @property
    def posts(self) -> list[tuple[str, Figure]]:
        """Posts by base."""
        one = self.posted
        return [] if one is None else [(base, one.establishment.on(base)) for base in one.bases]

    @property
    def vacancies(self) -> list[tuple[str, Figure]]:
        """Vacancies on the first base alone, and with each further base."""
        one = self.posted
        return [] if one is None else [(bases_said(v.bases), v.figure) for v in one.short]


def workforce(request: HttpRequest) -> HttpResponse:
    """Every unit of a force: posts, people, vacancies on named bases; and who is trained."""
    records = PeopleRecords(request)
    shown: dict[str, object] = {"title": gettext("Workforce"), "records": records}
    if not records.areas:
        records.must_know_area()
        return render(request, "regard/capability/workforce.html", shown)
    staff = held.staffed(records)
    rows = [
        UnitRow(code, unit_said(code), why=one)
        if isinstance(one, str)
        else UnitRow(code, unit_said(code), one)
        for code, one in staff.units.items()
    ]
    page = paged(request, rows)
    figures = [figure for row in page.rows for _name, figure in (*row.posts, *row.vacancies)] + [
        row.posted.strength.figure for row in page.rows if row.posted
    ]
    sources = sources_of(figures)
    skilled = [(one, skill_said(one.skill)) for one in staff.skilled]
    shown |= {
        "asking": records.asking(),
        "marking": OFFICIAL,
        "page": page,
        "half": [(unit_said(unit), what) for unit, what in staff.half.items()],
        "skills": skilled,
        "silent": [(skill_said(k), v) for k, v in staff.skills.items() if isinstance(v, str)],
        "generated": generated([*sources, *(s for one, _n in skilled for s in one.sources)]),
        "sources": sources,
        "traces": traced(figures, deepest=1),
    }
    return render(request, "regard/capability/workforce.html", shown)


def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: its bases and why they differ, who can be deployed, and when we will be there."""
    records = PeopleRecords(request)
    posted = _posted(records, unit)
    form, answer = _when(request, records, posted)
    figures = [figure for one in posted.statements() for figure in one.figures]
    figures += [*_deployable(posted), *(f for _b, f in UnitRow(unit, "", posted).posts)]
    figures += [v.figure for v in posted.short] + [posted.strength.figure]
    if answer is not None:
        figures += [*answer.statement.figures, answer.people]
    sources = sources_of(figures)
    side = held.sides(records, unit)
    shown = {
        "title": unit_said(unit),
        "records": records,
        "asking": records.asking(),
        "marking": OFFICIAL,
        "posted": posted,
        "bases": [{"name": bases_said(one.bases), "short": one} for one in posted.short],
        "said": told(posted.statements()),
        "deployable": _deployable(posted),
        "uncounted": [APART[one] for one in APART if posted.strength.apart.get(one) is None],
        "form": form,
        "query": request.GET.urlencode(),
        "tables": sides_said(side) if isinstance(side, held.Sides) else (),
        "is_worked": unit == worked_facts().regional.unit,
        "apart_why": side if isinstance(side, str) else "",
        "generated": generated(sources),
        "sources": sources,
        "traces": traced(figures),
        **_answered(records, posted, answer),
    }
    status = 422 if form.errors else 200
    return render(request, "regard/capability/unit.html", shown, status=status)


def _posted(records: PeopleRecords, unit: str) -> Posted:
    """What is stated of a unit.

    Raises:
        NotKnown: no such unit is stated of the force, or the post may not see it.
        NotEnoughData: nothing can be said of it.
    """
    force = records.area.slug
    units = held.staffed(records).units
    if unit not in units:
        raise NotKnown(f"unit of {area_name(force)}", unit, list(units))
    found = units[unit]
    if isinstance(found, str):
        raise NotEnoughData(found, expected="a month for which posts and people are stated")
    return found


def _deployable(posted: Posted) -> list[Figure]:
    """Who can be deployed, less those in the states that were counted; nothing where none was."""
    counted = tuple(one for one in APART if posted.strength.apart.get(one) is not None)
    return [posted.strength.deployable(less=counted)] if counted else []


def _when(
    request: HttpRequest, records: PeopleRecords, posted: Posted
) -> tuple[When, held.WhenTold | None]:
    form = when_form(request, posted)
    if not form.is_bound or not form.is_valid():
        return form, None
    try:
        return form, held.when_told(records, posted, form.asked())
    except RegardError as refusal:
        form.refuse(refusal)
        return form, None


def _answered(
    records: PeopleRecords, posted: Posted, answer: held.WhenTold | None
) -> dict[str, object]:
    if answer is None:
        return {"answer": None}
    chart = _course_chart(records, posted, answer)
    return {"answer": pieces(answer.statement), "chart": chart, "chart_rows": chart_rows(chart)}


def _course_chart(records: PeopleRecords, posted: Posted, answer: held.WhenTold) -> Chart:
    scope = f"{unit_said(posted.unit)}, {records.area.name}"
    return course_chart(
        answer.course,
        answer.posts,
        who=gettext("People in post"),
        unit=answer.people.unit,
        scope=scope,
    )


def _asked_again(request: HttpRequest, unit: str) -> tuple[PeopleRecords, Posted, held.WhenTold]:
    """What the page of a unit was asked.

    Raises:
        DefinitionRefused: nothing was, or it cannot be.
    """
    records = PeopleRecords(request)
    posted = _posted(records, unit)
    form, answer = _when(request, records, posted)
    if answer is None:
        wrong = "; ".join(f"{one}" for errors in form.errors.values() for one in errors)
        raise DefinitionRefused(
            f"{unit}: {wrong or 'no month is asked for'}",
            expected="what the page of the unit asks: by when, who joins and who leaves",
        )
    return records, posted, answer


def unit_chart(request: HttpRequest, unit: str) -> HttpResponse:
    """People of a unit month by month, as a picture."""
    records, posted, answer = _asked_again(request, unit)
    key = (*records.key, records.area.slug, unit, request.GET.urlencode())
    return svg_answer(held.drawn(key, lambda: _course_chart(records, posted, answer)), "people")


def unit_months(request: HttpRequest, unit: str) -> HttpResponse:
    """People of a unit month by month, as a file."""
    records, posted, answer = _asked_again(request, unit)
    text = people_csv(answer, sources_of([answer.chance]), as_at=records.here.as_at)
    return csv_answer(text, records.area.slug, posted.unit, posted.month.iso)


def training(request: HttpRequest, skill: str) -> HttpResponse:
    """Whose training lapses when, by count."""
    records = PeopleRecords(request)
    one = _skilled(records, skill)
    chart = lapsing_chart(one, scope=records.area.name)
    months = zip(
        one.currency.months,
        one.currency.in_date.tolist(),
        one.currency.lapsing.tolist(),
        one.currency.lapsed.tolist(),
        strict=True,
    )
    shown = {
        "title": skill_said(skill),
        "records": records,
        "asking": records.asking(),
        "marking": OFFICIAL,
        "one": one,
        "months": list(months),
        "chart": chart,
        "chart_rows": chart_rows(chart),
        "generated": generated(one.sources),
        "sources": one.sources,
        "traces": traced([one.in_date]),
    }
    return render(request, "regard/capability/workforce_training.html", shown)


def _skilled(records: PeopleRecords, skill: str) -> held.Skilled:
    """Who is trained for a skill.

    Raises:
        NotKnown: no such skill is stated of the force, or the post may not see it.
        NotEnoughData: nothing can be said of it.
    """
    force = records.area.slug
    skills = held.staffed(records).skills
    if skill not in skills:
        raise NotKnown(f"skill of {area_name(force)}", skill, list(skills))
    found = skills[skill]
    if isinstance(found, str):
        raise NotEnoughData(found, expected="a month that had ended by the day looked at")
    return found


def training_chart(request: HttpRequest, skill: str) -> HttpResponse:
    """Who is in date month by month, as a picture."""
    records = PeopleRecords(request)
    one = _skilled(records, skill)
    key = (*records.key, records.area.slug, skill, "training")
    drawn = held.drawn(key, lambda: lapsing_chart(one, scope=records.area.name))
    return svg_answer(drawn, "training")


def training_months(request: HttpRequest, skill: str) -> HttpResponse:
    """Who is in date and who lapses month by month, as a file."""
    records = PeopleRecords(request)
    one = _skilled(records, skill)
    counted = one.currency.holders.counted.iso
    return csv_answer(lapsing_csv(one, as_at=records.here.as_at), records.area.slug, skill, counted)


def worked(request: HttpRequest) -> HttpResponse:
    """What a paper prints of three units, worked out again from its numbers."""
    cases = [
        {
            "name": name,
            "question": CASES[name],
            "case": one,
            "said": told(one.said),
            "findings": [(f, *VERDICTS[f.verdict], pieces(f.statement)) for f in one.findings],
            "charts": [(varied, chart, chart_rows(chart)) for varied, chart in _charts(one)],
        }
        for name, one in held.cases().items()
    ]
    figures = [figure for one in held.cases().values() for figure in _figures(one)]
    shown = {
        "title": gettext("Worked examples"),
        "marking": OFFICIAL,
        "cases": cases,
        "tables": [
            table_said(gettext("Table %(name)s") % {"name": one.name}, one.table, one)
            for one in held.printed_tables()
        ],
        "traces": traced(figures, deepest=1),
    }
    return render(request, "regard/capability/workforce_worked.html", shown)


def _figures(case: Case) -> Iterable[Figure]:
    yield from case.printed
    for one in (*case.said, *(finding.statement for finding in case.findings)):
        yield from one.figures


def _charts(case: Case) -> list[tuple[str, Chart]]:
    return [
        (name, course_chart(one, case.wanted, who=_varied(name), unit=case.who, scope=case.scope))
        for name, one in case.courses.items()
    ]


def _varied(name: str) -> str:
    if not name:
        return gettext("People in post")
    return gettext("People in post, candidates a month: %(many)s") % {"many": name}


def worked_chart(request: HttpRequest, name: str) -> HttpResponse:
    """A chart of the worked examples, as a picture.

    Raises:
        NotKnown: there is none of that name.
    """
    cases = held.cases()
    if name not in cases:
        raise NotKnown("worked example", name, list(cases))
    charts = dict(_charts(cases[name]))
    varied = request.GET.get("varied", "")
    if varied not in charts:
        raise NotKnown("candidates a month", varied, list(charts))
    drawn = held.drawn(("worked", name, varied), lambda: charts[varied])
    return svg_answer(drawn, "people")


_ONE, _SKILL = "capability/workforce/<path:unit>", "capability/training/<path:skill>"

ROUTES = (
    Route("capability/workforce", "capability.workforce", workforce, A_POST),
    Route("capability/workforce/worked", "capability.workforce.worked", worked, A_POST),
    Route("capability/workforce/worked/<slug:name>.svg", "capability.workforce.worked-chart",
          worked_chart, A_POST),
    Route(f"{_ONE}/people.svg", "capability.workforce.chart", unit_chart, A_POST),
    Route(f"{_ONE}/people.csv", "capability.workforce.months", unit_months, A_POST),
    Route(_ONE, "capability.workforce.unit", unit, A_POST),
    Route(f"{_SKILL}/months.svg", "capability.training.chart", training_chart, A_POST),
    Route(f"{_SKILL}/months.csv", "capability.training.months", training_months, A_POST),
    Route(_SKILL, "capability.training", training, A_POST),
)  # fmt: skip
