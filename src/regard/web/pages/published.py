"""What anybody may read without signing in: published papers that are OFFICIAL, and no more."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from regard.assurance.naming import Names
from regard.board.kept_papers import brought_back, one_again, paper_in
from regard.board.registering import FILES
from regard.register.access import EVERYTHING, PUBLIC
from regard.register.seeing import View
from regard.web.here import here_of, home
from regard.web.needs import ANYBODY
from regard.web.pages.papers import document_of_path, listed
from regard.web.paging import paged
from regard.web.reading import Reading
from regard.web.routes import Route
from regard.web.sending import enclosed, sent


def papers(request: HttpRequest) -> HttpResponse:
    """The published papers."""
    # The public sees no party, and each paper says on its front to which board it is put.
    names = Names(here_of(request).register.view(EVERYTHING))
    page = paged(request, listed(_view(request), names))
    shown = {"title": gettext("Published papers"), "page": page}
    return render(request, "regard/papers/published.html", shown)


def paper(request: HttpRequest, document: str) -> HttpResponse:
    """One published paper."""
    entry = _view(request).one(document_of_path(document))
    value = entry.value
    shown = {
        "title": value.title,
        "entry": entry,
        "value": value,
        "reading": Reading(brought_back(value.kept)) if value.kept else None,
        "document": document,
        "formats": [one for one, _ in value.digests],
    }
    return render(request, "regard/papers/published_paper.html", shown)


def file(request: HttpRequest, format: str, document: str) -> HttpResponse:  # noqa: A002
    """A published paper in one format."""
    name, content = one_again(
        _view(request), document_of_path(document), format, folder=home() / FILES
    )
    return sent(name, content)


def chart(request: HttpRequest, number: int, document: str) -> HttpResponse:
    """The picture of a chart of a published paper."""
    _, held = paper_in(_view(request), document_of_path(document))
    return enclosed(Reading(held).chart(number), "image/svg+xml")


def _view(request: HttpRequest) -> View:
    here = here_of(request)
    if here.as_at is None:
        return here.register.view(PUBLIC)
    end = datetime.combine(here.as_at, time.max, UTC)
    return here.register.view(PUBLIC, known_at=end, true_on=here.as_at)


ROUTES = (
    Route("published", "public.papers", papers, ANYBODY),
    Route("published/read/<path:document>", "public.paper", paper, ANYBODY),
    Route("published/files/<slug:format>/<path:document>", "public.file", file, ANYBODY),
    Route("published/charts/<int:number>/<path:document>", "public.chart", chart, ANYBODY),
)
