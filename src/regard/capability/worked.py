"""Worked examples of posts and people: what one paper prints, worked out again from its numbers.

The printed facts are those of `regard.examples.west_midlands_capability`; everything else is
computed when it is asked for. What no paper prints is assumed, and each answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from regard.capability.courses import Course, course_of
from regard.core.figures import Figure, Source, derived
from regard.core.periods import Month
from regard.core.statements import Statement
from regard.examples.west_midlands_capability.worked import (
    Fact,
    PrintedTable,
    Unit,
    Worked,
    worked_facts,
)
from regard.workforce.bodies import Body, RowFindings, Table, compared, table_of
from regard.workforce.delays import Fixed, Uniform
from regard.workforce.foretelling import (
    Assumed,
    Question,
    chance_of,
    foretold,
    joiners_needed,
    when_reached,
)
from regard.workforce.paths import simulate
from regard.workforce.pathways import Step, assumed, pathway, starting
from regard.workforce.pipeline import FIXED
from regard.workforce.printed import Finding, all_of, as_printed, held_against, part_of
from regard.workforce.stocks import ACTUAL, NOT_STATED, Group
from regard.workforce.wording import assumption, say

NAMED = 4_000  # paths on which the joiners that are needed are closed in on
COURSE, PATHWAY, QUALIFIED = "upskill course", "pathway", "CTSFO"


@dataclass(frozen=True)
class Case:
    """One unit worked out again.

    Attributes:
        scope: What the unit is called.
        who: Who its people are, in the plural.
        printed: The numbers as printed, each with its paragraph.
        findings: Printed numbers held against what they come to.
        said: What is foretold, with what was assumed.
        courses: People month by month, by what is varied; a chart a name.
        wanted: How many are wanted, to hold the courses against.
    """

    scope: str
    who: str
    printed: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    said: tuple[Statement, ...]
    courses: Mapping[str, Course]
    wanted: Figure


@dataclass(frozen=True)
class PrintedAgain:
    """A printed table of several forces beside what it comes to.

    Attributes:
        name: What the paper calls it.
        at: Where it is printed.
        table: As computed.
        findings: By row, how each printed cell, total and sum stands.
    """

    name: str
    at: str
    table: Table
    findings: Mapping[str, RowFindings]


def firearms() -> Case:
    """The firearms unit: will as many be there as the paper anticipates?"""
    facts = worked_facts()
    unit, given = facts.firearms, facts.firearms.assumed
    posts, strength, short, then, short_then = _printed(
        facts, unit, ("posts", "strength", "short", "anticipated", "short_then")
    )
    counted, by = Month.parse(facts.counted), Month.parse(unit.by)
    rates = Assumed(
        given["joiners"],
        given["leaving"],
        joiners_spread=given["joiners_spread"],
        leaving_spread=given["leaving_spread"],
    )
    asked = Question(strength, then, counted, by)
    found = chance_of(asked, rates, seed=facts.seed)
    whole = chance_of(Question(strength, posts, counted, by), rates, seed=facts.seed)
    needed = joiners_needed(
        asked, rates, chance=given["chance_wanted"], seed=facts.seed, paths=NAMED
    )
    return Case(
        unit.scope,
        unit.who,
        (posts, strength, then),
        (
            held_against(short, _short(posts, strength)),
            held_against(short_then, _short(posts, then)),
            part_of(strength, posts),
        ),
        (found.statement, whole.statement, needed.statement),
        {"": course_of(found.paths, counted)},
        posts,
    )


def specialists() -> Case:
    """The firearms specialists: when will as many be there as the end state asks for?"""
    facts = worked_facts()
    unit, given = facts.specialists, facts.specialists.assumed
    printed = _printed(facts, unit, ("strength", "end_state", "qualified", "shortest", "longest"))
    strength, wanted, qualified, shortest, longest = printed
    steps = _steps(given, int(shortest.known), int(longest.known))
    line = pathway(steps, people={QUALIFIED: strength.known}, strength=[QUALIFIED])
    counted = Month.parse(facts.counted)
    ends = [Month.parse(one) for one in given["by"]]
    months = ends[-1] - counted
    upskilled = {one.month: one.value for one in unit.upskilled}
    said: list[Statement] = []
    courses = {}
    for many in given["candidates"]:
        begin = dict.fromkeys(range(given["from_month"], months + 1), many)
        plan = starting(line, months, {COURSE: upskilled, PATHWAY: begin})
        run = simulate(line, months=months, seed=facts.seed, intake=FIXED, plan=plan)
        candidates = _candidates(strength, many)
        words = assumed(steps, strength) + say(
            "The pathway takes in {many} a month.", many=candidates
        )
        for by in ends:
            asked = Question(strength, wanted, counted, by)
            said.append(foretold(run, asked, words).statement)
        said.append(when_reached(run, wanted, words, counted=counted).statement)
        courses[f"{many:g}"] = course_of(run, counted)
    return Case(unit.scope, unit.who, printed, _of_specialists(unit, strength, wanted, qualified),
                tuple(said), courses, wanted)  # fmt: skip


def _steps(given: Mapping[str, Any], shortest: int, longest: int) -> tuple[Step, ...]:
    course = Fixed(given["upskill_months"])
    long = Uniform(shortest, longest)
    leaving, passing = given["pathway_leaving"], given["pathway_passing"]
    return (
        Step(COURSE, course, passing=given["upskill_passing"], to=QUALIFIED),
        Step(PATHWAY, long, leaving=leaving, passing=passing, to=QUALIFIED),
        Step(QUALIFIED, leaving=given["leaving"]),
    )


def _of_specialists(
    unit: Unit, strength: Figure, wanted: Figure, qualified: Figure
) -> tuple[Finding, ...]:
    with_all = derived(
        (strength, qualified),
        value=strength.known + qualified.known,
        unit=strength.unit,
        method="people in post and those on their way",
    )
    named = {one.said: one.value for one in unit.upskilled}
    return part_of(strength, wanted), all_of(qualified, named), part_of(with_all, wanted)


def regional() -> tuple[PrintedAgain, ...]:
    """The tables of the unit that several forces make up, every printed cell with its verdict."""
    facts = worked_facts()
    unit, found = facts.regional, []
    for one in unit.tables:
        at = _at(facts, one.paragraph)
        columns = zip(unit.forces, unit.core, unit.with_uplift, one.strength, strict=True)
        table = table_of(
            [Body(name, core, wide - core, people) for name, core, wide, people in columns],
            scope=unit.scope,
            as_at=facts.as_at,
            share=unit.share,
            who=unit.who,
            counted_as=NOT_STATED,
            sources=(Source("printed", at),),
        )
        found.append(PrintedAgain(one.name, at, table, compared(table, one.rows, at=at)))
    return tuple(found)


def printed_of(unit: str, table: Table, month: Month) -> Mapping[str, PrintedAgain]:
    """The printed tables that are of the same unit, forces and month as one from the records.

    Args:
        unit: The unit's code.
        table: As the records have it.
        month: At whose end they were counted.

    Returns:
        By the name of the table, the records' cells held against the printed ones; a table whose
        people are others is left out.
    """
    facts = worked_facts()
    same = (facts.regional.unit, facts.counted) == (unit, month.iso)
    if not same or set(table.bodies) != set(facts.regional.forces):
        return {}
    found = {}
    for one in facts.regional.tables:
        rows = {
            name: _in_order(row, facts.regional.forces, table) for name, row in one.rows.items()
        }
        if _people(table) == _people_printed(one, facts.regional.forces):
            at = _at(facts, one.paragraph)
            found[one.name] = PrintedAgain(one.name, at, table, compared(table, rows, at=at))
    return found


def _in_order(row: Sequence[float], forces: Sequence[str], table: Table) -> tuple[float, ...]:
    by_force = dict(zip(forces, row, strict=False))
    return (*(by_force[one] for one in table.bodies), row[-1])


def _people(table: Table) -> dict[str, float]:
    cells = table.row("strength").cells
    return {body: cell.known for body, cell in zip(table.bodies, cells, strict=True)}


def _people_printed(one: PrintedTable, forces: Sequence[str]) -> dict[str, float]:
    return {force: float(many) for force, many in zip(forces, one.strength, strict=True)}


def _printed(facts: Worked, unit: Unit, names: Sequence[str]) -> tuple[Figure, ...]:
    return tuple(_figure(facts, unit, name, unit.facts[name]) for name in names)


_UNITS = {"posts": "posts", "shortest": "months", "longest": "months"}
_BASES = {"anticipated": "forecast", "short_then": "forecast", "end_state": "target"}


def _figure(facts: Worked, unit: Unit, name: str, fact: Fact) -> Figure:
    group = Group(unit.scope, facts.as_at, unit.who, NOT_STATED)
    like = Figure(
        value=fact.value,
        unit=_UNITS.get(name, group.unit(unit.who)),
        measure=name.replace("_", " "),
        scope=unit.scope,
        basis=_BASES.get(name, ACTUAL),
        method="counted",
        as_at=facts.as_at,
    )
    return as_printed(fact.value, like, at=_at(facts, fact.paragraph))


def _at(facts: Worked, paragraph: int) -> str:
    return f"{facts.paper}, paragraph {paragraph}"


def _short(posts: Figure, people: Figure) -> Figure:
    return derived(
        (posts, people),
        value=posts.known - people.known,
        unit=people.unit,
        method="posts less people",
        measure="short of posts",
    )


def _candidates(like: Figure, many: float) -> Figure:
    unit = "candidate" if many == 1 else "candidates"
    return replace(assumption(like, many, unit, "candidates a month"), places=None)
