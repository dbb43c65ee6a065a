"""Which round and body a page of the requirement looks at, read once, and how levels are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.cells import Cell, Cells, Key, Reads, cells, requirements_of
from regard.assurance.lineage import WHOLE
from regard.assurance.publishing import BOARD_SCALE
from regard.assurance.scales import Level, levels_of
from regard.assurance.silences import asked_of
from regard.core.errors import NotKnown
from regard.library.labels import ENGLISH, labels_in
from regard.library.shelf import Library, library
from regard.register.entries import Entry
from regard.register.gathering import Gathered
from regard.register.kinds.facts import Expectation, Observation
from regard.register.kinds.frame import Cycle, Edition, Link, Measure, Party, Term
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Absent, Line
from regard.register.seeing import View
from regard.register.subjects import path_of
from regard.web.here import Here, here_of, home

KINDS = (Cycle, Edition, Expectation, Link, Party, Term, Measure, Observation)
"""What is read at once for a page: everything but what was judged, decided and written."""

OWN = "library"  # the folder of the data folder in which a force keeps editions of its own

LINES = {
    Line.DOING: _("Line 1, who does the work"),
    Line.OVERSEEING: _("Line 2, who oversees it"),
    Line.INDEPENDENT: _("Line 3, who is independent"),
    Line.BOARD: _("The board"),
}

READS = {
    Reads.SUPPORTED: _("Evidence in date"),
    Reads.STALE: _("Stale: all its evidence has expired"),
    Reads.ASSERTED: _("Asserted: no evidence is named"),
    Reads.CARRIED: _("Carried from an earlier round, not reviewed"),
    Reads.NOT_APPLICABLE: _("Not applicable"),
    Reads.NOT_ASSESSED: _("Not assessed"),
    Reads.NOT_MEASURED: _("Not measured"),
    Reads.WITHHELD: _("Withheld"),
}

MARKS = {
    Reads.CARRIED: _("carried"),
    Reads.NOT_ASSESSED: _("not assessed"),
    Reads.NOT_MEASURED: _("not measured"),
    Reads.NOT_APPLICABLE: _("not applicable"),
    Reads.WITHHELD: _("withheld"),
    Reads.STALE: _("stale"),
    Reads.ASSERTED: _("asserted"),
}
"""What stands beside a level with how many cells are so."""

ABSENT = {
    Absent.NOT_APPLICABLE: (_("Not applicable"), _("It does not bind this body.")),
    Absent.NOT_ASSESSED: (_("Not assessed"), _("It binds, and you cannot judge it yet.")),
    Absent.NOT_MEASURED: (_("Not measured"), _("The figure it asks for does not exist.")),
    Absent.WITHHELD: (_("Withheld"), _("It is known and may not be said here.")),
}

_GREY, _RED, _AMBER, _GREEN, _BLUE = ("grey", "red", "orange", "green", "blue")


@dataclass(frozen=True)
class Tag:
    """A word in a coloured box; the word says all of it.

    Attributes:
        said: The word.
        colour: The colour of GOV.UK's tag.
    """

    said: object
    colour: str = _GREY


@dataclass(frozen=True)
class Chosen:
    """A round and a body, with everything that is said of it.

    Attributes:
        here: Where the request stands.
        view: What the post sees, read at once.
        rounds: Every round, the latest first.
        cycle: The round.
        scope: The body.
    """

    here: Here
    view: View
    rounds: tuple[Entry[Cycle], ...]
    cycle: Entry[Cycle]
    scope: str

    @property
    def day(self) -> date:
        """The day on which evidence is weighed: the one that is looked at."""
        return self.here.day

    @cached_property
    def matrix(self) -> Cells:
        """Every cell of the body in the round."""
        return cells(self.view, self.cycle.subject, scope=self.scope, as_at=self.day)

    @cached_property
    def whole(self) -> Cells:
        """Every cell of the round."""
        return cells(self.view, self.cycle.subject, as_at=self.day)

    @cached_property
    def levels(self) -> Mapping[str, tuple[Level, ...]]:
        """The levels of every scale in use and of the board's, by scale."""
        asked = requirements_of(self.view, self.cycle.value)
        used = {one.value.scale for one in asked.values() if one.value.judged}
        found = {}
        for scale in sorted(used | {BOARD_SCALE}):
            try:
                found[scale] = levels_of(self.view, scale)
            except NotKnown:
                found[scale] = ()  # a scale of no edition: its codes speak for themselves
        return found

    @cached_property
    def bodies(self) -> tuple[tuple[str, str], ...]:
        """The bodies of the round with their names."""
        return tuple((one, self.name(one)) for one in self.cycle.value.scopes)

    @property
    def body_name(self) -> str:
        """What the body is called."""
        return self.name(self.scope)

    @property
    def query(self) -> str:
        """The part of an address that names the round and the body."""
        return _query(self.cycle.subject, self.scope)

    @property
    def speaks(self) -> bool:
        """Whether anything can be said in the round: it is open, and today is looked at."""
        return self.cycle.value.stage == "open" and self.here.as_at is None

    def may_speak_at(self, line: Line) -> bool:
        """Whether the post's role speaks at a line."""
        return any(line in role.lines for role in self.here.standing.roles)

    @cached_property
    def duty(self) -> tuple[Key, ...]:
        """The cells that the post must judge at line 1."""
        return asked_of(self.matrix, self.here.speaker.post, Line.DOING)

    @property
    def waiting(self) -> tuple[Key, ...]:
        """Those of them that it has not judged in this round."""
        return tuple(one for one in self.duty if not self.matrix.cells[one].spoke(Line.DOING))

    def name(self, subject: str) -> str:
        """What a party is called; its subject where the post may not see it."""
        found = self.view.find(subject)
        held = found.held if found is not None else None
        return held.name if isinstance(held, Party) else path_of(subject)

    def text(self, about: str) -> str:
        """The words of a requirement or heading."""
        found = self.view.find(about)
        held = found.held if found is not None else None
        return held.text if isinstance(held, Expectation) else path_of(about)

    def address(self, key: Key, name: str = "requirements.cell") -> str:
        """The page of a cell."""
        parts = {"about": path_of(key.about), "under": key.aspect}
        return f"{reverse(name, kwargs=parts)}?{_query(self.cycle.subject, key.scope)}"

    def page(self, name: str, **parts: str) -> str:
        """A page of the same round and body."""
        return f"{reverse(name, kwargs=parts)}?{self.query}"

    def level(self, scale: str, code: str | None) -> Tag:
        """A level as a tag: its label, coloured by its place on the scale."""
        levels = self.levels.get(scale) or _held(self.view, scale)
        for one in levels:
            if one.code == code:
                return Tag(level_said(one), _colour(one.order, len(levels)))
        return Tag(code or gettext("Not assessed"))

    def said(self, judgement: Judgement) -> Tag:
        """What a judgement says: its level, or why there is none."""
        if judgement.absent is not None:
            return Tag(ABSENT[judgement.absent][0])
        return self.level(judgement.scale, judgement.level)

    def stands(self, cell: Cell) -> tuple[Tag, ...]:
        """How a cell stands: its level where one counts, and how it reads."""
        reads = Tag(READS[cell.reads], _BLUE if cell.reads is Reads.CARRIED else _GREY)
        found = cell.position
        if cell.level is None or found is None:
            return (reads,)
        level = self.said(found.entry.value)
        if cell.reads is Reads.SUPPORTED:
            return (level,)
        return (level, Tag(READS[cell.reads], "yellow"))


def _query(cycle: str, scope: str) -> str:
    return urlencode({"round": path_of(cycle), "body": path_of(scope)})


def _held(view: View, scale: str) -> tuple[Level, ...]:
    try:
        return levels_of(view, scale)
    except NotKnown:
        return ()


def _colour(order: int, of: int) -> str:
    if order == 1:
        return _RED
    return _AMBER if 2 * (order - 1) <= of - 1 else _GREEN


def chosen(request: HttpRequest, *, about: str = "", name: str = "") -> Chosen | None:
    """The round and the body that an address names.

    By default the round that is open, else the one that closed last; where a requirement is
    named, of those that judge its edition. By default the post's own body.

    Args:
        request: With `round` and `body` in its address.
        about: A requirement that must be in it.
        name: The round, where the address names it otherwise.

    Returns:
        None where the post sees no round at all.

    Raises:
        NotKnown: there is no such round, or it is not about that body.
    """
    here = here_of(request)
    view = Gathered(here.view, KINDS)
    held = (one for one in view.all(Cycle) if one.held is not None)
    rounds = tuple(sorted(held, key=_lately, reverse=True))
    if not rounds:
        return None
    cycle = _round(name or request.GET.get("round", ""), rounds, _edition(view, about))
    body = _body(request.GET.get("body", ""), cycle, rounds, here)
    return Chosen(here, view, rounds, cycle, body)


def one_chosen(request: HttpRequest, *, about: str = "", name: str = "") -> Chosen:
    """The same, of a page that is nothing without a round.

    Raises:
        NotKnown: there is none, or as `chosen`.
    """
    found = chosen(request, about=about, name=name)
    if found is None:
        raise NotKnown("round", name or request.GET.get("round", ""), ())
    return found


def _lately(one: Entry[Cycle]) -> tuple[bool, date, int]:
    return one.value.stage == "open", one.value.as_at, one.seq


def _edition(view: View, about: str) -> str:
    found = view.find(about) if about else None
    return found.held.edition if found and isinstance(found.held, Expectation) else ""


def _round(named: str, rounds: tuple[Entry[Cycle], ...], edition: str) -> Entry[Cycle]:
    if named:
        for one in rounds:
            if path_of(one.subject) == named:
                return one
        raise NotKnown("round", named, [path_of(one.subject) for one in rounds])
    fitting = (one for one in rounds if not edition or edition in one.value.editions)
    return next(fitting, rounds[0])


def _body(named: str, cycle: Entry[Cycle], rounds: tuple[Entry[Cycle], ...], here: Here) -> str:
    """The body that is named; the usual one where only another round is about that."""
    scopes = cycle.value.scopes
    for one in scopes:
        if path_of(one) == named:
            return one
    known = {path_of(one) for held in rounds for one in held.value.scopes}
    if named and named not in known:
        raise NotKnown(f"body of {cycle.subject}", named, known)
    return here.body if here.body in scopes else scopes[0]


def shelf() -> Library:
    """What Regard ships, with a force's own folder `library` of the data folder.

    Raises:
        DefinitionRefused: a file of the library breaks a rule.
    """
    own = home() / OWN
    return library(own) if own.is_dir() else library()


def level_said(level: Level) -> str:
    """A level in the language of the page."""
    return level.said(get_language() or ENGLISH)


def c_said(aspect: str) -> str:
    """A C as a heading says it, in the language of the page."""
    if aspect == WHOLE:
        return gettext("As a whole")
    named = labels_in(get_language() or ENGLISH).aspects.get(aspect)
    return named or aspect.replace("-", " ").capitalize()
