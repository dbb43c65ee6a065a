"""Ways to break each law of the register: what is entered first, and what must then be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st

from regard.core.errors import EntryRefused, RegisterDamaged
from regard.register import laws
from regard.register.entries import Speaker
from regard.register.kinds import (
    Line,
)
from register.forces import FORCES, World

Attempt = Callable[[], Any]
Prepare = Callable[[World, Any], Attempt]

force_of = st.sampled_from(FORCES)
days = st.dates(date(2015, 7, 1), date(2020, 1, 1))
SPEAKS_AT = {
    Line.DOING: "business-lead",
    Line.OVERSEEING: "spr-lead",
    Line.INDEPENDENT: "independent-reviewer",
    Line.BOARD: "board-member",
}
lines = st.sampled_from(list(SPEAKS_AT))
two_lines = st.tuples(lines, lines).filter(lambda two: two[0] is not two[1])
above_one = st.sampled_from([Line.OVERSEEING, Line.INDEPENDENT, Line.BOARD])


@dataclass(frozen=True)
class Breach:
    """One way to break a law.

    Attributes:
        number: The invariant, or 0 for a law that is none of the fifteen.
        law: The law that refuses it.
        drawn: What Hypothesis chooses.
        prepare: Enters what is lawful, and gives the attempt that is not.
    """

    number: int
    law: laws.Law
    drawn: st.SearchStrategy[Any]
    prepare: Prepare

    def __str__(self) -> str:
        return self.prepare.__name__


BREACHES: list[Breach] = []


def breaks(
    number: int, law: laws.Law, **drawn: st.SearchStrategy[Any]
) -> Callable[[Prepare], Prepare]:
    """Keep a way to break a law."""

    def keep(prepare: Prepare) -> Prepare:
        held = st.fixed_dictionaries({"force": force_of, **drawn})
        BREACHES.append(Breach(number, law, held, prepare))
        return prepare

    return keep


@contextmanager
def switched_off(law: laws.Law) -> Iterator[None]:
    """Laws without that one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(laws, "FOR_ALL", tuple(one for one in laws.FOR_ALL if one is not law))
        kinds = {
            kind: tuple(one for one in held if one is not law)
            for kind, held in laws.BY_KIND.items()
        }
        patch.setattr(laws, "BY_KIND", kinds)
        yield


def is_refused(attempt: Attempt) -> bool:
    """Whether an attempt is refused as breaking a law, and not by the database beneath."""
    try:
        attempt()
    except EntryRefused:
        return True
    except RegisterDamaged:
        return False
    return False


def enters(world: World, value: Any, subject: str, by: Speaker, **how: Any) -> Attempt:
    return lambda: world.enter(value, subject, by, **how)
