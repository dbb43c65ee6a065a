"""`regard judge evidence`, `retract` and `measure`: what judgements rest on."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from regard.assurance.evidence import Piece, add
from regard.assurance.evidence import retract as retract_evidence
from regard.cli.naming import Marked, Reason, named
from regard.cli.nouns import noun
from regard.cli.output import day
from regard.cli.speaking import By, Holder, open_register, party, speaker
from regard.core.errors import DefinitionRefused, shown
from regard.core.markings import Marking
from regard.register.kinds.frame import Measure
from regard.register.kinds.reading import made
from regard.register.kinds.values import Amount

app = noun()


@app.command()
def evidence(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="What was found, in words.")],
    body: Annotated[str, typer.Option("--body", help="The body it is about.")],
    collected: Annotated[str, typer.Option(help="The day on which it was found.")],
    expires: Annotated[
        str, typer.Option(help="The day after which it no longer counts; never if left out.")
    ] = "",
    topic: Annotated[str, typer.Option(help="What it is about, in a few words.")] = "",
    measure: Annotated[str, typer.Option(help="What was measured: see regard judge measure.")] = "",
    amount: Annotated[str, typer.Option(help="How much, such as 1193.")] = "",
    unit: Annotated[str, typer.Option(help="Its unit, such as officers.")] = "",
    base: Annotated[str, typer.Option(help="On which base, such as funded establishment.")] = "",
    basis: Annotated[
        str, typer.Option(help="actual, estimate, exercise or document; found out if left out.")
    ] = "",
    document: Annotated[str, typer.Option(help="What the document is called.")] = "",
    place: Annotated[str, typer.Option(help="Where in the document.")] = "",
    file: Annotated[
        Path | None, typer.Option(help="The document itself; its digest is kept.")
    ] = None,
    marking: Marked = "OFFICIAL",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Add a piece of evidence: a fact, a figure or a document, with its days."""
    if not (measure or topic) and not any(one.isascii() and one.isalnum() for one in text[:60]):
        raise DefinitionRefused(
            f"{shown(text)} holds nothing by which the evidence could be called",
            expected="--topic with a few words in plain letters, such as mobilisation-plan",
        )
    register = open_register(ctx)
    piece = Piece(
        text=text,
        scope=party(body),
        collected=day(collected),
        expires=day(expires) if expires else None,
        topic=topic,
        measure=named("measure", measure) if measure else "",
        amount=Amount(value=_number(amount), unit=unit or "persons") if amount else None,
        base=base,
        basis=basis,
        document=document,
        place=place,
        file=file,
        marking=Marking.parse(marking),
    )
    entry = add(register, piece, by=speaker(register, by, holder))
    typer.echo(f"Entry {entry.seq}: {entry.subject}")


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as reason:
        raise DefinitionRefused(
            f"{text!r} is not a number", expected="a number such as 1193 or 95.5"
        ) from reason


@app.command()
def retract(
    ctx: typer.Context,
    observation: Annotated[str, typer.Argument(help="The piece of evidence, by its subject.")],
    reason: Reason,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Say that a piece of evidence was wrong: it stays in the journal and counts no more."""
    register = open_register(ctx)
    entry = retract_evidence(
        register,
        named("observation", observation),
        reason=reason,
        by=speaker(register, by, holder),
    )
    typer.echo(f"Entry {entry.seq}: {entry.subject} counts no more.")


@app.command()
def measure(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="A short name, such as level-2-trained.")],
    title: Annotated[str, typer.Option(help="What is measured, in words.")],
    unit: Annotated[str, typer.Option(help="Its unit, such as officers.")],
    method: Annotated[
        str, typer.Option(help="How it is made, with its version, such as counted@1.")
    ] = "counted@1",
    better: Annotated[str, typer.Option(help="lower, higher or neither.")] = "higher",
    source: Annotated[str, typer.Option(help="Where its definition stands.")] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Enter a measure of evidence that no records count, such as trained officers."""
    register = open_register(ctx)
    value = made(Measure, name=title, unit=unit, method=method, better=better, source=source)
    entry = register.enter(value, subject=named("measure", name), by=speaker(register, by, holder))
    typer.echo(f"Entry {entry.seq}: {entry.subject}")
