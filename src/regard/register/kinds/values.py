"""What the fourteen kinds are made of: a frozen base, amounts, windows and closed sets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from enum import IntEnum, StrEnum
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True)]
"""Words that somebody must give; spaces alone are none."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._/-]*$", max_length=120)]
"""A code from a scheme, such as `public-order`."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal letters."""


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        raise ValueError(f"{value!r} is a binary fraction; write the number as text or Decimal")
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str):
        try:
            return Decimal(value)
        except InvalidOperation as refusal:
            raise ValueError(f"{value!r} is not a number") from refusal
    return value


Number = Annotated[Decimal, BeforeValidator(_exact)]
"""An exact decimal number; a binary fraction is refused, for it has no one way of being written."""


class Line(IntEnum):
    """At which line of defence a post speaks."""

    BOARD = 0
    DOING = 1
    OVERSEEING = 2
    INDEPENDENT = 3


class Value(BaseModel):
    """A frozen, validated piece of an entry.

    Every default means *nothing was said*; a body leaves defaults out, so no default may ever
    come to mean anything else.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class FacetValue(Value):
    """What one form of an entry has that others do not; its type is always written down."""

    @model_serializer(mode="wrap")
    def _with_its_type(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"type": getattr(self, "type", ""), **handler(self)}


class Facets(NamedTuple):
    """By what entries of a kind are found. They belong to the subject and never change.

    Attributes:
        scope: The body or area it is about.
        about: The subject it is about or belongs to.
        cycle: The round in which it was said.
        edition: The edition it stands in.
    """

    scope: str = ""
    about: str = ""
    cycle: str = ""
    edition: str = ""


class Kind(Value):
    """One of the fourteen kinds of entry.

    Attributes:
        kind: Its name, as a subject begins.
    """

    kind: ClassVar[str]

    def facets(self) -> Facets:
        """By what the entry is found."""
        return Facets()

    def names(self) -> tuple[tuple[str, str], ...]:
        """The subjects that the entry names, each with the type of the link."""
        return ()


class Window(Value):
    """Days from one to another, both within; None is open."""

    start: date | None = None
    end: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"it ends on {self.end}, before it starts on {self.start}")
        return self

    def holds(self, day: date) -> bool:
        """Whether a day lies within."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def meets(self, other: Window) -> bool:
        """Whether two windows share a day."""
        return not (
            (self.end is not None and other.start is not None and self.end < other.start)
            or (other.end is not None and self.start is not None and other.end < self.start)
        )


class Amount(Value):
    """A number with its unit, and the range within which the truth lies if it is an estimate.

    Attributes:
        value: The number.
        unit: Its unit, such as `PSUs` or `%`.
        low, high: The ends of the range; both or none.
        level: How often such a range holds the truth, in per cent.
        approximate: Whether the source says *about*.
    """

    value: Number
    unit: Words
    low: Number | None = None
    high: Number | None = None
    level: Number | None = None
    approximate: bool = False

    @model_validator(mode="after")
    def _whole_range(self) -> Amount:
        if (self.low is None) != (self.high is None):
            raise ValueError(f"a range has two ends, and low is {self.low}, high is {self.high}")
        if self.low is not None and self.high is not None and not self.low <= self.high:
            raise ValueError(f"the range runs from {self.low} down to {self.high}")
        return self

    def __str__(self) -> str:
        number = f"{self.value:,f}"
        apart = "" if self.unit == "%" else " "
        return f"{'about ' if self.approximate else ''}{number}{apart}{self.unit}"


class Input(Value):
    """A number that a formula takes, by its name.

    Attributes:
        name: As the formula writes it.
        value: The number.
        unit: Its unit.
        source: Where it comes from.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
    value: Number
    unit: Words
    source: str = ""


class Absent(StrEnum):
    """Why there is no level: four different things, never one blank."""

    NOT_APPLICABLE = "not applicable"
    NOT_ASSESSED = "not assessed"
    NOT_MEASURED = "not measured"
    WITHHELD = "withheld"


class Confidence(StrEnum):
    """How sure a post is of its own judgement."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Wording(StrEnum):
    """How words stand to their source."""

    QUOTED = "quoted"
    PARAPHRASED = "paraphrased"
    FROM_MEMORY = "from memory"  # to be confirmed against the source


class LinkType(StrEnum):
    """The closed list of links between entries."""

    ANSWERS = "answers"
    THREATENS = "threatens"
    CITES = "cites"
    RAISED_BY = "raised by"
    CREATES = "creates"
    CONCERNS = "concerns"
    SAME_AS = "same as"
    SUPERSEDES = "supersedes"
    AT_THE_EXPENSE_OF = "met at the expense of"
    DEPARTS_FROM = "departs from"
    DEPENDS_ON = "depends on"


NAMES = "names"
"""How a projection calls what an entry names in passing, such as a parent or a measure."""
