"""The registers at a glance, and the two that are only received: recommendations and taskings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.naming import Names
from regard.assurance.registers import SOON, Count, counts, received
from regard.register.kinds.facts import RecommendationFacet, TaskingFacet
from regard.web.here import here_of
from regard.web.needs import A_POST
from regard.web.registered.holdings import holdings
from regard.web.registered.listing import list_shown
from regard.web.routes import Route

REGISTERS = (
    (
        "concerns",
        _("Vulnerabilities and risks"),
        _("What stands in the way of a requirement, who answers for it and what is done."),
        _("have no action, a late one, or an acceptance that no longer stands"),
    ),
    (
        "actions",
        _("Actions and dates"),
        _("Whatever is due by a day: actions, promises, milestones and grants."),
        _("are overdue"),
    ),
    (
        "recommendations",
        _("Recommendations"),
        _("What inspections and audits recommended to the force."),
        _("are answered for by no post, or were opened again"),
    ),
    (
        "decisions",
        _("Decisions"),
        _("What was proposed, to whom, and what became of it."),
        _("are to be decided now"),
    ),
    (
        "promises",
        _("Promises of issued papers"),
        _("What a paper said would be done by a day, and whether it was."),
        _("must be answered by the next paper"),
    ),
    (
        "targets",
        _("Targets"),
        _("What is asked in numbers, how it is worked out, and how far away it is."),
        _("are not met, or nobody can say"),
    ),
    (
        "lessons",
        _("Lessons"),
        _("What was learnt from events and exercises."),
        _("have no action, or a late one"),
    ),
    (
        "taskings",
        _("Taskings"),
        _("What was asked of the force under a power."),
        _("are answered for by no post, or were opened again"),
    ),
    (
        "meetings",
        _("Meetings"),
        _("When a board met, what it took and what it decided."),
        _("left a proposal open"),
    ),
)


@dataclass(frozen=True)
class Shelf:
    """A register on the front page.

    Attributes:
        name, said: What it is called, and what it holds.
        address: Where it is.
        count: How much it holds, and how much of that needs attention.
        needs: What it is that needs attention, in words.
    """

    name: Any
    said: Any
    address: str
    count: Count
    needs: Any


def registers(request: HttpRequest) -> HttpResponse:
    """Every register with how much it holds, and how much of that needs attention."""
    here = here_of(request)
    found = counts(holdings(here), as_at=here.day)
    shelves = [
        Shelf(name, said, reverse(f"registers.{key}"), found[key], needs)
        for key, name, said, needs in REGISTERS
    ]
    return render(
        request,
        "regard/registers/registers.html",
        {"title": gettext("Registers"), "shelves": shelves, "soon": SOON},
    )


def recommendations(request: HttpRequest) -> HttpResponse:
    """What inspections recommended, each where it stands."""
    return _received(
        request,
        RecommendationFacet,
        gettext("Recommendations"),
        gettext("No recommendation had been entered on this day."),
    )


def taskings(request: HttpRequest) -> HttpResponse:
    """What was asked under a power, each where it stands."""
    return _received(
        request,
        TaskingFacet,
        gettext("Taskings"),
        gettext("No tasking had been entered on this day."),
    )


def _received(
    request: HttpRequest,
    facet: type[RecommendationFacet | TaskingFacet],
    title: str,
    nothing: str,
) -> HttpResponse:
    here = here_of(request)
    view = holdings(here)
    names = Names(view)
    return list_shown(
        request,
        "received",
        title,
        received(view, facet, as_at=here.day),
        lambda one: (one, _from(names, view, one.entry.value.edition)),
        nothing=nothing,
    )


def _from(names: Names, view: Any, edition: str) -> str:
    held = view.find(edition)
    return names.of(held.value.instrument) if held and held.held else names.of(edition)


ROUTES = (
    Route("registers", "registers", registers, A_POST),
    Route("registers/recommendations", "registers.recommendations", recommendations, A_POST),
    Route("registers/taskings", "registers.taskings", taskings, A_POST),
)
