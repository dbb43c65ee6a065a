"""Long work in the background: what ran, for whom, how long, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, overload

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import NotKnown
from regard.register.access import Standing
from regard.web.background.heartbeat import is_alive
from regard.web.background.working import (
    DONE,
    FAILED,
    REFUSED,
    RUNNING,
    WAITING,
    ask_again,
    can_be_asked_again,
    give_up_lost,
    may_see_words,
    seen_by,
)
from regard.web.here import Here, here_of, home
from regard.web.models import Work
from regard.web.needs import A_POST
from regard.web.paging import paged
from regard.web.routes import Route

SLOW_TO_BEGIN = timedelta(seconds=60)  # after which a page asks whether a worker runs at all
STATES = {
    WAITING: (_("Waiting"), "govuk-tag--grey"),
    RUNNING: (_("Running"), "govuk-tag--blue"),
    DONE: (_("Done"), "govuk-tag--green"),
    REFUSED: (_("Refused"), "govuk-tag--orange"),
    FAILED: (_("Failed"), "govuk-tag--red"),
}


@dataclass(frozen=True)
class Shown:
    """A work as a page shows it.

    Attributes:
        row: The work.
        said: What it does; of a marking that the post may not read, that alone.
        open: Whether the post sees its words.
        state: How it stands, in a word.
        colour: The class of its tag.
        post: For which post it runs, by name.
        took: How long it took, or has taken so far.
    """

    row: Work
    said: str
    open: bool
    state: Any
    colour: str
    post: str
    took: str


class Rows(Sequence[Work]):
    """The rows of a question, counted and read a page at a time."""

    def __init__(self, found: QuerySet[Work]) -> None:
        self._found = found

    def __len__(self) -> int:
        return self._found.count()

    @overload
    def __getitem__(self, at: int) -> Work: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Work]: ...
    def __getitem__(self, at: int | slice) -> Work | Sequence[Work]:
        return list(self._found[at]) if isinstance(at, slice) else self._found[at]

    def __iter__(self) -> Iterator[Work]:
        return iter(self._found)


def work(request: HttpRequest) -> HttpResponse:
    """What ran or runs: a post's own; for a keeper, all of its body."""
    here = here_of(request)
    give_up_lost()
    page = paged(request, Rows(seen_by(here.standing).defer("found", "asked", "outcome")))
    posts = _names(here, {one.post for one in page.rows})
    shown = {
        "title": gettext("Work in the background"),
        "page": page,
        "works": [_shown(here.standing, one, posts) for one in page.rows],
        "keeps": any(role.name == "register-keeper" for role in here.standing.roles),
    }
    return render(request, "regard/background/list.html", shown)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One work: how far it is, or how it ended."""
    return render(request, "regard/background/one.html", _of_one(request, number))


def state(request: HttpRequest, number: int) -> HttpResponse:
    """How far a work is, for a page that looks again by itself; once it ended, the whole page."""
    shown = _of_one(request, number)
    answer = render(request, "regard/background/state.html", shown)
    if not shown["goes_on"]:
        answer["HX-Refresh"] = "true"
    return answer


def again(request: HttpRequest, number: int) -> HttpResponse:
    """Ask again for a work whose worker was lost."""
    here = here_of(request)
    made = ask_again(here, _found(here, number))
    messages.success(request, gettext("Asked again"))
    return HttpResponseRedirect(reverse("work.one", kwargs={"number": made.pk}))


def took(began: datetime | None, ended: datetime | None) -> str:
    """How long something took, in words: `2 minutes 5 seconds`; empty if it has not begun."""
    if began is None:
        return ""
    seconds = max(int(((ended or timezone.now()) - began).total_seconds()), 0)
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = (
        (hours, ngettext("%(n)d hour", "%(n)d hours", hours)),
        (minutes, ngettext("%(n)d minute", "%(n)d minutes", minutes)),
        (rest, ngettext("%(n)d second", "%(n)d seconds", rest)),
    )
    said = [text % {"n": number} for number, text in parts if number]
    return " ".join(said[:2]) or gettext("less than a second")


def _of_one(request: HttpRequest, number: int) -> dict[str, Any]:
    here = here_of(request)
    give_up_lost()
    row = _found(here, number)
    shown = _shown(here.standing, row, _names(here, {row.post}))
    late = row.state == WAITING and timezone.now() - row.asked_at > SLOW_TO_BEGIN
    return {
        "title": shown.said,
        "work": shown,
        "row": row,
        "goes_on": row.state in (WAITING, RUNNING),
        "late": late,
        "no_worker": row.state == WAITING and not is_alive(home()),
        "again": can_be_asked_again(row) and row.holder == here.speaker.holder,
        "asked_again": row.found.get("again"),
        "percent": min(100 * row.done // row.of, 100) if row.of else None,
    }


def _found(here: Here, number: int) -> Work:
    found = seen_by(here.standing).filter(pk=number).first()
    if found is None:
        raise NotKnown("work of yours", str(number), ())
    return found


def _shown(standing: Standing, row: Work, posts: dict[str, str]) -> Shown:
    words = may_see_words(standing, row)
    said, colour = STATES[row.state]
    return Shown(
        row=row,
        said=row.said if words else gettext("Work marked %s") % row.marking,
        open=words,
        state=said,
        colour=colour,
        post=posts.get(row.post, row.post),
        took=took(row.began_at, row.ended_at),
    )


def _names(here: Here, posts: set[str]) -> dict[str, str]:
    found = {subject: here.holdings.party(subject) for subject in posts}
    return {subject: party.name for subject, party in found.items() if party is not None}


ROUTES = (
    Route("background", "work", work, A_POST),
    Route("background/<int:number>", "work.one", one, A_POST),
    Route("background/<int:number>/state", "work.state", state, A_POST),
    Route("background/<int:number>/again", "work.again", post=again, writes=A_POST, enters=False),
)
