"""`regard judge`: what posts say in a round, with evidence, challenge, sign-off and assurance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from regard.assurance import judging
from regard.assurance.cells import Key, cells
from regard.assurance.judging import Word
from regard.assurance.lineage import WHOLE
from regard.assurance.sheets import judge_sheet, rows_in, words_of
from regard.assurance.suggesting import suggested
from regard.assurance.telling import names_in, voices_told
from regard.cli.naming import (
    Body,
    Marked,
    Reason,
    Requirement,
    RoundName,
    Under,
    body_of,
    cell_of,
    named,
    requirement_of,
    shelf,
)
from regard.cli.nouns import noun
from regard.cli.output import AsJson, shape_of
from regard.cli.output import show as show_rows
from regard.cli.speaking import (
    By,
    Holder,
    KnownAt,
    TrueOn,
    open_register,
    seen,
    speaker,
)
from regard.core.errors import DefinitionRefused
from regard.core.markings import Marking
from regard.library.suggesting import Held
from regard.register.entries import Entry, Speaker
from regard.register.kinds.frame import Cycle
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Absent, Confidence
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import path_of, slug

app = noun({"evidence": "gathering", "measure": "gathering", "retract": "gathering"})

LevelOf = Annotated[str, typer.Option("--level", help="The level, such as partly-met.")]
AbsentFor = Annotated[
    str,
    typer.Option(
        "--absent",
        help="Why there is no level: not applicable, not assessed, not measured or withheld.",
    ),
]
Departure = Annotated[
    str, typer.Option(help="A second reason, where the level is not the one suggested.")
]
Sure = Annotated[str, typer.Option("--confidence", help="How sure: low, medium or high.")]
Cited = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence", help="An observation it rests on; may be repeated; as suggested if left out."
    ),
]
Indicator = Annotated[
    list[str] | None,
    typer.Option(
        "--indicator", help="An indicator as WORDS=LEVEL, such as 'plan tested=in-place'."
    ),
]
INDICATORS = "indicator@1"


@app.command()
def give(
    ctx: typer.Context,
    name: RoundName,
    requirement: Requirement,
    reason: Reason,
    level: LevelOf = "",
    absent: AbsentFor = "",
    departure: Departure = "",
    confidence: Sure = "",
    evidence: Cited = None,
    indicator: Indicator = None,
    marking: Marked = "OFFICIAL",
    under: Under = "",
    body: Body = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Judge a cell as its named lead, at line 1, with a reason and evidence."""
    register, who, key = _at(ctx, name, requirement, under, body, by, holder)
    word = _word(reason, level, absent, confidence, marking, departure, evidence)
    cycle = named("cycle", name)
    entry = judging.judge(
        register, cycle, key, word, by=who, indicators=_held(indicator), held=shelf(ctx)
    )
    _say(entry)


@app.command("inspect")
def inspect_(
    ctx: typer.Context,
    name: RoundName,
    requirement: Requirement,
    reason: Reason,
    level: LevelOf = "",
    absent: AbsentFor = "",
    confidence: Sure = "",
    evidence: Cited = None,
    marking: Marked = "OFFICIAL",
    under: Under = "",
    body: Body = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Judge a cell as an inspector or another independent reviewer, at line 3."""
    register, who, key = _at(ctx, name, requirement, under, body, by, holder)
    word = _word(reason, level, absent, confidence, marking, "", evidence)
    _say(judging.inspect(register, named("cycle", name), key, word, by=who))


@app.command()
def challenge(
    ctx: typer.Context,
    entry: Annotated[int, typer.Argument(help="The entry of the judgement that is answered.")],
    reason: Reason,
    level: LevelOf = "",
    absent: AbsentFor = "",
    confidence: Sure = "",
    evidence: Cited = None,
    marking: Marked = "OFFICIAL",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Answer a lead's judgement as a reviewer, at line 2: agree, or give another level."""
    register = open_register(ctx)
    word = _word(reason, level, absent, confidence, marking, "", evidence)
    _say(judging.challenge(register, entry, word, by=speaker(register, by, holder)))


@app.command("sign-off")
def sign_off(
    ctx: typer.Context,
    name: RoundName,
    reason: Reason,
    body: Body = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Sign off, as chief officer, what was judged and challenged for a body."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    cycle = named("cycle", name)
    scope = body_of(register.view(who).one(cycle), body)
    entry = judging.sign_off(register, cycle, scope=scope, reason=reason, by=who)
    typer.echo(f"Entry {entry.seq}: {entry.value.text}")


@app.command()
def assure(
    ctx: typer.Context,
    name: RoundName,
    requirement: Requirement,
    level: Annotated[str, typer.Option(help="assured, partly-assured or not-assured.")],
    reason: Reason,
    asked: Annotated[
        list[str] | None, typer.Option(help="A question the board asked; may be repeated.")
    ] = None,
    marking: Marked = "OFFICIAL",
    body: Body = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Say for the board whether it is assured of a requirement or of a whole threat."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    view, cycle = register.view(who), named("cycle", name)
    round_: Entry[Cycle] = view.one(cycle)
    _say(
        judging.assure(
            register,
            cycle,
            scope=body_of(round_, body),
            about=requirement_of(view, round_, requirement).subject,
            word=Word(reason, level=slug(level), marking=Marking.parse(marking)),
            asked=tuple(asked or ()),
            by=who,
        )
    )


@app.command()
def suggest(
    ctx: typer.Context,
    name: RoundName,
    requirement: Requirement,
    indicator: Indicator = None,
    under: Under = "",
    body: Body = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Show what the rule of a requirement suggests, and by which figures and evidence."""
    register, who, key = _at(ctx, name, requirement, under, body, by, holder)
    found = suggested(
        register.view(who),
        named("cycle", name),
        key,
        indicators=_held(indicator),
        held=shelf(ctx),
    )
    if as_json:
        row = {
            "requirement": path_of(key.about),
            "under": key.aspect,
            "rule": found.rule,
            "level": found.level,
            "because": [str(one) for one in found.because],
            "evidence": list(found.cited),
        }
        show_rows([row], shape=shape_of(as_json=True))
        return
    for one in found.statements:
        typer.echo(str(one))


@app.command()
def show(
    ctx: typer.Context,
    name: RoundName,
    requirement: Requirement,
    under: Under = "",
    body: Body = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """Show everything that is said of a cell, with the entry each word stands in."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    cycle = named("cycle", name)
    key = cell_of(view, view.one(cycle), requirement, under, body)
    matrix = cells(view, cycle, scope=key.scope)
    told = voices_told(matrix.cells[key], matrix, names_in(view, matrix))
    if as_json:
        rows = ({"said": str(one), "source": str(one.source)} for one in told)
        show_rows(rows, shape=shape_of(as_json=True))
        return
    for one in told:
        typer.echo(f"{one}\n    {one.source}")


@app.command("from")
def from_(
    ctx: typer.Context,
    name: RoundName,
    file: Annotated[Path, typer.Argument(help="A filled-in sheet: see regard round sheet.")],
    by: By = "",
    holder: Holder = "",
) -> None:
    """Judge all the cells of a filled-in sheet in one act; rows left open are left."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    filled = words_of(rows_in(file), file.name)
    done = judge_sheet(register, named("cycle", name), filled, by=who, held=shelf(ctx))
    typer.echo(f"Cells judged: {len(done):,}; rows left open: {filled.left:,}.")


def _at(
    ctx: typer.Context, name: str, requirement: str, under: str, body: str, by: str, holder: str
) -> tuple[Register, Speaker, Key]:
    register = open_register(ctx)
    who = speaker(register, by, holder)
    view: View = register.view(who)
    round_: Entry[Cycle] = view.one(named("cycle", name))
    return register, who, cell_of(view, round_, requirement, under, body)


def _word(
    reason: str,
    level: str,
    absent: str,
    confidence: str,
    marking: str,
    departure: str,
    cited: list[str] | None,
) -> Word:
    return Word(
        reason=reason,
        level=slug(level) if level else None,
        absent=_one_of(Absent, absent, "reason for which there is no level") if absent else None,
        departure=departure,
        confidence=_one_of(Confidence, confidence, "confidence") if confidence else None,
        evidence=None if cited is None else tuple(named("observation", one) for one in cited),
        marking=Marking.parse(marking),
    )


def _one_of(kind: Any, text: str, what: str) -> Any:
    known = [str(one) for one in kind]
    if text not in known:
        raise DefinitionRefused(f"{text!r} is no {what}", expected=", ".join(known))
    return kind(text)


def _held(indicators: list[str] | None) -> tuple[Held, ...]:
    found = []
    for one in indicators or ():
        what, equals, level = one.rpartition("=")
        if not equals or not what:
            raise DefinitionRefused(
                f"{one!r} is no indicator", expected="WORDS=LEVEL, such as 'plan tested=in-place'"
            )
        found.append(Held(what, INDICATORS, level))
    return tuple(found)


def _say(entry: Entry[Judgement]) -> None:
    value = entry.value
    under = "" if value.aspect == WHOLE else f" under {value.aspect}"
    typer.echo(
        f"Entry {entry.seq:,}: {value.level or value.absent} at line {int(value.line)} on "
        f"{path_of(value.about)}{under}."
    )
