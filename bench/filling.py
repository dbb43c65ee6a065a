"""A register of any size, in the shape real ones take: rounds of forces, carried and judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random

from regard.register.access import EVERYTHING
from regard.register.acting import Acts
from regard.register.entries import Speaker
from regard.register.kinds import (
    Amount,
    Appointment,
    Crossing,
    Cycle,
    Edition,
    Expectation,
    Instrument,
    Judgement,
    Line,
    Measure,
    Observation,
    Party,
    Window,
    made,
)
from regard.register.kinds.frame import Duty
from regard.register.register import Register

FORCES, THREATS, ASPECTS, CAPABILITIES = 43, 7, 5, 12
CELLS = FORCES * THREATS * ASPECTS * CAPABILITIES
"""The cells of a full round: 18,060 (goal 14 of the reference)."""

LEVELS = ("met", "mostly-met", "partly-met", "not-met")
C = ("capacity", "contribution", "capability", "consistency", "connectivity")
SCALE = "spr-capability@1"
EDITION = "edition:spr"
KEEPER = "party:national-holder-1", "party:national-keeper"
BEGUN = datetime(2010, 1, 4, 9, tzinfo=UTC)
A_ROUND = timedelta(days=91)
NOTHING_FROZEN: tuple[Crossing, ...] = ()

Said = dict[tuple[int, int, str, int], tuple[int, str]]
"""By threat, capability, C and force: the entry that spoke last, and the level it said."""


class Ticking:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime = BEGUN) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Filled:
    """A register that was filled.

    Attributes:
        register: The register.
        clock: Its clock.
        keeper: Its keeper.
        leads: The lead who judges for each force.
        cycles: Its rounds, the oldest first.
    """

    register: Register
    clock: Ticking
    keeper: Speaker
    leads: tuple[Speaker, ...]
    cycles: tuple[str, ...]


def requirement(threat: int, capability: int) -> str:
    """The subject of a requirement of the generated edition."""
    return f"expectation:spr/threat-{threat}/capability-{capability}"


def force(number: int) -> str:
    """The subject of a generated force."""
    return f"party:force-{number}"


def fill(
    home: Path, entries: int, *, seed: int = 1, url: str | None = None, forces: int = FORCES
) -> Filled:
    """A new register with at least so many entries, round after round.

    In each round every cell is carried and then judged, and every force reports its figures.
    """
    clock, random = Ticking(), Random(seed)
    register, keeper = Register.found(
        home, body="national", name="National body", url=url, clock=clock
    )
    with register.acting(keeper) as act:
        leads = tuple(_frame(act, keeper, forces))
    cycles: list[str] = []
    before: Said = {}
    while register.head().size < entries:
        clock.at += A_ROUND
        cycles.append(_round(register, clock, keeper, leads, cycles, before, random))
    return Filled(register, clock, keeper, leads, tuple(cycles))


def reopened(home: Path, *, url: str | None = None) -> Filled:
    """A register that was filled before, with its clock after the last round."""
    clock = Ticking()
    register = Register.open(home, url=url, clock=clock)
    rounds = register.view(EVERYTHING).all(Cycle)
    clock.at = rounds[-1].recorded + A_ROUND
    leads = tuple(Speaker(f"{one}-holder", f"{one}-lead") for one in rounds[-1].value.scopes)
    cycles = tuple(one.subject for one in rounds)
    return Filled(register, clock, Speaker(*KEEPER), leads, cycles)


def _frame(act: Acts, keeper: Speaker, forces: int) -> Iterator[Speaker]:
    act.enter(
        made(
            Party,
            form="post",
            name="National lead",
            parent="party:national",
            roles=("register-keeper", "spr-lead"),
        ),
        subject=keeper.post,
    )
    for number in range(forces):
        post, holder = f"{force(number)}-lead", f"{force(number)}-holder"
        act.enter(
            made(Party, form="body", name=f"Force {number}"), subject=force(number), shared=True
        )
        act.enter(
            made(
                Party,
                form="post",
                name="SPR lead",
                parent=force(number),
                roles=("business-lead", "spr-lead"),
            ),
            subject=post,
        )
        held = (Appointment(post=post, window=Window()),)
        act.enter(made(Party, form="person", name="account", appointments=held), subject=holder)
        yield Speaker(holder, post)
    _edition(act)


def _edition(act: Acts) -> None:
    instrument = made(
        Instrument, title="SPR", issuer="Generated", form="requirement", force="have regard"
    )
    act.enter(instrument, subject="instrument:spr", shared=True)
    act.enter(
        made(Measure, name="Level 2 trained", unit="officers", method="counted@1"),
        subject="measure:level-2",
        shared=True,
    )
    edition = made(
        Edition,
        instrument="instrument:spr",
        label="generated",
        in_force=Window(),
        digest="0" * 64,
        crosswalk=NOTHING_FROZEN,
    )
    act.enter(edition, subject=EDITION, shared=True)
    for threat, capability in product(range(THREATS), range(CAPABILITIES)):
        one = made(
            Expectation,
            edition=EDITION,
            code=f"threat-{threat}/capability-{capability}",
            text=f"Requirement {capability} of threat {threat}, generated.",
            judged=True,
            scale=SCALE,
            rule="met-share@1",
            aspects=C,
        )
        act.enter(one, subject=requirement(threat, capability), shared=True)


def _round(
    register: Register,
    clock: Ticking,
    keeper: Speaker,
    leads: tuple[Speaker, ...],
    cycles: list[str],
    before: Said,
    random: Random,
) -> str:
    cycle = f"cycle:{clock.at:%Y-%m-%d}"
    scopes = tuple(force(number) for number in range(len(leads)))
    held = made(
        Cycle,
        name=f"Round of {clock.at:%Y-%m-%d}",
        editions=(EDITION,),
        scopes=scopes,
        aspects=C,
        duties=tuple(
            Duty(line=Line.DOING, post=lead.post, scope=scope)
            for lead, scope in zip(leads, scopes, strict=True)
        ),
        as_at=clock.at.date(),
        opens=clock.at.date(),
        closes=clock.at.date() + timedelta(days=30),
        stage="open",
    )
    register.enter(held, subject=cycle, by=keeper, shared=True)
    for number, lead in enumerate(leads):
        with register.acting(lead) as act:
            _say(act, cycle, number, clock.at.date(), before, random)
    return cycle


def _say(
    act: Acts,
    cycle: str,
    number: int,
    today: date,
    before: Said,
    random: Random,
) -> None:
    path = f"{cycle.partition(':')[2]}/force-{number}"
    evidence = f"observation:{path}/level-2"
    act.enter(
        made(
            Observation,
            text="Officers trained to level 2, generated.",
            measure="measure:level-2",
            scope=force(number),
            amount=Amount(value=Decimal(random.randrange(400, 1400)), unit="officers"),
            basis="actual",
            collected=today,
            expires=today + timedelta(days=365),
        ),
        subject=evidence,
    )
    cells = [(*cell, number) for cell in product(range(THREATS), range(CAPABILITIES), C)]
    subjects = {cell: f"judgement:{path}/{cell[0]}/{cell[1]}/{cell[2]}/line-1" for cell in cells}
    act.learn(subjects.values(), entries=[before[one][0] for one in cells if one in before])
    for carried in (True, False):
        for cell in cells:
            if carried and cell not in before:
                continue
            level = before[cell][1] if carried else random.choice(LEVELS)
            entry = act.enter(
                made(
                    Judgement,
                    about=requirement(cell[0], cell[1]),
                    edition=EDITION,
                    aspect=cell[2],
                    scope=force(number),
                    cycle=cycle,
                    scale=SCALE,
                    level=level,
                    line=Line.DOING,
                    reason="Generated, to fill a register.",
                    evidence=() if carried else (evidence,),
                    standing="carried" if carried else "made",
                    carried_from=before[cell][0] if carried else None,
                ),
                subject=subjects[cell],
            )
            before[cell] = entry.seq, level
