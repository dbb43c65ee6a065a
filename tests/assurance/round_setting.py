"""A small register with a force, a board and two editions: what the tests of rounds begin from."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from regard.assurance.cells import Key
from regard.assurance.publishing import publish
from regard.assurance.rounds import open_round
from regard.library.canonical import sealed
from regard.library.model import Citation, Crosswalk, EditionFile, Node
from regard.library.model import Crossing as Crossed
from regard.library.shelf import Library, library
from regard.register.access import EVERYTHING
from regard.register.database import file_of
from regard.register.entries import Speaker
from regard.register.kinds.frame import Appointment, Cycle, Duty, Party
from regard.register.kinds.reading import made
from regard.register.kinds.values import Line, Window
from regard.register.register import Register

FORCE = "party:west-midlands"
OTHER = "party:west-midlands/wales-border"
CYCLE, NEXT = "cycle:2014-q4", "cycle:2015-q1"
OLD, NEW = "edition:try-1", "edition:try-2"
AS_AT = date(2014, 12, 31)
CS = ("capacity", "capability")

POSTS = {
    "lead": "business-lead",
    "spr": "spr-lead",
    "chief": "chief-officer",
    "board": "board-member",
    "inspector": "inspector",
    "reader": "reader",
}


@dataclass
class Clock:
    """An instant that goes on by a second each time it is asked."""

    now: datetime = datetime(2015, 1, 5, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def node(code: str, text: str = "", *, judged: bool = True, **given: object) -> Node:
    """A requirement of a made-up edition."""
    held = Node(
        code=code,
        kind="capability" if judged else "threat",
        text=text or f"What {code} asks.",
        words="paraphrased",
        cites=(Citation("try", "A document for trying", f"paragraph {code}"),),
        parent=code.rpartition("/")[0],
        judged=judged,
        scale="spr-position@1" if judged else "",
        rule="spr-demand@1" if judged else "",
        aspects=CS if judged else (),
    )
    return replace(held, **given)  # type: ignore[arg-type]


def edition(name: str, nodes: Iterable[Node], start: date) -> EditionFile:
    """A made-up edition, frozen."""
    return sealed(
        EditionFile(
            id=name,
            instrument="try",
            title="A requirement for trying",
            label=name,
            issuer="Nobody",
            form="requirement",
            legal_force="have regard",
            in_force_from=start,
            in_force_to=None,
            document="A document for trying",
            nodes=tuple(nodes),
            documents=(("try", "A document for trying"),),
            schemes=(("aspect", "cs-5"),),
        )
    )


FIRST = edition(
    "try-1",
    (
        node("order", judged=False),
        node("order/units"),
        node("order/gear"),
        node("cyber", judged=False),
        node("cyber/incidents"),
        node("cyber/old"),
    ),
    date(2012, 7, 1),
)
SECOND = edition(
    "try-2",
    (
        node("order", judged=False),
        node("order/units"),
        node("order/kit", "What gear asks, in other words."),
        node("cyber", judged=False),
        node("cyber/incidents", "Wider than before."),
        node("cyber/new"),
    ),
    date(2015, 1, 1),
)
CROSSED = (
    Crossed("same", ("order",), ("order",)),
    Crossed("same", ("cyber",), ("cyber",)),
    Crossed("same", ("order/units",), ("order/units",)),
    Crossed("reworded", ("order/gear",), ("order/kit",), "the words alone"),
    Crossed("widened", ("cyber/incidents",), ("cyber/incidents",), "asks more"),
    Crossed("dropped", ("cyber/old",), (), "asked no longer"),
    Crossed("new", (), ("cyber/new",), "not asked before"),
)


def shelf_of(*editions: EditionFile, crossings: tuple[Crossed, ...] = CROSSED) -> Library:
    """What Regard ships, with made-up editions and the crosswalk between the first two."""
    held = library()
    crosswalks = dict(held.crosswalks)
    if len(editions) > 1:
        walk = Crosswalk(editions[0], editions[1], crossings, "made up")
        crosswalks[walk.id] = walk
    named = {one.id: one for one in editions}
    return replace(held, editions={**held.editions, **named}, crosswalks=crosswalks)


SHELF = shelf_of(FIRST, SECOND)


@dataclass
class Setting:
    """A register with its speakers.

    Attributes:
        register: The register.
        keeper: Who keeps it.
        who: The speakers by a short name.
    """

    register: Register
    keeper: Speaker
    clock: Clock
    who: dict[str, Speaker] = field(default_factory=dict)

    def view(self, name: str = "", **given: object):
        """The register as a speaker sees it, or as it is."""
        return self.register.view(self.who[name] if name else EVERYTHING, **given)

    def publish(self, file: EditionFile = FIRST, held: Library = SHELF):
        return publish(self.register, file, by=self.keeper, held=held)

    def open(self, subject: str = CYCLE, **given: object):
        """A round on the first edition, with a duty for each line."""
        return open_round(
            self.register, a_round(self, **given), subject=subject, by=self.who["spr"]
        )


def a_round(setting: Setting, **given: object) -> Cycle:
    held = {
        "name": "The last quarter of 2014",
        "editions": (OLD,),
        "scopes": (FORCE,),
        "aspects": CS,
        "duties": duties(setting, 1, 2, 0),
        "as_at": AS_AT,
        "opens": date(2015, 1, 5),
        "closes": date(2015, 1, 31),
        "stage": "open",
    }
    return made(Cycle, **{**held, **given})


def duties(setting: Setting, *lines: int) -> tuple[Duty, ...]:
    """A duty at each line: 2 is the chief officer's, 20 the SPR lead's, 3 the inspector's."""
    posts = {0: "board", 1: "lead", 2: "chief", 20: "spr", 3: "inspector"}
    return tuple(
        Duty(line=Line(2 if line == 20 else line), post=setting.who[posts[line]].post)
        for line in lines
    )


def found(home: Path, url: str = "") -> Setting:
    """A register with a force and one post of each role; a file is copied from the first made."""
    if url:
        return _founded(home, url)
    made_of = _first()
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(file_of(made_of.register.home), file_of(home))
    clock = Clock(made_of.clock.now)
    register = Register.open(home, url="", clock=clock)
    return Setting(register, made_of.keeper, clock, dict(made_of.who))


@cache
def _first() -> Setting:
    """The register that others are copies of, made once a run."""
    setting = _founded(Path(tempfile.mkdtemp()), "")
    with setting.register.connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    setting.register.close()
    return setting


def _founded(home: Path, url: str) -> Setting:
    clock = Clock()
    register, keeper = Register.found(
        home, body="west-midlands", name="West Midlands Police", url=url, clock=clock
    )
    setting = Setting(register, keeper, clock)
    with register.acting(keeper) as act:
        act.enter(made(Party, form="body", name="Border", parent=FORCE), subject=OTHER)
        for number, (name, role) in enumerate(POSTS.items(), start=2):
            post, holder = f"party:{name}", f"party:holder-{number}"
            act.enter(
                made(Party, form="post", name=name.title(), parent=FORCE, roles=(role,)),
                subject=post,
            )
            act.enter(
                made(
                    Party,
                    form="person",
                    name=f"account {number}",
                    parent=FORCE,
                    appointments=(Appointment(post=post, window=Window()),),
                ),
                subject=holder,
            )
            setting.who[name] = Speaker(holder, post)
    return setting


def key(code: str, aspect: str = "capacity", *, scope: str = FORCE, of: str = "try-1") -> Key:
    """A cell."""
    return Key(scope, f"expectation:{of}/{code}", aspect)
