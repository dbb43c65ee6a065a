"""`regard register`: its verbs that keep the journal: verify, prove, copy out and back, witness."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from regard.cli.nouns import noun
from regard.cli.output import AsJson, ProgressBar, disk_refusals, shape_of, show, write_or_show
from regard.cli.speaking import By, Holder, open_register, seen, speaker
from regard.core.errors import DefinitionRefused, RegisterDamaged
from regard.register.backing_up import back_up
from regard.register.backing_up import restore as restore_backup
from regard.register.exporting import export_register
from regard.register.importing import import_register
from regard.register.proofs import Refused
from regard.register.proofs import check as check_proof
from regard.register.proving import prove as prove_entry
from regard.register.proving import prove_growth
from regard.register.rebuilding import rebuild as rebuild_projections
from regard.register.signing import new_key
from regard.register.verifying import verify as verify_register
from regard.register.witnessing import printed_heads
from regard.register.witnessing import witness as witness_head

app = noun()
Head = Annotated[str, typer.Option(help='A head as it was printed, such as "131 · 3f9a1c2b77de".')]
Out = Annotated[Path | None, typer.Option(help="A new file; shown if left out.")]


@app.command()
def verify(
    ctx: typer.Context,
    projections: Annotated[
        bool, typer.Option("--projections", help="Compare the tables made of the journal too.")
    ] = False,
    head: Annotated[
        list[str] | None,
        typer.Option(help='A printed head, such as "131 · 3f9a1c2b77de"; may be repeated.'),
    ] = None,
    witness: Annotated[Path | None, typer.Option(help="A witness file.")] = None,
    key: Annotated[str, typer.Option(help="The public key of the witness file.")] = "",
) -> None:
    """Read the whole journal, work every hash out anew, and name the first bad entry."""
    with ProgressBar() as progress:
        found = verify_register(
            open_register(ctx),
            projections=projections,
            heads=head or (),
            witness=witness,
            key=key,
            progress=progress,
        )
    typer.echo("\n".join(found.said()))
    found.must_be_whole()


@app.command()
def prove(
    ctx: typer.Context,
    seq: Annotated[int | None, typer.Argument(help="The number of the entry.")] = None,
    start: Annotated[
        int | None,
        typer.Option("--from", help="Prove instead that the journal of so many entries grew."),
    ] = None,
    size: Annotated[
        int | None, typer.Option("--head", help="Under the head of so many entries; of all.")
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="Give the words too, for whoever holds the proof.")
    ] = False,
    out: Out = None,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Write a proof that a third party checks alone: of an entry, or that the journal only grew."""
    if (seq is None) == (start is None):
        raise DefinitionRefused(
            f"one thing is proved at a time, and entry {seq} and --from {start} were named",
            expected="the number of an entry, or --from",
        )
    register = open_register(ctx)
    if start is not None:
        write_or_show(prove_growth(register, start, size=size).as_json(), out)
    elif seq is not None:
        view = seen(register, by, holder)
        write_or_show(prove_entry(register, view, seq, size=size, words=words).as_json(), out)


@app.command()
def check(
    proof: Annotated[Path, typer.Argument(help="A proof, as `register prove` writes it.")],
    head: Head = "",
    earlier: Annotated[str, typer.Option(help="The earlier head, of a proof about two.")] = "",
) -> None:
    """Check a proof; it needs no register. `check_proof.py` does the same without Regard."""
    with disk_refusals():
        found = check_proof(proof.read_bytes(), head=head or None, earlier=earlier or None)
    if isinstance(found, Refused):
        raise RegisterDamaged(
            f"{proof.name}: {found}",
            expected="a proof whose path leads to the head",
            next_step="compare the head with an issued paper, and ask for the proof anew",
        )
    typer.echo(str(found))


@app.command()
def export(ctx: typer.Context, out: Out = None) -> None:
    """Write the whole journal as JSON lines, words and salts included, into a file or to a pipe."""
    with ProgressBar() as progress:
        told = export_register(open_register(ctx), out, sys.stdout.buffer, progress=progress)
    typer.echo(told, err=True)


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON lines, as `register export` writes them.")],
) -> None:
    """Bring an export into a folder or database that holds no register: all of it or nothing."""
    with ProgressBar() as progress:
        brought = import_register(file, Path(ctx.obj), progress=progress)
    typer.echo("\n".join(brought.said()))


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file, such as register-2026-11-22.backup.")],
) -> None:
    """Write the whole register into one file with its own SHA-256."""
    with ProgressBar() as progress:
        typer.echo("\n".join(back_up(open_register(ctx), file, progress=progress).said()))


@app.command()
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup.")],
) -> None:
    """Bring a backup into a folder or database that holds no register, verified before it shows."""
    with ProgressBar() as progress:
        brought = restore_backup(file, Path(ctx.obj), progress=progress)
    typer.echo("\n".join(brought.said()))


@app.command()
def rebuild(ctx: typer.Context) -> None:
    """Make the tables by which entries are found from zero, out of the journal."""
    with ProgressBar() as progress:
        told = rebuild_projections(open_register(ctx), progress=progress).said()
    typer.echo("\n".join(told))


@app.command()
def heads(ctx: typer.Context, by: By = "", holder: Holder = "", as_json: AsJson = False) -> None:
    """Show the head of the journal, and each that an issued document prints with how it stands."""
    register = open_register(ctx)
    rows = [{"where": "the journal now", "head": register.head().said, "holds": True}]
    rows += (
        {"where": one.document, "head": one.claim.said, "holds": one.claim.holds}
        for one in printed_heads(register, speaker(register, by, holder))
    )
    show(rows, shape=shape_of(as_json=as_json))


@app.command()
def key(
    file: Annotated[Path, typer.Argument(help="A new file that only its owner may read.")],
) -> None:
    """Make a key that signs heads, and show its public half for whoever checks them."""
    typer.echo(new_key(file))


@app.command()
def witness(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The witness file, kept by somebody else.")],
    key: Annotated[Path, typer.Option(help="The file of the signing key.")],
) -> None:
    """Sign the head of the journal and add it to a witness file."""
    typer.echo(f"Added to {file}: {witness_head(open_register(ctx), file, key)}.")
