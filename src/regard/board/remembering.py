"""The West Midlands example as a register: what the papers say, entered at their true dates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

from regard.assurance.publishing import publish
from regard.board.spr.gathering import EXAMPLE_NOTICE
from regard.core.errors import EntryRefused, RegisterMissing
from regard.core.progress import Progress
from regard.examples import west_midlands_2013
from regard.examples.west_midlands_spr.history import Day, Said, days
from regard.library.shelf import edition
from regard.plan.entering import edition_of, enter_plan
from regard.plan.loading import load
from regard.register.access import EVERYTHING
from regard.register.canonical import SALT_BYTES
from regard.register.entries import Speaker
from regard.register.kinds.frame import Party, Term
from regard.register.kinds.reading import made, value_of
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.streaming import head_at
from regard.register.subjects import subject_of
from regard.register.tree import Head

BODY = "west-midlands"
NAME = "West Midlands Police"
SEED = "west-midlands-example-1"
FOUNDED = days()[0].recorded
FIRST_ACT = time(9, 0)  # the first act of a day; each act after it is a minute later
NOTICE_WORDS = (
    "This register is an example. It was written at once from published board papers; its "
    f"instants are stated, not read from a clock, and its salts follow from the seed {SEED}, so "
    "that it has the same head on every machine. Nobody of the posts it names has used it."
)
PLAN = Path(west_midlands_2013.__file__).parent / "plan.toml"


class StatedClock:
    """A clock that says what it is told: the days of the papers, an act a minute.

    Attributes:
        instant: What it says now, in UTC.
    """

    def __init__(self, day: date) -> None:
        self.instant = datetime.combine(day, FIRST_ACT, UTC)

    def __call__(self) -> datetime:
        """The stated instant."""
        return self.instant

    def next_act(self, day: date) -> None:
        """Go on by a minute, or to the first act of a later day."""
        first = datetime.combine(day, FIRST_ACT, UTC)
        self.instant = max(first, self.instant + timedelta(minutes=1))


class StatedSalts:
    """Salts that follow from a seed and the number of the entry.

    They hide nothing: whoever knows the seed can test a guess at the words of an erased entry. A
    register that is used draws its salts at random.
    """

    def __init__(self, seed: str, entered: int) -> None:
        self._seed = seed
        self._entered = entered

    def __call__(self) -> str:
        """The salt of the next entry, in hexadecimal letters."""
        self._entered += 1
        made_of = f"{self._seed}:{self._entered}".encode()
        return hashlib.sha256(made_of).hexdigest()[: 2 * SALT_BYTES]


@dataclass(frozen=True)
class Remembered:
    """The example's register.

    Attributes:
        register: It, with its clock where the history ends.
        head: Where its history ends; what is entered after it is of whoever tries the example.
        entered: How many entries were made now; none if it stood there already.
        days: The days on which something came to be known.
    """

    register: Register
    head: Head
    entered: int
    days: tuple[Day, ...]

    def said(self) -> tuple[str, ...]:
        """How much it holds, whether it was made now, and what it is, a line each."""
        size, root = self.head.size, self.head.root.hex()[:12]
        how = f"{self.entered:,} entered now" if self.entered else "it stood here already"
        first, last = self.days[0].recorded, self.days[-1].recorded
        return (
            f"The register of the example holds {size:,} entries ({how}), head {root}.",
            f"Its clock is stated: {first.isoformat()} to {last.isoformat()}. Posts, never people.",
        )


def remember(home: Path, *, url: str | None = None, progress: Progress | None = None) -> Remembered:
    """Found the example's register and enter its history, or go on where it was interrupted.

    Every act stands whole or not at all, so a build that was cut short is taken up again, and one
    that is whole is left as it is.

    Args:
        home: The data folder (`REGARD_HOME`).
        url: The database; by default `DATABASE_URL`, and without it the folder's own.
        progress: Told after each day of the history.

    Raises:
        EntryRefused: another register stands there.
    """
    clock = StatedClock(FOUNDED)
    register = _opened(home, url, clock)
    before = register.head().size if register is not None else 0
    if register is None:
        register, _ = Register.found(
            home, body=BODY, name=NAME, area=BODY, url=url, clock=clock, salt=StatedSalts(SEED, 0)
        )
    _Building(register, clock, progress).build()
    head = _end_of_history(register)
    return Remembered(register, head, max(0, head.size - before), days())


def _end_of_history(register: Register) -> Head:
    last = datetime.combine(days()[-1].recorded, time.max, UTC)
    with register.connection.cursor() as cursor:
        return head_at(cursor, register.view(EVERYTHING, known_at=last).position.seq)


def _opened(home: Path, url: str | None, clock: StatedClock) -> Register | None:
    try:
        register = Register.open(home, url=url, clock=clock)
    except RegisterMissing:
        return None
    founded = register.view(EVERYTHING).entry(1)
    # No register that is used can have been founded before Regard was: its clock is the machine's.
    stated = datetime.combine(FOUNDED, FIRST_ACT, UTC)
    if founded is None or founded.recorded != stated or not isinstance(founded.held, Party):
        raise EntryRefused(
            f"another register stands in {home.name}: its first entry is "
            f"{founded.subject if founded else 'not to be read'}",
            expected="an empty folder, or the register of the example",
            next_step="build the example in a folder of its own: REGARD_HOME names it",
        )
    register.salt = StatedSalts(SEED, register.head().size)
    return register


class _Building:
    """Enters what is not there yet, in the order of the journal."""

    def __init__(self, register: Register, clock: StatedClock, progress: Progress | None) -> None:
        self._register = register
        self._clock = clock
        self._progress = progress
        self._keeper = _speaker("west-midlands-keeper", 1)
        self._speakers = {"west-midlands-keeper": self._keeper}
        self._versions: dict[str, int] = {}

    def build(self) -> None:
        found = days()
        for number, day in enumerate(found, start=1):
            self._day(day)
            if self._progress is not None:
                self._progress(day.recorded.isoformat(), 0, number, len(found))

    def _day(self, day: Day) -> None:
        self._clock.next_act(day.recorded)
        if day.recorded == FOUNDED:
            self._notice()
        for name in day.publish:
            self._clock.next_act(day.recorded)
            publish(self._register, edition(name), by=self._keeper)
        if day.plan:
            self._plan(day)
        for by, entries in groupby(day.entries, key=lambda one: one.by):
            self._clock.next_act(day.recorded)
            self._act(by, tuple(entries))

    def _notice(self) -> None:
        if self._view().find(EXAMPLE_NOTICE) is None:
            value = made(Term, scheme="register", label="Stated clock", meaning=NOTICE_WORDS)
            self._register.enter(value, subject=EXAMPLE_NOTICE, by=self._keeper)

    def _plan(self, day: Day) -> None:
        self._clock.next_act(day.recorded)
        plan = load(PLAN)
        if self._view().find(edition_of(plan)) is None:
            enter_plan(self._register, plan, by=self._speakers["governance-officer"])

    def _act(self, by: str, entries: tuple[Said, ...]) -> None:
        for one in entries:
            self._versions[one.subject] = self._versions.get(one.subject, 0) + 1
            self._speakers.update(_held_posts(one))
        last = entries[-1]
        if len(self._view().history(last.subject)) >= self._versions[last.subject]:
            return
        with self._register.acting(self._speakers[by]) as act:
            for one in entries:
                act.enter(
                    value_of(one.kind, one.words), subject=one.subject, effective=one.effective
                )

    def _view(self) -> View:
        return self._register.view(EVERYTHING)


def _speaker(post: str, account: int) -> Speaker:
    return Speaker(
        holder=subject_of("party", f"{BODY}-holder-{account}"), post=subject_of("party", post)
    )


def _held_posts(said: Said) -> Iterator[tuple[str, Speaker]]:
    """The posts that an account holds, with it as their speaker."""
    for one in said.fields.get("appointments", ()):
        yield one["post"].partition(":")[2], Speaker(holder=said.subject, post=one["post"])
