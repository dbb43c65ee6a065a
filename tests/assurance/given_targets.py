"""A force with posts, measures and papers: what the tests of targets and promises begin from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from regard.assurance.running import running_list
from regard.register.database import file_of
from regard.register.entries import Entry, Speaker
from regard.register.kinds import (
    Amount,
    Appointment,
    Document,
    Expectation,
    Input,
    Judgement,
    Line,
    Measure,
    Observation,
    Party,
    Window,
    made,
)
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import path_of

FORCE, REGION = "party:west-midlands", "party:west-midlands-region"
LEVEL_2, PSUS, STRENGTH = "measure:level-2-trained", "measure:psus", "measure:officer-strength"
VACANCIES, CTSFOS = "measure:officer-vacancies", "measure:ctsfos"
UPLIFT, CURRENT = "establishment with uplift", "current establishment"
LIST = "edition:commitments"
BEGAN = date(2012, 7, 31)
COUNTED = date(2021, 12, 1)

KEEPER = Speaker("party:west-midlands-holder-1", "party:west-midlands-keeper")

POSTS = {
    "lead": "business-lead",
    "spr": "spr-lead",
    "chief": "chief-officer",
    "auditor": "independent-reviewer",
    "office": "governance-officer",
    "board": "board-member",
    "planner": "workforce-planner",
}


@dataclass
class Given:
    """A register with its posts, and the day on which it stands."""

    register: Register
    who: Mapping[str, Speaker]
    clock: list[datetime]
    counter: list[int] = field(default_factory=lambda: [0])

    def on(self, day: date) -> None:
        """From here on it is that day."""
        self.clock[0] = datetime.combine(day, time(12), UTC)

    def view(self, post: str = "spr", **position: Any) -> View:
        """The register as a post sees it."""
        return self.register.view(self.who[post], **position)

    def expect(self, code: str, *, edition: str = LIST, **fields: Any) -> str:
        """An expectation of the running list; its subject."""
        fields = {"text": f"What {code} asks.", "scope": FORCE, **fields}
        value = made(Expectation, edition=edition, code=code, **fields)
        subject = f"expectation:{path_of(edition)}/{code}"
        self.register.enter(value, subject=subject, by=self.who["spr"])
        return subject

    def observe(
        self,
        measure: str,
        number: str | int | None,
        unit: str = "",
        *,
        on: date = COUNTED,
        scope: str = FORCE,
        **fields: Any,
    ) -> str:
        """An observation of a day; its subject."""
        self.counter[0] += 1
        amount = None if number is None else Amount(value=number, unit=unit)
        fields = {"text": "As counted.", "basis": "actual", "amount": amount, **fields}
        value = made(Observation, measure=measure, scope=scope, collected=on, **fields)
        subject = f"observation:{path_of(scope)}/{path_of(measure)}/{on}-{self.counter[0]}"
        self.register.enter(value, subject=subject, by=self.who["planner"])
        return subject

    def paper(self, code: str, held_on: date, **fields: Any) -> str:
        """An issued paper; its subject."""
        fields = {"title": f"Paper {code}", "stage": "issued", **fields}
        value = made(Document, form="paper", scope=FORCE, held_on=held_on, **fields)
        self.register.enter(value, subject=f"document:{code}", by=self.who["office"])
        return f"document:{code}"

    def rate(self, concern: str, level: str, *, scale: str = "risk-rating@1") -> Entry[Judgement]:
        """A rating of a concern by the auditor."""
        value = made(
            Judgement,
            about=concern,
            scope=FORCE,
            scale=scale,
            level=level,
            line=Line.INDEPENDENT,
            reason="As the test has it.",
        )
        return self.register.enter(
            value, subject=f"judgement:rating/{path_of(concern)}/line-3", by=self.who["auditor"]
        )


_FOUNDED: dict[str, bytes] = {}  # the file of a register that was founded, to be copied


def given(home: Path, url: str = "") -> Given:
    """A force, its region, a post of each role, measures, and a running list of commitments."""
    clock = [datetime.combine(BEGAN, time(12), UTC)]
    if url:
        register, keeper = _found(home, url, clock)
    else:
        if not _FOUNDED:
            _found(home / "first", "", clock)[0].close()
            _FOUNDED["file"] = file_of(home / "first").read_bytes()
        file_of(home).write_bytes(_FOUNDED["file"])
        register, keeper = Register.open(home, clock=lambda: clock[0]), KEEPER
    who = {name: Speaker(f"party:holder-{name}", f"party:{name}") for name in POSTS}
    return Given(register, {**who, "keeper": keeper}, clock)


def _found(home: Path, url: str, clock: list[datetime]) -> tuple[Register, Speaker]:
    register, keeper = Register.found(
        home, body="west-midlands", name="West Midlands Police", url=url, clock=lambda: clock[0]
    )
    with register.acting(keeper) as acts:
        acts.enter(made(Party, form="body", name="West Midlands region"), subject=REGION)
        for name, role in POSTS.items():
            post, holder = f"party:{name}", f"party:holder-{name}"
            acts.enter(
                made(
                    Party,
                    form="post",
                    name=f"the {role.replace('-', ' ')}",
                    parent=FORCE,
                    roles=(role,),
                ),
                subject=post,
            )
            acts.enter(
                made(
                    Party,
                    form="person",
                    name=f"account {name}",
                    parent=FORCE,
                    appointments=(Appointment(post=post, window=Window()),),
                ),
                subject=holder,
            )
        for measure, named, unit, better in (
            (LEVEL_2, "Level 2 trained officers", "officers", "higher"),
            (PSUS, "PSUs raised", "PSUs", "higher"),
            (STRENGTH, "officer strength", "officers", "higher"),
            (VACANCIES, "officer vacancies", "vacancies", "lower"),
            (CTSFOS, "CTSFOs", "officers", "higher"),
        ):
            acts.enter(
                made(Measure, name=named, unit=unit, better=better, method="counted@1"),
                subject=measure,
            )
    running_list(
        register,
        "commitments",
        title="What the force has committed itself to",
        issuer="West Midlands Police",
        form="establishment",
        by=keeper,
    )
    return register, keeper


PSU_INPUTS = (
    Input(name="psus", value=17, unit="PSUs"),
    Input(name="officers_per_psu", value=26, unit="officers a PSU"),
    Input(name="times", value=3, unit="times"),
)
PSU_FORMULA = "psus × officers_per_psu × times"


def level_2_target(held: Given, *, stated: int = 1326, **fields: Any) -> str:
    """The 1,326 Level 2 officers of the paper of December 2021, paragraph 35."""
    return held.expect(
        "level-2",
        measure=LEVEL_2,
        target=Amount(value=stated, unit="officers"),
        formula=PSU_FORMULA,
        inputs=PSU_INPUTS,
        **fields,
    )
