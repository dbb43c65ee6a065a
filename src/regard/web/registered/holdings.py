"""What the pages of the registers read, all of it at once, and what their forms offer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from regard.assurance.naming import Names
from regard.register.gathering import Gathered
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import (
    Edition,
    Instrument,
    Party,
)
from regard.register.kinds.reading import KINDS
from regard.register.kinds.speech import Act
from regard.register.kinds.values import Line
from regard.register.seeing import View
from regard.register.subjects import path_of
from regard.web.here import Here
from regard.web.needs import decides, proposes, speaks_at

READ = tuple(KINDS.values())

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


def holdings(here: Here) -> Gathered:
    """What the post sees of all registers at the day looked at, read at once."""
    return Gathered(here.view, READ)


def posts(view: View) -> Choices:
    """Posts by name."""
    return _parties(view, "post")


def bodies(view: View) -> Choices:
    """Bodies by name."""
    return _parties(view, "body")


def deciders(view: View) -> Choices:
    """Posts and bodies by name: whoever may be asked to decide."""
    return sorted([*posts(view), *bodies(view)], key=lambda one: one[1])


def _parties(view: View, form: str) -> Choices:
    found = [
        (one.subject, one.held.name)
        for one in view.all(Party)
        if one.held is not None and one.held.form == form
    ]
    return sorted(found, key=lambda one: one[1])


def requirements(view: View, in_force: date | None = None) -> Grouped:
    """Requirements that are judged, by their edition, the newest edition first.

    Args:
        view: What the post sees.
        in_force: Only of editions in force on this day; None for all.
    """
    names = Names(view)
    editions = {
        one.subject
        for one in view.all(Edition)
        if one.held is not None and (in_force is None or one.held.in_force.holds(in_force))
    }
    grouped: dict[str, Choices] = {}
    for one in view.all(Expectation):
        if one.held is not None and one.held.judged and one.held.edition in editions:
            grouped.setdefault(one.held.edition, []).append((one.subject, names.of(one.subject)))
    newest = sorted(grouped, reverse=True)
    return [(names.of(edition), grouped[edition]) for edition in newest]


def lists_of_actions(view: View) -> Choices:
    """Running lists in which an action can be entered: of board actions and of lessons."""
    held = {
        one.subject: one.held.title
        for one in view.all(Instrument)
        if one.held is not None and one.held.form in ("board actions", "lessons")
    }
    return [
        (one.subject, held[one.held.instrument])
        for one in view.all(Edition)
        if one.held is not None and one.held.digest is None and one.held.instrument in held
    ]


def with_none(choices: Iterable[tuple[str, object]], said: str) -> list[tuple[str, object]]:
    """Choices with one before them for none."""
    return [("", said), *choices]


def threat_of(view: View, requirement: str | None) -> str:
    """The threat under whose heading a requirement stands; empty where it stands under none."""
    if not requirement or not requirement.startswith("expectation:"):
        return ""
    edition, _, code = path_of(requirement).partition("/")
    found = view.find(f"expectation:{edition}/{code.partition('/')[0]}")
    if found is None or not isinstance(found.held, Expectation):
        return ""
    terms = [one for one in found.held.terms if "threats" in one.partition("/")[0]]
    return found.held.text.rstrip(".") if terms else ""


def can_decide(here: Here, act: Act) -> bool:
    """Whether the post takes such decisions."""
    return decides(act).allows(here.standing)


def can_propose(here: Here, act: Act) -> bool:
    """Whether the post proposes or takes such decisions."""
    return proposes(act).allows(here.standing)


def lines_of(here: Here) -> list[Line]:
    """The lines above its owner's at which the post speaks."""
    return [
        one
        for one in (Line.OVERSEEING, Line.INDEPENDENT, Line.BOARD)
        if speaks_at(one).allows(here.standing)
    ]
