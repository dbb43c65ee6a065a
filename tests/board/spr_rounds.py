"""A small register with two rounds on two threats and three Cs, and what a paper must show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copytree

from assurance.round_setting import edition, node, shelf_of
from regard.assurance.cells import Key, keys_of, requirements_of, subject_of_judgement
from regard.assurance.publishing import BOARD_SCALE, publish
from regard.board.spr.gathering import Brief
from regard.core.markings import OFFICIAL, Marking
from regard.library.shelf import edition as shipped
from regard.register.access import EVERYTHING
from regard.register.entries import Entry, Speaker
from regard.register.kinds import (
    Act,
    Amount,
    Appointment,
    Concern,
    Cycle,
    Decision,
    Duty,
    Edition,
    Expectation,
    Input,
    Instrument,
    Judgement,
    Kept,
    Kind,
    Line,
    Link,
    LinkType,
    Measure,
    Observation,
    Party,
    Stage,
    Window,
    changed,
    made,
)
from regard.register.register import Register

FORCE, BOARD = "party:west-midlands", "party:west-midlands/board"
REGION = "party:region"
FIRST, SECOND = "cycle:2014-q4", "cycle:2015-q4"
TRY = "edition:try-1"
SCALE = "spr-position@1"
CS = ("capacity", "capability", "consistency")
CLOSE = Marking.parse("OFFICIAL-SENSITIVE")
CANARY = "The canary sings of Operation Nightjar"
EDITION = edition(
    "try-1",
    (
        node("duty", "What is owed to the requirement.", judged=False, kind="section"),
        node(
            "duty/chief-officer",
            "have regard to the strategic policing requirement",
            judged=False,
            kind="duty",
        ),
        node("public-order", "Public order", judged=False),
        node(
            "public-order/units",
            "Give the force's share of police support units (PSUs) to the national commitment.",
            aspects=CS,
        ),
        node(
            "public-order/trained-officers",
            "Keep enough officers trained to Level 2: three times the commitment.",
            aspects=CS,
        ),
        node("public-order/vehicles", "Keep carriers fit and findable at any hour.", aspects=CS),
        node("cyber", "A national cyber security incident", judged=False),
        node("cyber/incidents", "Respond adequately to a national cyber incident.", aspects=CS),
    ),
    date(2012, 7, 31),
)
ASKED = ("public-order/units", "public-order/trained-officers")  # nobody is asked of vehicles
POSTS = {
    "operations": ("ACC Operations", FORCE, ("business-lead", "spr-lead")),
    "crime": ("ACC Crime", FORCE, ("business-lead",)),
    "security": ("ACC Security", FORCE, ("spr-lead",)),
    "chief": ("Chief Constable", FORCE, ("chief-officer",)),
    "inspector": ("Inspector of Constabulary", FORCE, ("inspector",)),
    "member": ("Chair of the Board", FORCE, ("board-member",)),
    "clerk": ("Clerk to the Board", FORCE, ("governance-officer", "spr-lead")),
    "planner": ("Workforce Planner", FORCE, ("workforce-planner",)),
}


@dataclass
class Clock:
    """An instant that goes on by a second each time it is asked, and can be set to a day."""

    now: datetime = datetime(2014, 1, 6, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def on(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@dataclass
class Told:
    """A register, its speakers and what was entered."""

    register: Register
    clock: Clock
    keeper: Speaker
    who: dict[str, Speaker] = field(default_factory=dict)

    def enter(self, by: str, value: Kind, subject: str, **given: object) -> Entry[Kind]:
        speaker = self.keeper if by == "keeper" else self.who[by]
        return self.register.enter(value, subject=subject, by=speaker, **given)

    def view(self, by: str = "", **given: object):
        return self.register.view(self.who[by] if by else EVERYTHING, **given)

    def say(
        self,
        by: str,
        code: str,
        aspect: str,
        level: str,
        reason: str,
        *,
        cycle: str = FIRST,
        line: Line = Line.DOING,
        evidence: tuple[str, ...] = (),
        marking: Marking = OFFICIAL,
        **given: object,
    ) -> Entry[Kind]:
        key = Key(FORCE, f"expectation:try-1/{code}", aspect)
        value = made(
            Judgement,
            about=key.about,
            edition=TRY,
            aspect=aspect,
            scope=FORCE,
            cycle=cycle,
            scale=SCALE,
            level=level,
            line=line,
            reason=reason,
            evidence=evidence,
            **given,
        )
        return self.enter(by, value, subject_of_judgement(cycle, key, line), marking=marking)


def found(home: Path, url: str = "") -> Told:
    """A register with a force, a board, a region and one post of each role."""
    clock = Clock()
    register, keeper = Register.found(
        home, body="west-midlands", name="West Midlands Police", url=url, clock=clock
    )
    told = Told(register, clock, keeper)
    with register.acting(keeper) as act:
        board = made(Party, form="body", name="Strategic Policing and Crime Board", parent=FORCE)
        act.enter(board, subject=BOARD)
        act.enter(made(Party, form="body", name="West Midlands region"), subject=REGION)
        for number, (name, (title, body, roles)) in enumerate(POSTS.items(), start=2):
            post, holder = f"party:{name}", f"party:holder-{number}"
            act.enter(made(Party, form="post", name=title, parent=body, roles=roles), subject=post)
            act.enter(
                made(
                    Party,
                    form="person",
                    name=f"account {number}",
                    parent=body,
                    appointments=(Appointment(post=post, window=Window()),),
                ),
                subject=holder,
            )
            told.who[name] = Speaker(holder, post)
    publish(register, EDITION, by=keeper, held=shelf_of(EDITION))
    _own_targets(told)
    return told


def copied(told: Told, home: Path) -> Told:
    """The same register as it stands, in a folder of its own; quicker than building another."""
    told.register.close()
    copytree(told.register.home, home)
    clock = Clock(told.clock.now)
    register = Register.open(home, clock=clock)
    return Told(register, clock, told.keeper, dict(told.who))


MEASURES = {
    "level-2-trained": ("Officers trained to Level 2", "officers", "higher"),
    "psus": ("PSUs", "PSUs", "higher"),
    "vacancies": ("Vacancies in the regional unit", "vacancies", "lower"),
}


def _own_targets(told: Told) -> None:
    """What the force asks of itself in answer to the requirement, in numbers."""
    for code, (name, unit, better) in MEASURES.items():
        value = made(Measure, name=name, unit=unit, better=better, method="counted@1")
        told.enter("keeper", value, f"measure:{code}")
    instrument = made(
        Instrument,
        title="The force's own establishment",
        issuer="West Midlands Police",
        form="establishment",
        force="aim",
    )
    told.enter("keeper", instrument, "instrument:establishment")
    edition_of = made(
        Edition, instrument="instrument:establishment", label="running", in_force=Window()
    )
    told.enter("keeper", edition_of, "edition:establishment")
    _asked_in_numbers(told)


def _asked_in_numbers(told: Told) -> None:
    enter = told.enter
    asked = {
        "trained": {
            "text": "Train three times the commitment to Level 2",
            "scope": FORCE,
            "measure": "measure:level-2-trained",
            "target": Amount(value="1326", unit="officers"),
            "formula": "psus * officers * times",
            "inputs": (
                Input(name="psus", value=17, unit="PSUs"),
                Input(name="officers", value=26, unit="officers"),
                Input(name="times", value=3, unit="times"),
            ),
        },
        "region-psus": {
            "text": "Commit the region's PSUs",
            "scope": REGION,
            "measure": "measure:psus",
            "target": Amount(value="33", unit="PSUs"),
        },
        "vacancies": {
            "text": "Fill the regional unit",
            "scope": FORCE,
            "measure": "measure:vacancies",
            "target": Amount(value="0", unit="vacancies"),
            "base": "establishment with uplift",
        },
    }
    answers = {"trained": "trained-officers", "region-psus": "units", "vacancies": "units"}
    for code, fields in asked.items():
        subject = f"expectation:establishment/{code}"
        value = made(Expectation, edition="edition:establishment", code=code, **fields)
        enter("keeper", value, subject)
        enter(
            "keeper",
            made(
                Link,
                type=LinkType.ANSWERS,
                source=subject,
                target=f"expectation:try-1/public-order/{answers[code]}",
            ),
            f"link:answers/establishment/{code}",
        )
    grant = made(
        Expectation,
        edition="edition:establishment",
        code="grant-armed-uplift",
        text="The armed uplift grant",
        scope=FORCE,
        window=Window(end=date(2016, 3, 31)),
        terms=("grant",),
    )
    enter("keeper", grant, "expectation:establishment/grant-armed-uplift")


def observe(
    told: Told, measure: str, day: date, value: str, unit: str, text: str, **given: object
) -> str:
    """A figure of the force."""
    subject = f"observation:west-midlands/{measure}/{day.isoformat()}"
    made_of = made(
        Observation,
        text=text,
        measure=f"measure:{measure}",
        scope=FORCE,
        amount=Amount(value=Decimal(value), unit=unit),
        basis="actual",
        collected=day,
        **given,
    )
    told.enter("operations", made_of, subject, effective=day)
    return subject


def document_seen(told: Told, topic: str, day: date, expires: date | None, name: str) -> str:
    """A piece of evidence in a document."""
    subject = f"observation:west-midlands/{topic}/{day.isoformat()}"
    value = made(
        Observation,
        text=f"What {name} shows.",
        scope=FORCE,
        basis="document",
        document=Kept(name=name),
        collected=day,
        expires=expires,
    )
    told.enter("operations", value, subject, effective=day)
    return subject


def first_round(told: Told) -> None:
    """The last quarter of 2014: all is judged, challenged and signed off."""
    told.clock.on(date(2014, 12, 1))
    trained = observe(
        told,
        "level-2-trained",
        date(2014, 11, 30),
        "1300",
        "officers",
        "Constables trained to Level 2",
    )
    exercise = document_seen(
        told, "breaking-point", date(2014, 9, 30), date(2015, 9, 30), "Exercise report"
    )
    _open(
        told,
        FIRST,
        "Round of the last quarter of 2014",
        date(2014, 12, 31),
        leads=("public-order",),
    )
    for code in ("units", "trained-officers", "vehicles"):
        for aspect in CS:
            told.say(
                "operations",
                f"public-order/{code}",
                aspect,
                "met",
                "The number of public order trained staff remains stable.",
                evidence=(trained, exercise),
            )
    for aspect in CS:
        told.say("crime", "cyber/incidents", aspect, "partly-met", "A strong core that evolves.")
    _close(told, FIRST)


def silent_round(told: Told) -> None:
    """A round in which nobody has spoken yet."""
    told.clock.on(date(2014, 12, 1))
    _open(told, FIRST, "A silent round", date(2014, 12, 31), leads=("public-order",))


def _open(
    told: Told,
    subject: str,
    name: str,
    as_at: date,
    *,
    leads: tuple[str, ...],
    follows: str | None = None,
) -> None:
    value = made(
        Cycle,
        name=name,
        editions=(TRY,),
        scopes=(FORCE,),
        aspects=CS,
        duties=(
            *(
                Duty(line=Line.DOING, post="party:operations", about=f"expectation:try-1/{one}")
                for one in leads
            ),
            Duty(line=Line.DOING, post="party:crime", about="expectation:try-1/cyber"),
            Duty(line=Line.OVERSEEING, post="party:chief"),
        ),
        as_at=as_at,
        opens=as_at - timedelta(days=30),
        closes=as_at + timedelta(days=30),
        stage="open",
        follows=follows,
    )
    told.enter("security", value, subject)


def _close(told: Told, cycle: str) -> None:
    signed = made(
        Decision,
        by="party:chief",
        act=Act.SIGN_OFF,
        text="Sign the round off.",
        reason="It is what I know to be so.",
        stage=Stage.TAKEN,
        scope=FORCE,
        cycle=cycle,
    )
    told.enter("chief", signed, f"decision:{cycle.partition(':')[2]}/sign-off")
    entry = told.view().one(cycle)
    told.enter("security", changed(entry.value, stage="closed"), cycle)


def propose(told: Told, name: str, text: str, cycle: str, about: str | None = None) -> None:
    """A decision that the round proposes to the board."""
    value = made(
        Decision,
        by="party:member",
        act=Act.NOTE,
        about=about,
        text=text,
        reason="The positions of this round.",
        stage=Stage.PROPOSED,
        scope=FORCE,
        cycle=cycle,
    )
    told.enter("security", value, f"decision:{cycle.partition(':')[2]}/{name}")


def second_round(told: Told, *, close: bool = True, closely: Marking = CLOSE) -> None:
    """The last quarter of 2015: disputed, carried, stale and asserted positions."""
    told.clock.on(date(2015, 12, 1))
    on = date(2015, 11, 30)
    named = "Constables trained to Level 2"
    trained = observe(told, "level-2-trained", on, "1193", "officers", named)
    observe(told, "psus", on, "21", "PSUs", "PSUs that the force can send")
    base = "establishment without uplift"
    observe(told, "vacancies", on, "26", "vacancies", MEASURES["vacancies"][0], base=base)
    name = "Round of the last quarter of 2015"
    _open(told, SECOND, name, date(2015, 12, 31), leads=ASKED, follows=FIRST)
    _carry(told)
    _leads_speak(told, trained, closely)
    _others_speak(told)
    _in_the_way(told)
    _answered(told)
    asked = "Acknowledge that the duty is met increasingly to the detriment of local policing."
    propose(told, "note-detriment", asked, SECOND, "expectation:try-1/public-order/units")
    propose(told, "note-report", "Note the contents of this report.", SECOND)
    if close:
        _close(told, SECOND)


def _leads_speak(told: Told, trained: str, closely: Marking) -> None:
    exercise = "observation:west-midlands/breaking-point/2014-09-30"
    fewer = "Fewer are trained than a year ago; courses are booked to make it up."
    for aspect in CS:
        told.say(
            "operations",
            "public-order/trained-officers",
            aspect,
            "partly-met",
            fewer,
            cycle=SECOND,
            evidence=(trained,),
        )
        told.say(
            "operations",
            "public-order/units",
            aspect,
            "met",
            "The national commitment can be met.",
            cycle=SECOND,
            evidence=(exercise,),
        )
        close = aspect == "capability"
        told.say(
            "crime",
            "cyber/incidents",
            aspect,
            "partly-met",
            CANARY if close else "A strong core that evolves.",
            cycle=SECOND,
            marking=closely if close else OFFICIAL,
        )


def _others_speak(told: Told) -> None:
    key = Key(FORCE, "expectation:try-1/public-order/trained-officers", "consistency")
    lead = told.view().one(subject_of_judgement(SECOND, key, Line.DOING))
    told.say(
        "security",
        "public-order/trained-officers",
        "consistency",
        "not-met",
        "The figure is ten per cent short, and it was promised.",
        cycle=SECOND,
        line=Line.OVERSEEING,
        answers=lead.seq,
    )
    told.say(
        "inspector",
        "public-order/trained-officers",
        "capability",
        "not-met",
        "We found no plan that closes the gap.",
        cycle=SECOND,
        line=Line.INDEPENDENT,
    )
    board = made(
        Judgement,
        about="expectation:try-1/public-order",
        edition=TRY,
        scope=FORCE,
        cycle=SECOND,
        scale=BOARD_SCALE,
        level="partly-assured",
        line=Line.BOARD,
        reason="We have still to see the courses that are booked.",
    )
    told.enter("member", board, "judgement:2015-q4/west-midlands/board/public-order")


def _carry(told: Told) -> None:
    for aspect in CS:
        key = Key(FORCE, "expectation:try-1/public-order/vehicles", aspect)
        before = told.view().one(subject_of_judgement(FIRST, key, Line.DOING))
        value = changed(before.value, cycle=SECOND, standing="carried", carried_from=before.seq)
        told.enter("security", value, subject_of_judgement(SECOND, key, Line.DOING))


def _in_the_way(told: Told) -> None:
    told.enter(
        "operations",
        made(
            Concern,
            tense="present",
            form="vulnerability",
            text="Too few Level 2 courses are run.",
            scope=FORCE,
            about="expectation:try-1/public-order/trained-officers",
            owner="party:operations",
            aspect="capacity",
        ),
        "concern:west-midlands/courses",
    )
    close = made(
        Concern,
        tense="present",
        form="vulnerability",
        text=f"{CANARY}, and of its gap.",
        scope=FORCE,
        about="expectation:try-1/cyber/incidents",
        owner="party:crime",
    )
    told.enter("crime", close, "concern:west-midlands/nightjar", marking=CLOSE)
    expense = made(
        Link,
        type=LinkType.AT_THE_EXPENSE_OF,
        source="expectation:try-1/public-order/units",
        target="expectation:try-1/cyber/incidents",
        note="beyond three PSUs or for an extended period",
    )
    told.enter("operations", expense, "link:expense/units")


def _answered(told: Told) -> None:
    """An action, and how its day moved."""
    action = made(
        Expectation,
        edition="edition:establishment",
        code="more-courses",
        text="Run two Level 2 courses a month",
        mode="achieve",
        scope=FORCE,
        owner="party:operations",
        window=Window(end=date(2015, 12, 15)),
    )
    told.enter("operations", action, "expectation:establishment/more-courses")
    told.enter(
        "operations",
        made(
            Link,
            type=LinkType.ANSWERS,
            source="expectation:establishment/more-courses",
            target="concern:west-midlands/courses",
        ),
        "link:answers/more-courses",
    )
    extend = made(
        Decision,
        by="party:security",
        act=Act.EXTEND,
        about="expectation:establishment/more-courses",
        text="Move it to March.",
        reason="The trainers were away on mutual aid.",
        stage=Stage.TAKEN,
        scope=FORCE,
        until=date(2016, 3, 31),
    )
    told.enter("security", extend, "decision:extend/more-courses")
    told.enter(
        "operations",
        changed(
            action, window=Window(end=date(2016, 3, 31)), moved_by="decision:extend/more-courses"
        ),
        "expectation:establishment/more-courses",
    )


def whole_round(told: Told) -> int:
    """A closed round on all of the requirement of 2015; the number of its cells."""
    publish(told.register, shipped("spr-2015"), by=told.keeper)
    told.clock.on(date(2015, 12, 1))
    cycle = made(
        Cycle,
        name="Round of the last quarter of 2015",
        editions=("edition:spr-2015",),
        scopes=(FORCE,),
        aspects=("capacity", "contribution", "capability", "consistency", "connectivity"),
        duties=(Duty(line=Line.DOING, post="party:operations"),),
        as_at=date(2015, 12, 31),
        opens=date(2015, 12, 1),
        closes=date(2016, 1, 31),
        stage="open",
    )
    told.enter("security", cycle, SECOND)
    view = told.view()
    keys = tuple(keys_of(cycle, requirements_of(view, cycle)))
    levels = ("not-met", "partly-met", "met", "met", "met-and-sustained")
    shown = document_seen(told, "exercise", date(2015, 6, 1), None, "Exercise report")
    with told.register.acting(told.who["operations"]) as act:
        for number, key in enumerate(keys):
            value = made(
                Judgement,
                about=key.about,
                edition="edition:spr-2015",
                aspect=key.aspect,
                scope=FORCE,
                cycle=SECOND,
                scale=SCALE,
                level=levels[number % len(levels)],
                line=Line.DOING,
                reason=f"As it stands in {key.about.rpartition('/')[2].replace('-', ' ')}.",
                evidence=(shown,) if number % 7 else (),
            )
            act.enter(value, subject=subject_of_judgement(SECOND, key, Line.DOING))
    _close(told, SECOND)
    return len(keys)


def brief(held_on: date = date(2016, 2, 2), **given: object) -> Brief:
    """To whom a paper is put, on which day."""
    return Brief(
        to=BOARD, held_on=held_on, document="", report_of="party:chief", agenda_item="7a", **given
    )
