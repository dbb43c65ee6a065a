"""Home: what a post must worry about, what it must do, and what changed since last time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.changes import Change, Move
from regard.assurance.composite import Part
from regard.assurance.scales import Level
from regard.assurance.standing_out import (
    News,
    Rounds,
    Worries,
    at_once,
    news,
    rounds_of,
    usual_since,
    worries,
)
from regard.assurance.tasks import tasks
from regard.assurance.versions import name_of
from regard.core.figures import Figure
from regard.register.entries import Entry
from regard.register.kinds.speech import Document
from regard.register.seeing import View
from regard.web.forms import DayField, Form
from regard.web.here import Here, here_of
from regard.web.judged.chosen import level_said
from regard.web.needs import A_POST
from regard.web.pages.my_work import to_issue
from regard.web.routes import Route

FEW = 2  # of each sort that Home names; the page behind it has them all
MOST_DAYS = 8  # days that are offered
TAUGHT = "taught"  # the key of a session that has shown the four ideas

MOVES = {
    Move.WORSE: (_("worse"), "red"),
    Move.BETTER: (_("better"), "green"),
    Move.BROKEN: (_("judged in another way, so not comparable"), "grey"),
    Move.NEWLY: (_("newly assessed"), "blue"),
    Move.LOST: (_("not assessed now, assessed before"), "yellow"),
    Move.SAME: (_("the same"), "grey"),
}


class Since(Form):
    """The day since which changes are told."""

    since = DayField(
        label=_("Since the end of"),
        said=_("the day since which changes are shown"),
        help_text=_("For example, 3 2 2015"),
        required=False,
    )


@dataclass(frozen=True)
class Row:
    """One heading of the last round, such as a threat.

    Attributes:
        title: Its words.
        levels: The worst level of each scale, each with its colour.
        at_worst: How many cells stand there.
        assessed: How many cells were assessed.
        of: How many there are (count).
    """

    title: str
    levels: tuple[tuple[str, str], ...]
    at_worst: Figure
    assessed: Figure
    of: int


@dataclass(frozen=True)
class Moved:
    """A position that moved.

    Attributes:
        text: The words of its requirement.
        aspect: The C.
        change: What became of it.
        seq: The entry that says so; 0 if it cannot be named.
        said: Which way, in words.
        colour: The colour of that.
    """

    text: str
    aspect: str
    change: Change
    seq: int
    said: Any
    colour: str


def home(request: HttpRequest) -> HttpResponse:
    """Show what the post must worry about, what it must do, and what changed."""
    here = here_of(request)
    form = Since(request.GET) if _asks(request) else Since()
    asked = form.cleaned_data["since"] if form.is_bound and form.is_valid() else None
    view = at_once(here.view, since=asked)
    found = worries(view, as_at=here.day, scope=here.body)
    since = asked or usual_since(view)
    changed = news(view, since=since, now=found.cells, scope=here.body) if since else None
    is_new = not request.session.get(TAUGHT)
    request.session[TAUGHT] = True
    shown = {
        "title": gettext("Home"),
        "here": here,
        "body": name_of(view, here.body),
        "is_new": is_new,
        "round": rounds_of(view).last,
        "sentences": found.composite.whole.statements() if found.composite else (),
        "found": found,
        "rows": tuple(_rows(found)),
        "silent": tuple(_silent(found)),
        "few": FEW,
        "tasks": tasks(view, here.standing, as_at=here.day),
        "drafts": to_issue(here),
        "news": changed,
        "since": since,
        "moved": tuple(_moved(changed))[:FEW] if changed else (),
        "counts": [(MOVES[move], number) for move, number in changed.counts] if changed else (),
        "entered": changed.entered[:FEW] if changed else (),
        "days": _days(here, view),
        "form": form,
    }
    return render(request, "regard/home.html", shown, status=422 if form.errors else 200)


def _asks(request: HttpRequest) -> bool:
    return any(request.GET.get(f"since_{part}", "").strip() for part in ("day", "month", "year"))


def _rows(found: Worries) -> Iterator[Row]:
    for part in found.composite.parts if found.composite else ():
        spread = part.spread
        if not spread.assessed:
            continue
        cells = [cell for one in spread.worst for cell in one.cells]
        yield Row(
            title=part.title,
            levels=tuple(
                (level_said(one.level), colour_of(one.level, _levels(part, one.scale)))
                for one in spread.worst
            ),
            at_worst=spread.number(cells, what="cells at the worst level"),
            assessed=spread.number(spread.assessed, what="cells assessed"),
            of=len(spread.cells),
        )


def _silent(found: Worries) -> Iterator[tuple[str, int]]:
    """The headings under which nothing was assessed, and how many cells each has."""
    for part in found.composite.parts if found.composite else ():
        if not part.spread.assessed:
            yield part.title, len(part.spread.cells)


def _levels(part: Part, scale: str) -> Iterable[Level]:
    return (one.level for one in part.spread.levels if one.scale == scale)


def colour_of(level: Level, levels: Iterable[Level]) -> str:
    """The colour of a level's tag: green at the best of its scale, red at the worst."""
    orders = [one.order for one in levels]
    if level.order == max(orders):
        return "green"
    return "red" if level.order == min(orders) else "orange"


def _moved(changed: News) -> Iterator[Moved]:
    if changed.now is None:
        return
    for one in changed.moves:
        if one.move is not Move.SAME:
            cell = one.now.position or (one.was.position if one.was else None)
            said, colour = MOVES[one.move]
            yield Moved(
                text=changed.now.requirements[one.now.key.about].value.text,
                aspect=one.now.key.aspect,
                change=one,
                seq=cell.entry.seq if cell else 0,
                said=said,
                colour=colour,
            )


@dataclass(frozen=True)
class Offered:
    """A day that a reader may look at.

    Attributes:
        day: The day.
        why: What was closed or issued on it.
        current: Whether it is the day that is looked at.
    """

    day: date
    why: str
    current: bool


def _days(here: Here, view: View) -> tuple[Offered, ...]:
    """The days of closed rounds and of papers written here, the last one first."""
    now: View = view
    if here.as_at is not None:
        # What came later is offered too: else nobody would find the way forward again.
        now = here.register.view(here.speaker, standing=here.standing)
    held: Rounds = rounds_of(now)
    found = {one.recorded.date(): one.value.name for one in reversed(held.closed)}
    for one in view.all(Document):
        if _is_ours(one):
            found.setdefault(one.value.held_on, one.value.title)
    days = sorted(found, reverse=True)[:MOST_DAYS]
    return tuple(Offered(day, found[day], day == here.as_at) for day in days)


def _is_ours(document: Entry[Document]) -> bool:
    held = document.held
    return held is not None and bool(held.kept) and held.stage != "draft"


ROUTES = (Route("", "home", home, A_POST),)
