"""What an entry is about, as one line of text: a kind and a path."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import StringConstraints

from regard.core.errors import DefinitionRefused

_PART = r"[a-z0-9][a-z0-9._-]*"
PATH = rf"{_PART}(?:/{_PART})*"
LONGEST = 200  # characters of a subject; an index of either database holds it whole

Subject = Annotated[str, StringConstraints(pattern=rf"^[a-z]+:{PATH}$", max_length=LONGEST)]
"""The subject of an entry of any kind, such as `concern:custody-capacity`."""

PartySubject = Annotated[str, StringConstraints(pattern=rf"^party:{PATH}$", max_length=LONGEST)]
"""A body, post or holder, such as `party:west-midlands/acc-security`."""

EditionSubject = Annotated[str, StringConstraints(pattern=rf"^edition:{PATH}$", max_length=LONGEST)]
"""An edition of an instrument, such as `edition:spr-2015`."""

CycleSubject = Annotated[str, StringConstraints(pattern=rf"^cycle:{PATH}$", max_length=LONGEST)]
"""A round, such as `cycle:2014-q4`."""

MeasureSubject = Annotated[str, StringConstraints(pattern=rf"^measure:{PATH}$", max_length=LONGEST)]
"""A measure, such as `measure:level-2-trained`."""

_WHOLE = re.compile(rf"[a-z]+:{PATH}")


def subject_of(kind: str, *path: str) -> str:
    """A subject from its kind and the parts of its path.

    Raises:
        DefinitionRefused: a part holds something else than small letters, digits, `.`, `_`, `-`.

    Example:
        >>> subject_of("judgement", "2014-q4", "public-order", "capacity")
        'judgement:2014-q4/public-order/capacity'
    """
    made = f"{kind}:{'/'.join(path)}"
    if not _WHOLE.fullmatch(made) or len(made) > LONGEST:
        raise DefinitionRefused(
            f"{made!r} is not a subject",
            expected=f"{kind}:part/part of small letters, digits, `.`, `_` and `-`, "
            f"at most {LONGEST} characters",
        )
    return made


def kind_of(subject: str) -> str:
    """The kind that a subject names."""
    return subject.partition(":")[0]


def path_of(subject: str) -> str:
    """A subject without its kind: `spr-2015/units` of `expectation:spr-2015/units`."""
    return subject.partition(":")[2]


_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Words as one part of a path: `Public Order (POPS)` becomes `public-order-pops`.

    Raises:
        DefinitionRefused: the words hold no letter and no digit.
    """
    made = _OTHER.sub("-", text.lower()).strip("-")
    if not made:
        raise DefinitionRefused(
            f"{text!r} holds no letter and no digit", expected="words a subject can be named by"
        )
    return made
