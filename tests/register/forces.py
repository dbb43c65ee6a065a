"""Two forces in one register, with a post of every role and somebody who holds it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from regard.core.markings import OFFICIAL, Marking
from regard.register import database
from regard.register.acting import Acts
from regard.register.entries import Entry, Speaker
from regard.register.kinds import (
    Act,
    Appointment,
    Concern,
    Cycle,
    Decision,
    Document,
    Duty,
    Edition,
    Expectation,
    Instrument,
    Item,
    Judgement,
    Kind,
    Line,
    Link,
    LinkType,
    Measure,
    Meeting,
    Observation,
    Party,
    Stage,
    Term,
    Window,
    changed,
    made,
)
from regard.register.register import Register

ROLE_NAMES = (
    "performance-analyst",
    "business-lead",
    "spr-lead",
    "chief-officer",
    "operations-planner",
    "workforce-planner",
    "finance-lead",
    "governance-officer",
    "board-member",
    "independent-reviewer",
    "inspector",
    "register-keeper",
    "reader",
)
FORCES = ("avon", "mercia")
OPENED = datetime(2015, 1, 5, 9, 0, tzinfo=UTC)
SENSITIVE = Marking.parse("OFFICIAL-SENSITIVE")
GOLD = Marking.parse("OFFICIAL-SENSITIVE: gold")
SPR = "edition:spr-2015"
RUNNING = "edition:running"
PSUS = "expectation:spr-2015/public-order/psus"
SCALE = "spr-capability@1"


@dataclass
class Clock:
    """Says a later second each time it is asked."""

    now: datetime = OPENED

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def body(force: str) -> str:
    return f"party:{force}"


def post(force: str, role: str, *, gold: bool = False) -> str:
    return f"party:{force}/{role}{'-gold' if gold else ''}"


def holder(force: str, role: str, *, gold: bool = False) -> str:
    return f"party:{force}/holder-{role}{'-gold' if gold else ''}"


def speaker(force: str, role: str, *, gold: bool = False) -> Speaker:
    return Speaker(holder(force, role, gold=gold), post(force, role, gold=gold))


def cycle(force: str) -> str:
    return f"cycle:2015-q1-{force}"


@dataclass
class World:
    """A register of two forces.

    Attributes:
        register: The register.
        house: The keeper that founded it.
        clock: What it takes for now.
    """

    register: Register
    house: Speaker
    clock: Clock
    number: int = field(default=0)

    def enter(self, value: Kind, subject: str, by: Speaker, **how: Any) -> Entry[Any]:
        return self.register.enter(value, subject=subject, by=by, **how)

    def fresh(self, kind: str) -> str:
        """A subject that nobody has used."""
        self.number += 1
        return f"{kind}:fresh/{self.number}"

    def requirement(self, force: str, **fields: Any) -> str:
        """A requirement of its own in a running list, which is judged."""
        value = promise(force, judged=True, scale=SCALE, **{"owner": None, **fields})
        return self.enter(value, self.fresh("expectation"), speaker(force, "spr-lead")).subject

    def round(self, force: str, **fields: Any) -> str:
        """A round of its own, in which the running list is judged."""
        value = changed(round_of(force), editions=(SPR, RUNNING), **fields)
        return self.enter(value, self.fresh("cycle"), speaker(force, "spr-lead")).subject

    def person(self, force: str, *roles: str) -> dict[str, Speaker]:
        """Somebody who holds several posts of a force."""
        posts = {one: post(force, one) for one in roles}
        held = tuple(Appointment(post=one, window=Window()) for one in posts.values())
        value = made(Party, form="person", name="account", parent=body(force), appointments=held)
        who = self.enter(value, self.fresh("party"), self.house, shared=True).subject
        return {role: Speaker(who, one) for role, one in posts.items()}

    def judged(self, force: str, line: int, by: Speaker, **fields: Any) -> Entry[Any]:
        """A judgement of its own at a line."""
        return self.enter(judgement(force, line, **fields), self.fresh("judgement"), by)

    def decided(self, force: str, by: Speaker | None = None, **fields: Any) -> Entry[Any]:
        """A decision of its own, taken by the board unless it says otherwise."""
        held = {"stage": Stage.TAKEN, **fields}
        member = by or speaker(force, "board-member")
        return self.enter(decision(force, **held), self.fresh("decision"), member)


def build(home: Path, url: str) -> None:
    """Found the register and appoint every post of both forces."""
    clock = Clock()
    first, _ = FORCES
    register, house = Register.found(home, body=first, name=first.title(), url=url, clock=clock)
    with register.acting(house) as act:
        for force in FORCES:
            _appoint(act, force, first=force == first)
        _frame(act)
    for force in FORCES:
        register.enter(round_of(force), subject=cycle(force), by=speaker(force, "spr-lead"))
    register.close()


def _appoint(act: Acts, force: str, *, first: bool) -> None:
    if not first:
        made_body = made(Party, form="body", name=force.title())
        act.enter(made_body, subject=body(force), shared=True)
    for role in ROLE_NAMES:
        for gold in (False, True):
            named, held = post(force, role, gold=gold), holder(force, role, gold=gold)
            groups = ("gold",) if gold else ()
            act.enter(
                made(
                    Party, form="post", name=role, parent=body(force), roles=(role,), groups=groups
                ),
                subject=named,
                shared=True,
            )
            act.enter(appointed(force, named), subject=held, shared=True)


def appointed(force: str, named: str, window: Window | None = None) -> Party:
    """An account whose holder holds a post."""
    held = (Appointment(post=named, window=window or Window()),)
    return made(Party, form="person", name="account", parent=body(force), appointments=held)


def _frame(act: Acts) -> None:
    act.enter(instrument(), subject="instrument:spr", shared=True)
    act.enter(edition(digest="a" * 64), subject=SPR, shared=True)
    heading = made(Expectation, edition=SPR, code="public-order", text="Public order")
    act.enter(heading, subject="expectation:spr-2015/public-order", shared=True)
    act.enter(
        made(
            Expectation,
            edition=SPR,
            code="public-order/psus",
            parent="expectation:spr-2015/public-order",
            text="Public order units",
            judged=True,
            scale=SCALE,
            rule="by-strength@1",
            aspects=("capacity", "capability"),
        ),
        subject=PSUS,
        shared=True,
    )
    act.enter(made(Edition, instrument="instrument:spr", label="list", in_force=Window()),
              subject=RUNNING, shared=True)  # fmt: skip
    act.enter(measure(), subject="measure:psus", shared=True)


def instrument() -> Instrument:
    return made(Instrument, title="SPR", issuer="Home Office", form="requirement",
                force="have regard")  # fmt: skip


def edition(**fields: Any) -> Edition:
    held = {"instrument": "instrument:spr", "label": "2015", "in_force": Window(), **fields}
    return made(Edition, **held)


def measure() -> Measure:
    return made(Measure, name="PSUs", unit="PSUs", method="counted@1")


def round_of(force: str) -> Cycle:
    leads = (post(force, "business-lead"), post(force, "business-lead", gold=True))
    duties = tuple(Duty(line=Line.DOING, post=one, scope=body(force)) for one in leads)
    return made(
        Cycle,
        name="Quarter 1",
        editions=(SPR,),
        scopes=(body(force),),
        aspects=("capacity", "capability"),
        duties=duties,
        as_at=date(2015, 3, 31),
        opens=date(2015, 1, 5),
        closes=date(2015, 3, 31),
        stage="open",
    )


def judgement(force: str, line: int, **fields: Any) -> Judgement:
    held: dict[str, Any] = {
        "about": PSUS,
        "edition": SPR if fields.get("about", PSUS) == PSUS else RUNNING,
        "aspect": "capacity",
        "scope": body(force),
        "cycle": cycle(force),
        "scale": SCALE,
        "level": "level-3",
        "line": Line(line),
        "reason": "the units were counted",
        **fields,
    }
    return made(Judgement, **held)


def promise(force: str, **fields: Any) -> Expectation:
    """A dated requirement of a running list, which one post of a force owns."""
    held: dict[str, Any] = {
        "edition": RUNNING,
        "code": "promise",
        "text": "56 officers are trained",
        "mode": "achieve",
        "scope": body(force),
        "owner": post(force, "business-lead"),
        "window": Window(end=date(2015, 6, 30)),
        **fields,
    }
    return made(Expectation, **held)


def concern(force: str, **fields: Any) -> Concern:
    held: dict[str, Any] = {
        "tense": "present",
        "form": "vulnerability",
        "text": "too few carriers",
        "scope": body(force),
        "owner": post(force, "business-lead"),
        **fields,
    }
    return made(Concern, **held)


def observation(force: str, **fields: Any) -> Observation:
    held: dict[str, Any] = {
        "text": "carriers were counted",
        "scope": body(force),
        "basis": "actual",
        "collected": date(2015, 1, 5),
        **fields,
    }
    return made(Observation, **held)


def decision(force: str, **fields: Any) -> Decision:
    held: dict[str, Any] = {
        "by": post(force, "board-member"),
        "act": Act.NOTE,
        "text": "the report is noted",
        "reason": "it was read",
        "stage": Stage.PROPOSED,
        **fields,
    }
    return made(Decision, **held)


def document(force: str, **fields: Any) -> Document:
    held: dict[str, Any] = {
        "form": "paper",
        "title": "SPR assurance",
        "scope": body(force),
        "held_on": date(2015, 2, 3),
        "stage": "draft",
        **fields,
    }
    return made(Document, **held)


def link(source: str, target: str, type_: LinkType = LinkType.DEPENDS_ON, **more: Any) -> Link:
    return made(Link, type=type_, source=source, target=target, **more)


def term() -> Term:
    return made(Term, scheme="threats", label="Public order")


def meeting(force: str) -> Meeting:
    items = (Item(number="1", title="Minutes"),)
    return made(Meeting, body=body(force), on=date(2015, 2, 3), title="Board", items=items)


FreshDatabase = Callable[..., AbstractContextManager[str]]


@dataclass(frozen=True)
class Founding:
    """Where a founded register lies, to be copied for each world."""

    home: Path
    url: str
    fresh: FreshDatabase

    @contextmanager
    def world(self, folder: Path) -> Iterator[World]:
        """A world of its own in a folder."""
        with self.fresh(template=self.url) as url:
            folder.mkdir(parents=True, exist_ok=True)
            if not url:
                shutil.copyfile(database.file_of(self.home), database.file_of(folder))
            clock = Clock(OPENED + timedelta(hours=1))
            register = Register.open(folder, url=url, clock=clock)
            house = Speaker(f"party:{FORCES[0]}-holder-1", f"party:{FORCES[0]}-keeper")
            try:
                yield World(register, house, clock)
            finally:
                register.close()


def counts(register: Register) -> tuple[int, ...]:
    """How many rows every table of the register holds."""
    with register.connection.cursor() as cursor:
        found = []
        for table in ("entry", "body", "erasure", "version", "edge", "head"):
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return tuple(found)


def marks() -> tuple[Marking, ...]:
    return OFFICIAL, SENSITIVE, GOLD
