"""My work: everything that is assigned to the post, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.cells import Key
from regard.assurance.due import Due
from regard.assurance.naming import Names
from regard.assurance.registers import When, when
from regard.assurance.standing_out import at_once
from regard.assurance.tasks import Asked, Tasks, tasks
from regard.board.drafts import Draft, drafts
from regard.register.kinds.values import Line
from regard.register.seeing import View
from regard.register.subjects import path_of
from regard.web.here import Here, here_of
from regard.web.needs import A_POST, issues
from regard.web.paging import paged
from regard.web.routes import Route

NAMED = 10  # cells of a duty that the page names; the round has them all

DOES = {
    Line.BOARD: _("Say whether the board is assured"),
    Line.DOING: _("Judge"),
    Line.OVERSEEING: _("Answer what was judged"),
    Line.INDEPENDENT: _("Judge independently"),
}

WHENS = {
    When.OVERDUE: (_("Late"), "red"),
    When.SOON: (_("Due within 30 days"), "orange"),
    When.LATER: (_("To come"), "grey"),
    When.ENDED: (_("Its day has passed"), "grey"),
}


@dataclass(frozen=True)
class ToSay:
    """A cell of which the post has still to speak.

    Attributes:
        text: The words of its requirement.
        aspect: The C.
        address: Its page.
    """

    text: str
    aspect: str
    address: str


@dataclass(frozen=True)
class Duty:
    """What a duty of a round asks, and how far it is.

    Attributes:
        asked: The duty.
        does: What is to be done, in words.
        address: The page on which it is done.
        first: The first cells that wait.
        more: How many more there are (count).
    """

    asked: Asked
    does: Any
    address: str
    first: tuple[ToSay, ...]
    more: int


@dataclass(frozen=True)
class Action:
    """Something the post answers for.

    Attributes:
        due: Where it stands.
        word, colour: How its day stands to the day that is looked at; empty where it has none.
    """

    due: Due
    word: Any
    colour: str


def my_work(request: HttpRequest) -> HttpResponse:
    """Show everything that is assigned to the post, and its state."""
    here = here_of(request)
    view = at_once(here.view)
    found = tasks(view, here.standing, as_at=here.day)
    names = Names(view)
    papers = to_issue(here)
    shown = {
        "title": gettext("My work"),
        "here": here,
        "tasks": found,
        "drafts": papers,
        "nothing": found.is_empty and not papers and not found.asked,
        "duties": tuple(_duties(view, found.asked)),
        "challenged": tuple(
            (one, _address(one.cycle.subject, one.cell.key)) for one in found.challenged
        ),
        "actions": paged(request, tuple(_actions(found))),
        "proposals": tuple((one, names.of(one.entry.post)) for one in found.proposals),
        "steps": tuple((one, names.of(one.entry.post)) for one in found.steps),
        "decides_steps": any(role.steps_only for role in here.standing.roles),
    }
    return render(request, "regard/my_work.html", shown)


def to_issue(here: Here) -> tuple[Draft, ...]:
    """Drafts of papers that wait for the post to issue them; none for one that issues none."""
    if here.as_at is not None or not issues().allows(here.standing):
        return ()
    return drafts(here.register.home, here.view)


def _duties(view: View, asked: Iterable[Asked]) -> Iterator[Duty]:
    for one in asked:
        shown = one.missing[:NAMED] if one.duty.line is not Line.BOARD and not one.signs else ()
        yield Duty(
            asked=one,
            does=_("Sign the round off") if one.signs else DOES[one.duty.line],
            address=_place(one),
            first=tuple(
                ToSay(
                    text=view.one(key.about).value.text,
                    aspect=key.aspect,
                    address=_address(one.cycle.subject, key),
                )
                for key in shown
            ),
            more=len(one.missing) - len(shown) if shown else 0,
        )


def _place(one: Asked) -> str:
    """The page on which a duty is done: the next cell for a lead, a list for the others."""
    name = {
        Line.DOING: "requirements.next",
        Line.INDEPENDENT: "requirements.review.inspect",
        Line.BOARD: "requirements.review.assure",
    }.get(one.duty.line, "requirements.review.challenge")
    scope = one.missing[0].scope if one.missing else one.cycle.value.scopes[0]
    name = "requirements.review.sign-off" if one.signs else name
    return f"{reverse(name)}?{_query(one.cycle.subject, scope)}"


def _address(cycle: str, key: Key) -> str:
    parts = {"about": path_of(key.about), "under": key.aspect}
    return f"{reverse('requirements.cell', kwargs=parts)}?{_query(cycle, key.scope)}"


def _query(cycle: str, scope: str) -> str:
    return urlencode({"round": path_of(cycle), "body": path_of(scope)})


def _actions(found: Tasks) -> Iterator[Action]:
    for one in found.mine.expectations:
        word, colour = WHENS[when(one)] if one.due_on else ("", "")
        yield Action(one, word, colour)


ROUTES = (Route("my-work", "my-work", my_work, A_POST),)
