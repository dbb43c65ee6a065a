"""The API by which programs read: measures, readings, positions and papers, and nothing written.

Each operation stands in `OPERATIONS` with what it needs; an address that does not stand there is
answered by nobody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from regard.core.errors import NotKnown, RegardError
from regard.register.gathering import Gathered
from regard.web.here import home
from regard.web.judged.chosen import KINDS
from regard.web.needs import A_POST
from regard.web.programs import rows
from regard.web.programs.answers import CSV, as_csv, listed, sheet
from regard.web.programs.door import asked_of, at_fault, refused
from regard.web.programs.problems import PROBLEM, problem
from regard.web.programs.shapes import (
    NAME,
    FigureOfPaper,
    FiguresAsked,
    FiguresOfPaper,
    Formed,
    Measure,
    Measures,
    MeasuresAsked,
    Month,
    Paper,
    PaperAsked,
    Papers,
    PapersAsked,
    Position,
    Positions,
    PositionsAsked,
    Problem,
    Reading,
    ReadingAsked,
    WholePaper,
)
from regard.web.routes import Route

PREFIX = "api/v1/"
VERSION = "1"
REFUSALS = (401, 403, 404, 409, 410, 422, 503)
"""The statuses by which anything may be refused, each told as a problem."""

DESCRIPTION = (
    "Measures, readings, positions and papers, as the post sees them that asks, by a token or by "
    "the session of a browser. Only reading: "
    "nothing is written here. Every answer has its marking. Missing is null and says why, and is "
    "never zero. known_at and true_on ask for what was known then, of what was true on that day."
)

_api = NinjaAPI(
    title="Regard",
    version=VERSION,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


@_api.get("measures", response=Measures, url_name="api.measures", summary="List what is measured")
def measures(request: HttpRequest, asked: Query[MeasuresAsked]) -> Any:
    """Every measure that can be asked for."""
    found = [
        rows.measure_row(one)
        for one in rows.measures_at(home()).values()
        if asked.dataset in (None, one.dataset)
    ]
    return listed(request, asked, found, Measure, "measures")


@_api.get("measures/{measure}", response=Measure, url_name="api.measure", summary="One measure")
def measure(
    request: HttpRequest,
    measure: Path[str],
    asked: Query[Formed],
) -> Any:
    """What a measure counts, by which rule, and where the rule comes from."""
    known = rows.measures_at(home())
    if measure not in known:
        raise NotKnown("measure", measure, known)
    return _one(request, asked, rows.measure_row(known[measure]), Measure, "measure")


@_api.get("readings", response=Reading, url_name="api.readings", summary="A series, read")
def readings(request: HttpRequest, asked: Query[ReadingAsked]) -> Any:
    """A measure of an area month by month, what is normal for it, and what has really changed."""
    here = asked_of(request)
    view = here.seen(None if isinstance(asked.known_at, int) else asked.known_at, None)
    found = rows.reading_row(home(), view, asked, today=here.today)
    if as_csv(request, asked):
        return sheet(found["items"], tuple(Month.model_fields), "reading", found["marking"])
    return found


@_api.get("positions", response=Positions, url_name="api.positions", summary="List a round's cells")
def positions(request: HttpRequest, asked: Query[PositionsAsked]) -> Any:
    """Each requirement of a round under each C: its level, how it reads, and who spoke."""
    view = Gathered(asked_of(request).seen(asked.known_at, asked.true_on), KINDS)
    found = rows.position_rows(view, asked.round, asked.body)
    return listed(request, asked, found, Position, "positions")


@_api.get("papers", response=Papers, url_name="api.papers", summary="List papers")
def papers(request: HttpRequest, asked: Query[PapersAsked]) -> Any:
    """Every paper of the register that the post may see, the latest first."""
    view = asked_of(request).seen(asked.known_at, asked.true_on)
    return listed(request, asked, rows.paper_rows(view, asked.stage), Paper, "papers")


@_api.get(
    "papers/{path:paper}/figures",
    response=FiguresOfPaper,
    url_name="api.figures",
    summary="The figures of a paper",
)
def figures(request: HttpRequest, paper: Path[str], asked: Query[FiguresAsked]) -> Any:
    """Every figure that a paper prints, and the entries that each comes from."""
    view = asked_of(request).seen(asked.known_at, asked.true_on)
    return listed(request, asked, rows.figure_rows(view, paper), FigureOfPaper, "figures")


@_api.get("papers/{path:paper}", response=WholePaper, url_name="api.paper", summary="One paper")
def paper(request: HttpRequest, paper: Path[str], asked: Query[PaperAsked]) -> Any:
    """A paper: to whom it was put, on which day, and the digest of each of its files."""
    view = asked_of(request).seen(asked.known_at, asked.true_on)
    return _one(request, asked, rows.whole_paper(view, paper), WholePaper, "paper")


def _one(
    request: HttpRequest, asked: Formed, found: dict[str, Any], shape: type, name: str
) -> dict[str, Any] | HttpResponse:
    if as_csv(request, asked):
        columns = tuple(shape.model_fields)  # type: ignore[attr-defined]
        return sheet([found], columns, name, found["marking"])
    return found


@_api.exception_handler(RegardError)
def _refused(request: HttpRequest, refusal: RegardError) -> HttpResponse:
    return refused(refusal)


@_api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    told = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in wrong.errors)
    return problem(422, _("A parameter is wrong"), told)


@_api.exception_handler(Exception)
def _at_fault(request: HttpRequest, fault: Exception) -> HttpResponse:
    return at_fault(request, fault)


@cache
def description() -> Mapping[str, Any]:
    """The API as OpenAPI describes it: with CSV, problems, and by what a program is known."""
    made: dict[str, Any] = json.loads(json.dumps(_api.get_openapi_schema(path_prefix=PREFIX)))
    made["components"]["schemas"]["Problem"] = Problem.model_json_schema(mode="serialization")
    made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for operations in made["paths"].values():
        for one in operations.values():
            _completed(one)
    return made


def _completed(operation: dict[str, Any]) -> None:
    operation["security"] = [{"token": []}]
    operation["operationId"] = operation["operationId"].rpartition("_")[2]
    operation["responses"]["200"]["content"][CSV] = {"schema": {"type": "string"}}
    told = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in REFUSALS:
        operation["responses"][str(status)] = {"description": _SAID[status], "content": told}
    for one in operation["parameters"]:
        if one["in"] == "path":
            one["schema"] |= {"pattern": NAME, "minLength": 1, "maxLength": 200}
        # A parameter is left out or has a value: an address has no null.
        held = [each for each in one["schema"].get("anyOf", ()) if each != {"type": "null"}]
        if len(held) == 1:
            one["schema"] = held[0]


_SAID = {
    401: "Nobody is signed in, or the token is not good",
    403: "The post may not ask this",
    404: "There is none of that name, or the post may not see it",
    409: "It was refused, and says why",
    410: "Its words were lawfully erased",
    422: "A parameter is wrong, or not one of this operation",
    503: "The register is busy: ask again",
}


def _route(pattern: URLPattern) -> Route:
    address = PREFIX + str(pattern.pattern)
    known = _parameters(address)

    def get(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        return _not_asked(request, known) or pattern.callback(request, **parts)

    return Route(address, str(pattern.name), get, A_POST, program=True)


def _parameters(address: str) -> tuple[str, ...]:
    shown = "/" + address.replace("<path:", "{").replace("<", "{").replace(">", "}")
    held = description()["paths"][shown]["get"]["parameters"]
    return tuple(one["name"] for one in held if one["in"] == "query")


def _not_asked(request: HttpRequest, known: tuple[str, ...]) -> HttpResponse | None:
    """Refuse a parameter that an operation does not have, or that is given twice."""
    for name, given in request.GET.lists():
        if name not in known:
            told = NotKnown("parameter", name, known)
            return problem(422, _("A parameter is wrong"), told.wrong, expected=told.expected)
        if len(given) > 1:
            said = _("%(name)s is given %(count)s times") % {"name": name, "count": len(given)}
            return problem(422, _("A parameter is wrong"), said, expected=_("Each once"))
    return None


def _operations() -> tuple[Route, ...]:
    return tuple(
        _route(one)
        for one in _api.urls[0]
        if isinstance(one, URLPattern) and str(one.name).startswith("api.")
    )


OPERATIONS: tuple[Route, ...] = _operations()
"""Every operation with its address and what it needs, as the guard takes them."""
