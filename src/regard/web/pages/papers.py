"""Papers: which there are, one as it is read, and its files in the bytes it was issued in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from regard.assurance.naming import Names
from regard.board.drafts import drafts
from regard.board.kept_papers import brought_back, one_again, paper_in
from regard.board.performance_files import performance_file, performance_papers
from regard.board.publication import PUBLIC, public_version_of
from regard.board.registering import FILES
from regard.register.entries import Entry
from regard.register.kinds.speech import Act, Decision, Document
from regard.register.seeing import View
from regard.register.subjects import path_of
from regard.web.background.papering import DRAFTS, ISSUES
from regard.web.here import here_of, home
from regard.web.needs import A_POST, decides
from regard.web.paging import paged
from regard.web.reading import Reading
from regard.web.routes import Route
from regard.web.sending import enclosed, sent

WITHHOLDS = decides(Act.REDACT)


@dataclass(frozen=True)
class Listed:
    """A paper among others."""

    entry: Entry[Document]
    to: str

    @property
    def path(self) -> str:
        """Its path, as addresses name it."""
        return path_of(self.entry.subject)

    @property
    def is_public_version(self) -> bool:
        """Whether something is withheld from it."""
        return self.path.rpartition("/")[2] == PUBLIC


def listed(view: View, names: Names) -> tuple[Listed, ...]:
    """The papers of a view, the last meeting first.

    Args:
        view: The register at a position.
        names: What the boards are called.
    """
    found = [one for one in view.all(Document) if one.held is not None]
    names.learn(tuple({one.value.to for one in found if one.value.to}))
    found.sort(key=lambda one: (one.value.held_on, one.seq), reverse=True)
    return tuple(Listed(one, names.of(one.value.to)) for one in found)


def document_of_path(path: str) -> str:
    """The subject of a document from its path in an address."""
    return f"document:{path}"


def papers(request: HttpRequest) -> HttpResponse:
    """Every paper that the post may see, and the drafts that wait to be issued."""
    here = here_of(request)
    may_draft = DRAFTS.allows(here.standing)
    shown = {
        "title": gettext("Papers"),
        "page": paged(request, listed(here.view, Names(here.view))),
        "drafts": drafts(here.register.home, here.view) if may_draft else (),
        "may_draft": may_draft and here.as_at is None,
        "performance": [one for one in performance_papers(home()) if one.on <= here.day],
    }
    return render(request, "regard/papers/papers.html", shown)


def paper(request: HttpRequest, document: str) -> HttpResponse:
    """One paper: its words with figures that lead to why it says them, and its files."""
    here = here_of(request)
    subject = document_of_path(document)
    version = public_version_of(subject)
    found = here.view.many((subject, version))
    entry: Entry[Document] = found.get(subject) or here.view.one(subject)
    value = entry.value
    names = Names(here.view)
    public = found.get(version)
    decisions = here.view.all(Decision, about=version) if public is not None else ()
    names.learn(tuple({one.post for one in decisions} | {value.to or "", entry.post} - {""}))
    whole = bool(value.kept) and value.form == "paper" and here.as_at is None
    issued = whole and value.stage == "issued"
    shown = {
        "title": value.title,
        "entry": entry,
        "value": value,
        "to": names.of(value.to),
        "issued_by": names.of(entry.post),
        "reading": Reading(brought_back(value.kept)) if value.kept else None,
        "figures_of": document,
        "document": document,
        "formats": [one for one, _ in value.digests],
        "public": public if public is not None and public.value.stage == "published" else None,
        "public_path": path_of(version),
        "decisions": [(one, names.of(one.post)) for one in decisions if one.held is not None],
        "may_withhold": issued and WITHHOLDS.allows(here.standing),
        "may_publish": issued and ISSUES.allows(here.standing),
    }
    return render(request, "regard/papers/paper.html", shown)


def file(request: HttpRequest, format: str, document: str) -> HttpResponse:  # noqa: A002
    """A paper in one format, in the bytes in which it was issued."""
    view = here_of(request).view
    subject = document_of_path(document)
    marking = view.one(subject).marking
    name, content = one_again(view, subject, format, folder=home() / FILES)
    return sent(name, content, marking=marking)


def performance(request: HttpRequest, name: str) -> HttpResponse:
    """A file of a performance paper, as it lies written beside the register."""
    return sent(name, performance_file(home(), name))


def chart(request: HttpRequest, number: int, document: str) -> HttpResponse:
    """The picture of a chart of a paper."""
    _, held = paper_in(here_of(request).view, document_of_path(document))
    return enclosed(Reading(held).chart(number), "image/svg+xml")


ROUTES = (
    Route("papers", "papers", papers, A_POST),
    Route("papers/read/<path:document>", "papers.paper", paper, A_POST),
    Route("papers/files/<slug:format>/<path:document>", "papers.file", file, A_POST),
    Route("papers/performance/<str:name>", "papers.performance", performance, A_POST),
    Route("papers/charts/<int:number>/<path:document>", "papers.chart", chart, A_POST),
)
