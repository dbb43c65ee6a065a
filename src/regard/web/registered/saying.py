"""What was said of a subject, entry by entry, in the words of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from regard.assurance.closing import Closing
from regard.assurance.naming import Names
from regard.register.entries import Entry
from regard.register.kinds.facts import Concern, Expectation
from regard.register.kinds.speech import CLOSURE, VERIFICATION, Decision, Judgement
from regard.register.kinds.values import Line
from regard.web.here import Here
from regard.web.registered.holdings import lines_of


@dataclass(frozen=True)
class Said:
    """One entry of a history.

    Attributes:
        seq: Its number.
        on: The day from which it is true.
        post: What the post is called that said it.
        what: What it did, in a few words.
        words: What it said, or why.
    """

    seq: int
    on: date
    post: str
    what: str
    words: str


def said_of(names: Names, entry: Entry[Any]) -> Said:
    """An entry as a line of a history."""
    what, words = _told(entry)
    return Said(entry.seq, entry.effective, names.of(entry.post), what, words)


def _told(entry: Entry[Any]) -> tuple[str, str]:
    match entry.held:
        case None:
            return gettext("Its words were erased"), ""
        case Concern() | Expectation() as value:
            first = entry.version == 1
            return gettext("Entered") if first else gettext("Changed"), value.text
        case Judgement() as value:
            level = (value.level or str(value.absent)).replace("-", " ")
            if value.aspect in (CLOSURE, VERIFICATION):
                return level.capitalize(), value.reason
            return gettext("Judged: %(level)s") % {"level": level}, value.reason
        case Decision() as value:
            told = gettext("To %(act)s: %(stage)s") % {
                "act": value.act.value,
                "stage": value.stage.value,
            }
            return told, value.resolved or value.reason
        case _:
            return entry.kind.capitalize(), ""


def lines() -> tuple[tuple[str, str], ...]:
    """What can be said of something at a line above its owner's, by the name of its page."""
    return (
        ("verify", gettext("Say that it was done")),
        ("deny", gettext("Say that it was not done")),
        ("close", gettext("Close it")),
        ("reopen", gettext("Open it again")),
    )


def said_line(line: Line) -> str:
    """What a line of defence is called."""
    return {
        Line.DOING: gettext("Line 1: the named lead"),
        Line.OVERSEEING: gettext("Line 2: oversight within the force"),
        Line.INDEPENDENT: gettext("Line 3: independent of the force"),
        Line.BOARD: gettext("The board"),
    }[line]


def said_lines(
    here: Here, entry: Entry[Any], closing: Closing
) -> tuple[tuple[bool, str, str], ...]:
    """What a post above the owner's line may say of it."""
    speaks = bool(lines_of(here)) and getattr(entry.held, "owner", None) != here.speaker.post
    return tuple(
        (
            speaks and closing.is_closed is (word == "reopen"),
            reverse("registers.say", kwargs={"word": word, "subject": entry.subject}),
            said,
        )
        for word, said in lines()
    )
