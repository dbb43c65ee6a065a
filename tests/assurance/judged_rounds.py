"""Rounds in which cells were judged: what the tests of composites and changes begin from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assurance.round_setting import AS_AT, CYCLE, FORCE, NEXT, SECOND, Setting, duties, found, key
from regard.assurance.cells import Cells, Key, cells, subject_of_judgement
from regard.register.kinds import Absent, Judgement, Line, Observation, made

SCALE = "spr-position@1"
UNITS, GEAR, INCIDENTS, OLD = "order/units", "order/gear", "cyber/incidents", "cyber/old"
_SPEAKERS = {Line.DOING: "lead", Line.OVERSEEING: "spr", Line.INDEPENDENT: "inspector"}


def setting_of(home: Path, url: str = "") -> Setting:
    """A register with the first edition and an open round on it."""
    setting = found(home, url)
    setting.publish()
    setting.open(duties=duties(setting, 1, 20))
    return setting


def say(
    setting: Setting,
    where: Key,
    level: str | None,
    *,
    line: Line = Line.DOING,
    cycle: str = CYCLE,
    evidence: tuple[str, ...] = (),
    absent: Absent | None = None,
) -> int:
    """A post of a line says that a cell stands at a level; the number of the entry."""
    value = made(
        Judgement,
        about=where.about,
        edition=f"edition:{where.about.partition(':')[2].partition('/')[0]}",
        aspect=where.aspect,
        scope=where.scope,
        cycle=cycle,
        scale=SCALE,
        level=level,
        absent=absent,
        line=line,
        reason="As the test has it.",
        evidence=evidence,
    )
    subject = subject_of_judgement(cycle, where, line)
    return setting.register.enter(value, subject=subject, by=setting.who[_SPEAKERS[line]]).seq


def fact(setting: Setting, name: str, *, expires: date | None = None) -> str:
    """A piece of evidence of the last quarter."""
    value = made(
        Observation,
        text=f"What {name} shows.",
        scope=FORCE,
        basis="document",
        collected=date(2014, 11, 1),
        expires=expires,
    )
    subject = f"observation:west-midlands/{name}/2014-11-01"
    setting.register.enter(value, subject=subject, by=setting.who["lead"])
    return subject


def read(setting: Setting, cycle: str = CYCLE) -> Cells:
    """The matrix of a round."""
    return cells(setting.view(), cycle)


__all__ = ["AS_AT", "CYCLE", "FORCE", "NEXT", "SECOND", "Setting", "key"]
