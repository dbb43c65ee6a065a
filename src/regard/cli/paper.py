"""`regard paper`: board papers written from the records, and the checking of existing ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from regard.board.demonstration import claims_said
from regard.board.issuing import issue_performance_paper, plan_for
from regard.cli.nouns import noun
from regard.cli.output import (
    AsJson,
    Formats,
    KnownAt,
    ProgressBar,
    Shape,
    day,
    disk_refusals,
    instant,
    known_measures,
    show,
)
from regard.cli.speaking import open_register
from regard.core.errors import DefinitionRefused, FileUnreadable
from regard.papers.claims import Checked, check_claims, load_claims
from regard.papers.findings import Finding
from regard.papers.writing import FORMATS
from regard.plan.model import Plan
from regard.plan.registered import registered_plan
from regard.register.access import EVERYTHING
from regard.signals.methods import BY_KIND

ELSEWHERE = dict.fromkeys(("spr", "propose", "again", "trace", "withhold", "publish"), "spr")

app = noun(ELSEWHERE)


@app.command()
def performance(
    ctx: typer.Context,
    as_at: Annotated[str, typer.Option(help="The day to which the paper is true: 2014-03-14.")],
    plan: Annotated[
        Path | None, typer.Option(help="A plan file; without one, police.uk's categories.")
    ] = None,
    registered: Annotated[
        str, typer.Option(help="A plan of the register, by its id, instead of a file.")
    ] = "",
    area: Annotated[
        str, typer.Option(help="A force, or force/local-area; the plan's own if left out.")
    ] = "",
    known_at: KnownAt = "",
    out: Annotated[
        Path | None, typer.Option(help="The folder to write into; `papers` of the data folder.")
    ] = None,
    formats: Formats = None,
    method: Annotated[
        str,
        typer.Option(help="How series are read; nhs-making-data-count gives its rules and icons."),
    ] = BY_KIND,
    as_json: AsJson = False,
) -> None:
    """Write the performance paper of a plan, in HTML, DOCX, ODT and tagged PDF."""
    on = day(as_at)
    with disk_refusals(), ProgressBar() as progress:
        issued = issue_performance_paper(
            ctx.obj,
            _plan(ctx, plan, registered, area, on, known_at),
            as_at=on,
            area=area,
            folder=out,
            formats=formats or FORMATS,
            known_at=instant(known_at),
            known=known_measures(ctx),
            method=method,
            progress=progress,
        )
    if as_json:
        rows = [
            {"format": one.format, "file": one.path, "sha256": one.sha256, "bytes": one.size}
            for one in issued.files
        ]
        show(rows, shape=Shape.JSON)
    else:
        typer.echo("\n".join(issued.said()))


def _plan(
    ctx: typer.Context, file: Path | None, registered: str, area: str, on: date, known_at: str
) -> Plan:
    """The plan of a file or of the register, as the register had it at that instant."""
    if not registered:
        return plan_for(file, area, on)
    if file is not None:
        raise DefinitionRefused(
            f"two plans are given: {file} and {registered} of the register",
            expected="one of --plan and --registered",
            next_step="leave one out",
        )
    view = open_register(ctx).view(EVERYTHING, known_at=instant(known_at))
    return registered_plan(view, registered)


@app.command()
def check(
    claims: Annotated[Path, typer.Argument(help="A file of the claims that a paper prints.")],
    text: Annotated[
        Path | None, typer.Option(help="The paper's own text, for what it lists.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Recompute what an existing paper prints, and report what does not add up."""
    words = _words(text) if text else None
    checked = check_claims(load_claims(claims).claims, text=words)
    if as_json:
        show([_row(one, found) for one in checked for found in one.findings], shape=Shape.JSON)
    else:
        typer.echo("\n".join(claims_said(checked)))


def _words(text: Path) -> str:
    try:
        return text.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileUnreadable(
            f"{text} cannot be read: {reason}", expected="the paper's text, in UTF-8"
        ) from error


def _row(one: Checked, found: Finding) -> dict[str, Any]:
    return {
        "claim": one.claim.id,
        "at": one.claim.at,
        "prints": one.claim.says,
        "relation": found.relation,
        "verdict": found.verdict,
        "recomputed": found.value,
        "unit": found.unit,
        "says": found.says,
    }
