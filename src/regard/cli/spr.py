"""`regard paper spr` and what follows it: propose, issue, write again, trace, withhold, publish."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from regard.assurance.proposals import propose as propose_decision
from regard.board.kept_papers import again as write_again
from regard.board.kept_papers import why
from regard.board.promise_files import promises_in
from regard.board.publication import publish_paper
from regard.board.publication import withhold as withhold_item
from regard.board.registering import FILES, draft_spr_paper, issue_spr_paper
from regard.board.spr.gathering import Brief
from regard.cli.naming import Reason, RoundName, body_of, named, requirement_of
from regard.cli.nouns import noun
from regard.cli.output import AsJson, Formats, Shape, day, disk_refusals, show
from regard.cli.speaking import (
    By,
    Holder,
    KnownAt,
    TrueOn,
    open_register,
    party,
    seen,
    speaker,
)
from regard.core.errors import DefinitionRefused
from regard.library.labels import ENGLISH
from regard.papers.writing import FORMATS, Written
from regard.register.kinds.reading import checked
from regard.register.kinds.speech import Act, Withheld

app = noun()

Paper = Annotated[
    str,
    typer.Argument(
        help="The paper as the register names it, such as west-midlands/assurance/2014-q4.",
        metavar="DOCUMENT",
    ),
]
Out = Annotated[
    Path | None, typer.Option(help="The folder to write into; `papers` of the data folder.")
]
Body = Annotated[
    str, typer.Option("--body", help="The body; left out where the round is about one.")
]


To = Annotated[str, typer.Option(help="The board it is put to, as the register names it.")]
HeldOn = Annotated[str, typer.Option(help="The day of the meeting: 2015-02-03.")]
Issue = Annotated[
    bool, typer.Option("--issue", help="Enter it as issued; without it, write a draft.")
]
Promises = Annotated[
    Path | None, typer.Option(help="A TOML file of what the paper promises by a day.")
]
ReportOf = Annotated[
    str, typer.Option(help="The post that puts it to the board; the chief officer's if left out.")
]
Title = Annotated[str, typer.Option(help="Its title; made from the editions if left out.")]
Item = Annotated[str, typer.Option(help="Its line on the agenda, such as 7a.")]
Named = Annotated[
    str, typer.Option(help="Its name in the register; made from body and round if left out.")
]


Language = Annotated[
    str,
    typer.Option(
        help="The language of its headings, and of the levels in its tables: en, or cy for Welsh. "
        "What was written and what is computed stands as it was said."
    ),
]


@app.command()
def spr(
    ctx: typer.Context,
    name: RoundName,
    to: To,
    held_on: HeldOn,
    body: Body = "",
    issue: Issue = False,
    promises: Promises = None,
    report_of: ReportOf = "",
    title: Title = "",
    item: Item = "",
    document: Named = "",
    language: Language = ENGLISH,
    by: By = "",
    holder: Holder = "",
    out: Out = None,
    formats: Formats = None,
    as_json: AsJson = False,
) -> None:
    """Write the assurance paper of a round: a draft, or with --issue the one that is entered."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    view = register.view(who)
    round_ = view.one(named("cycle", name))
    scope = body_of(round_, body)
    brief = Brief(
        to=party(to),
        held_on=day(held_on),
        document=named("document", document) if document else "",
        report_of=party(report_of) if report_of else "",
        title=title,
        agenda_item=item,
        promised=promises_in(promises, scope) if promises else (),
        language=language,
    )
    given: dict[str, Any] = {
        "brief": brief,
        "by": who,
        "folder": out or Path(ctx.obj) / FILES,
        "formats": formats or FORMATS,
    }
    with disk_refusals():
        if not issue:
            paper, files = draft_spr_paper(register, round_.subject, scope, **given)
            said = f"{paper.title.title}\n{paper.banner}\nNothing was entered."
        else:
            done = issue_spr_paper(register, round_.subject, scope, **given)
            files = done.files
            said = (
                f"{done.paper.title.title}\nIssued as {done.entry.subject}, entry "
                f"{done.entry.seq:,}, from {done.paper.position}.\nDecisions that it proposes: "
                f"{len(done.recommendations)}. Promises by a day: {len(done.promises)}."
            )
    _say(said, files, as_json=as_json)


@app.command()
def propose(
    ctx: typer.Context,
    name: RoundName,
    text: Annotated[str, typer.Argument(help="The words of the recommendation.")],
    decides: Annotated[str, typer.Option(help="The post or board that is to decide.")],
    reason: Reason,
    about: Annotated[
        str, typer.Option(help="The requirement or heading it belongs to, such as public-order.")
    ] = "",
    act: Annotated[
        str, typer.Option(help="What is asked: note, approve, support, accept...")
    ] = Act.NOTE.value,
    body: Body = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Propose a decision of a round; its paper puts it to the board as a recommendation."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    view = register.view(who)
    round_ = view.one(named("cycle", name))
    if act not in [one.value for one in Act]:
        raise DefinitionRefused(
            f"{act!r} is nothing that a board does", expected=", ".join(one.value for one in Act)
        )
    entry = propose_decision(
        register,
        Act(act),
        text=text,
        reason=reason,
        decided_by=party(decides),
        by=who,
        about=requirement_of(view, round_, about).subject if about else None,
        scope=body_of(round_, body),
        cycle=round_.subject,
    )
    typer.echo(f"Proposed as {entry.subject}, entry {entry.seq:,}.")


@app.command()
def again(
    ctx: typer.Context,
    document: Paper,
    by: By = "",
    holder: Holder = "",
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write an issued paper again, in the bytes in which it was issued."""
    register = open_register(ctx)
    view = register.view(speaker(register, by, holder))
    with disk_refusals():
        files = write_again(view, named("document", document), out or Path(ctx.obj) / FILES)
    _say("The same bytes as when it was issued.", files, as_json=as_json)


@app.command()
def trace(
    ctx: typer.Context,
    figure: Annotated[
        str, typer.Argument(help="The small number that stands beside it in the paper, such as 12.")
    ],
    document: Annotated[
        str, typer.Option(help="The paper as the register names it.", metavar="DOCUMENT")
    ],
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
    as_json: AsJson = False,
) -> None:
    """Say why a paper says a figure: what it stands on, down to entries and their evidence."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    steps = why(view, named("document", document), figure)
    if as_json:
        rows = [
            {"depth": one.depth, "entry": one.seq, "subject": one.subject, "says": one.told}
            for one in steps
        ]
        show(rows, shape=Shape.JSON)
    else:
        typer.echo("\n".join(map(str, steps)))


@app.command()
def withhold(
    ctx: typer.Context,
    document: Paper,
    item: Annotated[
        str,
        typer.Argument(
            help="An entry by its subject, of which nothing is to be public; or a block of the "
            "paper, such as paragraph-12."
        ),
    ],
    ground: Annotated[str, typer.Option(help="The ground, such as a section of an Act.")],
    until: Annotated[str, typer.Option(help="The last day of the ground.")],
    challenge: Annotated[str, typer.Option(help="How a reader can challenge it.")],
    reason: Reason,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Decide to withhold an item from the public version of an issued paper."""
    register = open_register(ctx)
    told = partial(Withheld, item=item, ground=ground, until=day(until), challenge=challenge)
    held = checked(told, "decision")  # type: ignore[type-var]
    entry = withhold_item(
        register,
        named("document", document),
        held,
        reason=reason,
        by=speaker(register, by, holder),
    )
    typer.echo(f"Decided as {entry.subject}, entry {entry.seq:,}.")


@app.command()
def publish(
    ctx: typer.Context,
    document: Paper,
    by: By = "",
    holder: Holder = "",
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Publish an issued paper, without what was decided to be withheld."""
    register = open_register(ctx)
    with disk_refusals():
        done = publish_paper(
            register,
            named("document", document),
            by=speaker(register, by, holder),
            folder=out or Path(ctx.obj) / FILES,
        )
    said = (
        f"Published as {done.entry.subject}, entry {done.entry.seq:,}; decisions that withhold "
        f"something: {len(done.redactions)}."
    )
    _say(said, done.files, as_json=as_json)


def _say(said: str, files: tuple[Written, ...], *, as_json: bool) -> None:
    if as_json:
        show([one.row() for one in files], shape=Shape.JSON)
    else:
        typer.echo("\n".join((said, *(f"  {one.path}" for one in files))))
