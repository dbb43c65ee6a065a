"""`regard target`: what is asked in numbers, how it is worked out, and what an input would do."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Annotated

import typer

from regard.assurance.changing import ask_to_change, change_inputs
from regard.assurance.committing import Commitment, commit
from regard.assurance.effects import effect as effect_of
from regard.assurance.gaps import gap_or_reason
from regard.assurance.targets import target_of
from regard.assurance.tiers import TIERS
from regard.cli.naming import Reason, named
from regard.cli.nouns import noun
from regard.cli.output import AsJson, day, tell
from regard.cli.speaking import By, Holder, KnownAt, TrueOn, open_register, party, seen, speaker
from regard.core.errors import DefinitionRefused
from regard.register.kinds.facts import Expectation
from regard.register.kinds.reading import checked
from regard.register.kinds.values import Amount, Input

app = noun()

Asked = Annotated[
    str,
    typer.Argument(
        help="The requirement with its edition, such as spr-2015/public-order/psu-commitment.",
        metavar="REQUIREMENT",
    ),
]
Inputs = Annotated[
    list[str],
    typer.Argument(help="Inputs of its formula, such as psus=18.", metavar="INPUT=NUMBER..."),
]
Until = Annotated[str, typer.Option("--as-at", help="Leave out what was observed after this day.")]


@app.command("set")
def set_(
    ctx: typer.Context,
    targets: Annotated[
        str, typer.Argument(help="The list it stands in: see regard action open.", metavar="LIST")
    ],
    code: Annotated[str, typer.Argument(help="A short name in its list, such as level-2.")],
    text: Annotated[str, typer.Argument(help="What is asked, in words.")],
    body: Annotated[str, typer.Option("--body", help="The body of which it is asked.")],
    measure: Annotated[str, typer.Option(help="What is measured: see regard judge measure.")],
    number: Annotated[
        str, typer.Option("--target", help="How much, with its unit, such as '1326 officers'.")
    ] = "",
    formula: Annotated[
        str, typer.Option(help="How it is worked out instead, such as 'psus × officers × depth'.")
    ] = "",
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--input", help="An input with its unit, such as 'psus=17 PSUs'; may be repeated."
        ),
    ] = None,
    base: Annotated[str, typer.Option(help="On which base, such as funded establishment.")] = "",
    owner: Annotated[str, typer.Option(help="The post that answers for it.")] = "",
    due: Annotated[
        str, typer.Option(help="The day by which it is to be reached; kept up if left out.")
    ] = "",
    answers: Annotated[
        str, typer.Option(help="The requirement it answers: spr-2023/public-disorder/command.")
    ] = "",
    tier: Annotated[
        str, typer.Option(help=f"At which tier it is promised: {', '.join(TIERS)}.")
    ] = "",
    days: Annotated[
        int | None, typer.Option("--for", help="For how many days it must be kept up.")
    ] = None,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Set a target: a number, or a formula of inputs that can each be changed by decision."""
    register = open_register(ctx)
    commitment = Commitment(
        edition=named("edition", targets),
        code=code,
        text=text,
        scope=party(body),
        measure=named("measure", measure),
        target=_amount(number) if number else None,
        formula=formula,
        inputs=tuple(map(_input, given or ())),
        base=base,
        owner=party(owner) if owner else None,
        due=day(due) if due else None,
        answers=named("expectation", answers) if answers else None,
        tier=tier,
        days=days,
    )
    entry = commit(register, commitment, by=speaker(register, by, holder))
    typer.echo(f"Entry {entry.seq:,}: {entry.subject}")


def _amount(text: str) -> Amount:
    value, unit = _number(text, "'1326 officers'")
    return checked(partial(Amount, value=value, unit=unit), "target")  # type: ignore[type-var]


def _number(text: str, such: str) -> tuple[Decimal, str]:
    number, _, unit = text.strip().partition(" ")
    try:
        return Decimal(number.replace(",", "")), unit.strip()
    except InvalidOperation as reason:
        raise DefinitionRefused(
            f"{text!r} is no number with its unit", expected=f"NUMBER UNIT, such as {such}"
        ) from reason


def _input(text: str) -> Input:
    name, _, rest = text.partition("=")
    value, unit = _number(rest, "psus=17 PSUs")
    held = partial(Input, name=name.strip(), value=value, unit=unit)
    return checked(held, "target")  # type: ignore[type-var]


@app.command()
def show(
    ctx: typer.Context,
    requirement: Asked,
    body: Annotated[
        str, typer.Option("--body", help="The body it is asked of, where it binds all alike.")
    ] = "",
    as_at: Until = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """Show a target, how it is worked out, and how far what was observed is from it."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    entry = view.one(named("expectation", requirement))
    value: Expectation = entry.value
    scope = party(body) if body else value.scope
    told = [target_of(view, entry, scope=scope).statement()]
    if scope and value.measure:
        until = day(as_at) if as_at else None
        told.append(gap_or_reason(view, entry.subject, scope, as_at=until).statement())
    tell(told, as_json=as_json)


@app.command()
def effect(
    ctx: typer.Context,
    inputs: Inputs,
    of: Annotated[
        str,
        typer.Option(help="Only of this requirement; of every one with that input if left out."),
    ] = "",
    as_at: Until = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """Show every figure that other inputs would change, before anybody agrees; nothing is kept."""
    found = effect_of(
        seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on),
        _numbers(inputs),
        expectation=named("expectation", of) if of else None,
        as_at=day(as_at) if as_at else None,
    )
    tell(found.statements(), as_json=as_json)


@app.command()
def change(
    ctx: typer.Context,
    requirement: Asked,
    inputs: Inputs,
    reason: Reason,
    proposal: Annotated[str, typer.Option(help="The proposed change that is taken by this.")] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Change inputs of a target; the decision to do so is entered with it."""
    register = open_register(ctx)
    done = change_inputs(
        register,
        named("expectation", requirement),
        _numbers(inputs),
        reason=reason,
        proposal=named("decision", proposal) if proposal else None,
        by=speaker(register, by, holder),
    )
    typer.echo(f"Entry {done.expectation.seq:,}: changed by {done.decision.subject}.")


@app.command()
def ask(
    ctx: typer.Context,
    requirement: Asked,
    inputs: Inputs,
    reason: Reason,
    decides: Annotated[
        str, typer.Option(help="Who decides; the force of the post that asks if left out.")
    ] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Ask for other inputs; the old ones stand until that is decided."""
    register = open_register(ctx)
    entry = ask_to_change(
        register,
        named("expectation", requirement),
        _numbers(inputs),
        reason=reason,
        decided_by=party(decides) if decides else None,
        by=speaker(register, by, holder),
    )
    typer.echo(f"Proposed as {entry.subject}, entry {entry.seq:,}.")


def _numbers(inputs: list[str]) -> dict[str, Decimal]:
    found = {}
    for one in inputs:
        name, _, number = one.partition("=")
        try:
            found[name.strip()] = Decimal(number.replace(",", ""))
        except InvalidOperation as reason:
            raise DefinitionRefused(
                f"{one!r} is no input with its number", expected="NAME=NUMBER, such as psus=18"
            ) from reason
    return found
