"""Who speaks through the command line, in which register, and at which place on both clocks."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from regard.cli.output import day, instant
from regard.core.errors import AccessRefused, DefinitionRefused, NotKnown
from regard.register.access import EVERYTHING
from regard.register.entries import Entry, Speaker
from regard.register.kinds.frame import Party
from regard.register.posting import holders
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import subject_of

By = Annotated[
    str,
    typer.Option("--by", envvar="REGARD_POST", help="The post that speaks, such as acc-security."),
]
Holder = Annotated[
    str,
    typer.Option(
        "--holder",
        envvar="REGARD_HOLDER",
        help="The account through which the post speaks; needed only where several hold it.",
    ),
]
KnownAt = Annotated[
    str,
    typer.Option(
        "--known-at",
        help="As known at this instant, such as 2015-02-03, or up to this entry, such as 131.",
    ),
]
AsAt = Annotated[
    str, typer.Option("--as-at", help="The day on which it is looked at; today if left out.")
]
TrueOn = Annotated[
    str,
    typer.Option("--true-on", help="Only what was true on this day, such as 2015-02-03."),
]


def open_register(ctx: typer.Context) -> Register:
    """The register of the data folder, or of the database that `DATABASE_URL` names.

    Raises:
        RegisterMissing: none was founded there.
    """
    return Register.open(Path(ctx.obj))


def speaker(register: Register, by: str, holder: str = "") -> Speaker:
    """A post, through the account that holds it today.

    Args:
        register: The register.
        by: The post, with or without `party:`.
        holder: The account, the same; needed only where several hold the post.

    Raises:
        AccessRefused: no post is named, nobody or somebody else holds it today, or several do and
            none was chosen.
        NotKnown: there is no such post.
    """
    if not by:
        raise AccessRefused(
            f"no post was named (--by is {by!r}), and every word in the register is some post's",
            expected="--by POST, or REGARD_POST with the post",
            next_step="list the posts with: regard register posts",
        )
    view = register.view(EVERYTHING)
    post = _post(view, party(by))
    found = holders(view, post, register.today())
    if holder:
        chosen = party(holder)
        return Speaker(chosen, post)  # whether it holds the post is asked at every call
    if len(found) == 1:
        return Speaker(found[0], post)
    if not found:
        raise AccessRefused(
            f"nobody holds {post} today",
            expected="a post to which an account is appointed",
            next_step=f"the keeper appoints one: regard register hold {_bare(post)} ACCOUNT",
        )
    raise AccessRefused(
        f"{len(found)} accounts hold {post} today: {', '.join(map(_bare, found))}",
        expected="--holder ACCOUNT, or REGARD_HOLDER with one of them",
    )


def party(named: str) -> str:
    """The subject of a body, post or account, as a command names it: with or without `party:`.

    Raises:
        DefinitionRefused: the name is no path.
    """
    return subject_of("party", *named.removeprefix("party:").split("/"))


def known(text: str) -> datetime | int | None:
    """The place on the first clock: an instant, the number of an entry, or now.

    Raises:
        DefinitionRefused: the text is none of them.
    """
    return int(text) if text.isascii() and text.isdigit() else instant(text)


def true(text: str) -> date | None:
    """The place on the second clock: a day, or whatever is said of any day.

    Raises:
        DefinitionRefused: the text is not a day.
    """
    return day(text) if text else None


def looked_at(register: Register, text: str) -> date:
    """The day on which something is looked at: the day named, or today by the register's clock.

    Raises:
        DefinitionRefused: the text is not a day.
    """
    return day(text) if text else register.today()


def seen(
    register: Register, by: str, holder: str = "", *, known_at: str = "", true_on: str = ""
) -> View:
    """The register as a post sees it at a place on both clocks.

    Raises:
        AccessRefused, NotKnown: as `speaker` does.
        DefinitionRefused: there is no such place.
    """
    return register.view(
        speaker(register, by, holder), known_at=known(known_at), true_on=true(true_on)
    )


def _post(view: View, post: str) -> str:
    found = view.find(post)
    if found is None:
        posts = [_bare(one.subject) for one in view.all(Party) if _form(one) == "post"]
        raise NotKnown("post", _bare(post), posts)
    if _form(found) != "post":
        raise DefinitionRefused(
            f"{post} is a {_form(found)}", expected="a post, for only posts speak"
        )
    return post


def _form(entry: Entry[Party]) -> str:
    return entry.held.form if entry.held is not None else "party whose words were erased"


def _bare(subject: str) -> str:
    return subject.partition(":")[2]
