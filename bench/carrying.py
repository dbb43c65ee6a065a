"""A full round of the country carried into the next, and its matrix drawn."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from regard.assurance.cells import Cells, Key, cells, subject_of_judgement
from regard.assurance.publishing import publish
from regard.assurance.rounds import carry, close, open_round
from regard.library.canonical import sealed
from regard.library.model import Citation, EditionFile, Node
from regard.library.shelf import library
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.kinds.frame import Appointment, Cycle, Duty, Party
from regard.register.kinds.reading import made
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Line, Window
from regard.register.register import Register

FORCES, THREATS, CAPABILITIES = 43, 7, 12
ASPECTS = ("capacity", "contribution", "capability", "consistency", "connectivity")
BODY, EDITION = "party:country", "edition:bench"
BEFORE, NOW = "cycle:2015-q1", "cycle:2015-q2"
TIMES = 3  # of which the best counts: the machine is shared


@dataclass(frozen=True)
class Carrying:
    """What was measured (seconds), of how many cells.

    Attributes:
        cells: Cells of the round (count).
        closing: Closing the round in which every cell was judged.
        carrying: Carrying all of it into the next.
        matrix: Drawing the matrix of all forces.
        of_one: Drawing the matrix of one force.
    """

    cells: int
    closing: float
    carrying: float
    matrix: float
    of_one: float


def measure_carrying(*, forces: int = FORCES, url: str = "") -> Carrying:
    """Judge a round of all forces in full, close it, open the next and carry it forward.

    Args:
        forces: How many (count).
        url: The database; a new SQLite file if empty.
    """
    with tempfile.TemporaryDirectory() as folder:
        register, spr, lead = _country(Path(folder), url, forces)
        _judged(register, lead)
        closing = _seconds(lambda: close(register, BEFORE, by=spr))
        _opened(register, spr, NOW, follows=BEFORE)
        begun = perf_counter()
        done = carry(register, NOW, by=spr)
        carrying = perf_counter() - begun
        matrix = min(_seconds(lambda: _drawn(register)) for _ in range(TIMES))
        one = min(_seconds(lambda: _drawn(register, _force(0))) for _ in range(TIMES))
        register.close()
        return Carrying(done.count, closing, carrying, matrix, one)


def _seconds(action: object) -> float:
    begun = perf_counter()
    action()
    return perf_counter() - begun


def _drawn(register: Register, scope: str = "") -> Cells:
    return cells(register.view(EVERYTHING), NOW, scope=scope)


def _force(number: int) -> str:
    return f"{BODY}/force-{number + 1:02}"


def _country(home: Path, url: str, forces: int) -> tuple[Register, Speaker, Speaker]:
    start = datetime(2015, 4, 1, 9, tzinfo=UTC)
    ticks = iter(range(10**9))
    register, keeper = Register.found(
        home,
        body="country",
        name="The country",
        url=url,
        clock=lambda: start + timedelta(seconds=next(ticks)),
    )
    roles = {"spr": "spr-lead", "lead": "business-lead"}
    with register.acting(keeper) as act:
        for number in range(forces):
            body = made(Party, form="body", name=f"Force {number + 1}", parent=BODY)
            act.enter(body, subject=_force(number))
        for name, role in roles.items():
            post = made(Party, form="post", name=name, parent=BODY, roles=(role,))
            act.enter(post, subject=f"party:{name}")
            held = (Appointment(post=f"party:{name}", window=Window()),)
            holder = made(Party, form="person", name=name, parent=BODY, appointments=held)
            act.enter(holder, subject=f"party:holder-{name}")
    publish(register, _edition(), by=keeper, held=library())
    spr, lead = (Speaker(f"party:holder-{name}", f"party:{name}") for name in roles)
    _opened(register, spr, BEFORE)
    return register, spr, lead


def _edition() -> EditionFile:
    return sealed(
        EditionFile(
            id="bench",
            instrument="bench",
            title="A requirement of the size of the country's",
            label="bench",
            issuer="Nobody",
            form="requirement",
            legal_force="have regard",
            in_force_from=date(2015, 1, 1),
            in_force_to=None,
            document="A document",
            nodes=tuple(_nodes()),
            documents=(("bench", "A document"),),
            schemes=(("aspect", "cs-5"),),
        )
    )


def _nodes() -> Iterator[Node]:
    cites = (Citation("bench", "A document", "page 1"),)
    for threat in range(THREATS):
        above = f"threat-{threat + 1}"
        yield Node(above, "threat", f"Threat {threat + 1}", "paraphrased", cites)
        for capability in range(CAPABILITIES):
            yield Node(
                f"{above}/capability-{capability + 1}",
                "capability",
                f"Capability {capability + 1} against threat {threat + 1}",
                "paraphrased",
                cites,
                parent=above,
                judged=True,
                scale="spr-position@1",
                rule="spr-demand@1",
                aspects=ASPECTS,
            )


def _opened(register: Register, by: Speaker, subject: str, follows: str | None = None) -> None:
    value = made(
        Cycle,
        name=subject,
        editions=(EDITION,),
        scopes=tuple(
            one.subject
            for one in register.view(EVERYTHING).all(Party, about=BODY)
            if one.value.form == "body"
        ),
        aspects=ASPECTS,
        duties=(Duty(line=Line.DOING, post="party:lead"),),
        as_at=date(2015, 3, 31),
        opens=date(2015, 4, 1),
        closes=date(2015, 4, 30),
        stage="open",
        follows=follows,
    )
    open_round(register, value, subject=subject, by=by)


def _judged(register: Register, lead: Speaker) -> None:
    """Every cell of the first round, in one act: how it came to be judged is not measured."""
    keys = tuple(cells(register.view(EVERYTHING), BEFORE).cells)
    subjects = [subject_of_judgement(BEFORE, key, Line.DOING) for key in keys]
    with register.acting(lead) as act:
        act.learn(subjects)
        for key, subject in zip(keys, subjects, strict=True):
            act.enter(_word(key), subject=subject)


def _word(key: Key) -> Judgement:
    return made(
        Judgement,
        about=key.about,
        edition=EDITION,
        aspect=key.aspect,
        scope=key.scope,
        cycle=BEFORE,
        scale="spr-position@1",
        level="partly-met",
        line=Line.DOING,
        reason="Trained and exercised; two courses are short, and the plan says when.",
        suggested="partly-met",
        rule="spr-demand@1",
    )


if __name__ == "__main__":
    print(measure_carrying())
