"""How commands name editions, rounds, requirements and cells, with or without their kind."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from regard.assurance.cells import Key, requirements_of
from regard.assurance.lineage import WHOLE, aspects_of
from regard.cli.speaking import party
from regard.core.errors import DefinitionRefused, NotKnown
from regard.library.shelf import Library, library
from regard.register.entries import Entry
from regard.register.kinds.frame import Cycle
from regard.register.kinds.reading import kind_named
from regard.register.kinds.values import Line
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of

S = TypeVar("S", bound=StrEnum)

OWN = "library"  # the folder of the data folder in which a force keeps editions of its own

RoundName = Annotated[str, typer.Argument(help="The round, such as 2014-q4.", metavar="ROUND")]
Requirement = Annotated[
    str,
    typer.Argument(help="The requirement, such as public-order/psu-commitment."),
]
Under = Annotated[
    str, typer.Option(help="The C, such as capacity; left out where the round has one.")
]
Body = Annotated[
    str, typer.Option("--body", help="The body; left out where the round is about one.")
]

Reason = Annotated[str, typer.Option(help="Why, in the post's words.")]
Marked = Annotated[str, typer.Option("--marking", help="How closely it is held.")]


def shelf(ctx: typer.Context) -> Library:
    """What Regard ships, with a force's own folder `library` of the data folder.

    Raises:
        DefinitionRefused: a file of the library breaks a rule.
    """
    own = Path(ctx.obj) / OWN
    return library(own) if own.is_dir() else library()


def named(kind: str, text: str) -> str:
    """A subject of a kind, as a command names it: with or without the kind.

    Raises:
        DefinitionRefused: the name is no path.
    """
    return subject_of(kind, *text.removeprefix(f"{kind}:").split("/"))


def subject_named(text: str, kind: str) -> str:
    """A subject, as a command names it: with its kind, or without for the usual one.

    Args:
        text: Such as `concern:west-midlands/shields`, or `actions/shields`.
        kind: The kind that is meant where none is named.

    Raises:
        DefinitionRefused: it is no path, or its kind is none of the register's.
    """
    named_kind, colon, path = text.partition(":")
    if not colon:
        return named(kind, text)
    kind_named(named_kind)
    return subject_of(named_kind, *path.split("/"))


def whole_subject(text: str) -> str:
    """A subject that must say its kind, for the command takes any.

    Raises:
        DefinitionRefused: it says none, or is no path.
        NotKnown: its kind is none of the register's.
    """
    if ":" not in text:
        raise DefinitionRefused(
            f"{text!r} does not say of which kind it is",
            expected="KIND:PATH, such as party:acc-security",
            next_step="list what there is with: regard register list KIND",
        )
    return subject_named(text, "")


def chosen(text: str, of: type[S], what: str) -> S:
    """One of a closed list, as a command names it.

    Raises:
        NotKnown: it is none of them.
    """
    known = [str(one.value) for one in of]
    if text not in known:
        raise NotKnown(what, text, known)
    return of(text)


def line_of(number: int) -> Line:
    """A line at which a post speaks of what another does.

    Raises:
        DefinitionRefused: there is no such line, or it is that of the owner.
    """
    if number not in (2, 3, 0):
        raise DefinitionRefused(
            f"line {number} cannot say so", expected="a higher line than the owner's: 2, 3 or 0"
        )
    return Line(number)


def body_of(round_: Entry[Cycle], body: str) -> str:
    """The body that a command names, or the only one of a round.

    Raises:
        DefinitionRefused: none is named, and the round is about several.
        NotKnown: the round is not about it.
    """
    scopes = round_.value.scopes
    if not body and len(scopes) == 1:
        return scopes[0]
    if not body:
        raise DefinitionRefused(
            f"{round_.subject} is about {len(scopes)} bodies and none is named",
            expected=f"--body with one of {', '.join(path_of(one) for one in scopes[:12])}",
        )
    found = party(body)
    if found not in scopes:
        raise NotKnown(f"body of {round_.subject}", body, [path_of(one) for one in scopes])
    return found


def requirement_of(view: View, round_: Entry[Cycle], text: str) -> Entry[Any]:
    """A requirement or heading of a round, by its code or its whole path.

    Raises:
        NotKnown: the round has none of that name.
        DefinitionRefused: several of its editions have one.
    """
    held = requirements_of(view, round_.value)
    wanted = text.removeprefix("expectation:")
    found = [one for one in held.values() if wanted in (one.value.code, path_of(one.subject))]
    if not found:
        raise NotKnown("requirement", text, [one.value.code for one in held.values()])
    if len(found) > 1:
        raise DefinitionRefused(
            f"{text} stands in {' and '.join(path_of(one.value.edition) for one in found)}",
            expected=f"the whole path, such as {path_of(found[0].subject)}",
        )
    return found[0]


def cell_of(view: View, round_: Entry[Cycle], requirement: str, under: str, body: str) -> Key:
    """A cell of a round, as a command names it.

    Raises:
        NotKnown: the round has no such requirement, C or body.
        DefinitionRefused: no C or body is named where there are several.
    """
    found = requirement_of(view, round_, requirement)
    offered = [one for one in aspects_of(found.value) if one in (*round_.value.aspects, WHOLE)]
    if not under and len(offered) != 1:
        raise DefinitionRefused(
            f"{requirement} is judged under {len(offered)} Cs and none is named",
            expected=f"--under with one of {', '.join(offered)}",
        )
    if under and under not in offered:
        raise NotKnown(f"C of {requirement}", under, offered)
    return Key(body_of(round_, body), found.subject, under or offered[0])
