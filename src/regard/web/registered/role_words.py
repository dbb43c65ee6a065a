"""What a role may do, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from regard.register.kinds.speech import Act
from regard.register.kinds.values import Line
from regard.register.roles import ALL_KINDS, ROLES, Role


@dataclass(frozen=True)
class Said:
    """A role in words.

    Attributes:
        name: Its name.
        what_for: Whose job it is.
        may: What it may do, a sentence each.
        may_not: What it may not see.
    """

    name: str
    what_for: str
    may: tuple[str, ...]
    may_not: tuple[str, ...]


def roles() -> tuple[Said, ...]:
    """Every role in words."""
    return tuple(said(one) for one in ROLES.values())


def said(role: Role) -> Said:
    """A role in words."""
    may_not = [] if role.sensitive else [gettext("read what is OFFICIAL-SENSITIVE")]
    if not role.beyond:
        may_not.append(gettext("read what belongs to other bodies"))
    return Said(role.name, role.what_for, tuple(_may(role)), tuple(may_not))


def _may(role: Role) -> Iterable[str]:
    if role.reads == ALL_KINDS:
        yield gettext("read everything of its own body")
    else:
        yield gettext("read: %(kinds)s") % {"kinds": _listed(role.reads)}
    if role.sensitive:
        yield gettext("read what is OFFICIAL-SENSITIVE")
    if role.beyond:
        yield gettext("read what belongs to other bodies")
    for line in sorted(role.lines):
        yield _judges(line, assigned=role.assigned)
    if role.enters:
        yield gettext("enter and change: %(kinds)s") % {"kinds": _listed(role.enters)}
    if role.steps_only:
        yield gettext("accept or decline a proposed step of a series")
    else:
        yield from _decides(role)
    if role.issues:
        yield gettext("issue and publish papers")
    if role.shares:
        yield gettext("enter what all bodies share, such as an edition")
    if role.erases:
        yield gettext("erase the words of an entry, lawfully and with a reason")


def _judges(line: Line, *, assigned: bool) -> str:
    lines = {
        Line.DOING: gettext("judge what the round assigns to it")
        if assigned
        else gettext("judge as the one who does the work"),
        Line.OVERSEEING: gettext("challenge and oversee judgements"),
        Line.INDEPENDENT: gettext("judge independently, from outside the line of command"),
        Line.BOARD: gettext("say whether the board is assured"),
    }
    return lines[line]


def _decides(role: Role) -> Iterable[str]:
    only = role.proposes - role.decides
    if only:
        yield gettext("propose: %(acts)s") % {"acts": _listed(only)}
    if role.decides:
        yield gettext("decide: %(acts)s") % {"acts": _listed(role.decides)}


def _listed(words: Iterable[str | Act]) -> str:
    return ", ".join(sorted(str(one) for one in words))
