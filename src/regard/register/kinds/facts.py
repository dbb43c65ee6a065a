"""Kinds that hold demands and facts: what ought to be true, and what was found."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from regard.register.kinds.plan_facets import (
    CompositionFacet,
    DeliverableFacet,
    MilestoneFacet,
    OutcomeFacet,
    Quoted,
    WatchedFacet,
)
from regard.register.kinds.values import (
    NAMES,
    Amount,
    Code,
    Digest,
    Facets,
    FacetValue,
    Input,
    Kind,
    LinkType,
    Value,
    Window,
    Wording,
    Words,
)
from regard.register.subjects import EditionSubject, MeasureSubject, PartySubject, Subject


class TaskingFacet(FacetValue):
    """A tasking under a power: what was asked, what was offered, from when to when."""

    type: Literal["tasking"] = "tasking"
    asked: Words
    offered: str = ""
    window: Window = Window()


class RiskFacet(FacetValue):
    """How likely and how grave a risk may be, each from 1 to 5 (community risk register)."""

    type: Literal["risk"] = "risk"
    likelihood: Annotated[int, Field(ge=1, le=5)]
    impact: Annotated[int, Field(ge=1, le=5)]


class RecommendationFacet(FacetValue):
    """A recommendation received, by the number it has in its report."""

    type: Literal["recommendation"] = "recommendation"
    number: Words
    form: Literal["cause of concern", "recommendation", "area for improvement"] = "recommendation"


class PromiseFacet(FacetValue):
    """What an issued paper promised by a day, which the next paper must answer.

    Attributes:
        paper: The paper that promised it.
        at: The paragraph.
        topic: The requirement or subject it is about.
    """

    type: Literal["promise"] = "promise"
    paper: Subject
    at: Words
    topic: Subject | None = None


Facet = Annotated[
    MilestoneFacet
    | DeliverableFacet
    | OutcomeFacet
    | WatchedFacet
    | CompositionFacet
    | TaskingFacet
    | RiskFacet
    | RecommendationFacet
    | PromiseFacet,
    Field(discriminator="type"),
]
"""What one form of expectation has that others do not."""


class Expectation(Kind):
    """What ought to be true.

    Attributes:
        edition: The edition in which it stands.
        code: Its code within that edition.
        parent: The expectation of which it is a part.
        text: Its words.
        wording: How they stand to the source.
        cites: Document and place.
        mode: Whether it is to be kept up or to be reached.
        judged: Whether a post judges it.
        scale: The scale on which, with its version; only if it is judged.
        rule: The rule by which a level is suggested, with its version; only if it is judged.
        aspects: The Cs under which it is judged.
        scope: The body it binds; None for all.
        owner: The post that answers for it.
        window: When it applies; its end is the day by which it is due.
        measure: What is measured.
        target: How much of it.
        base: On which base the target stands, such as `establishment with uplift`.
        formula: How the target is worked out from the inputs.
        inputs: The numbers that the formula takes.
        sustain_for: For how many days it must be kept up.
        terms: Threats, Cs and other words it belongs to, by scheme and code.
        moved_by: The decision by which its due date was moved.
        facet: What its form has that others do not.
        said: Words of a document about it, quoted.
    """

    kind: ClassVar[str] = "expectation"

    edition: EditionSubject
    code: Code
    parent: Subject | None = None
    text: Words
    wording: Wording = Wording.QUOTED
    cites: str = ""
    mode: Literal["maintain", "achieve"] = "maintain"
    judged: bool = False
    scale: str = ""
    rule: str = ""
    aspects: tuple[Code, ...] = ()
    scope: PartySubject | None = None
    owner: PartySubject | None = None
    window: Window = Window()
    measure: MeasureSubject | None = None
    target: Amount | None = None
    base: str = ""
    formula: str = ""
    inputs: tuple[Input, ...] = ()
    sustain_for: Annotated[int, Field(ge=1)] | None = None
    terms: tuple[Code, ...] = ()
    moved_by: Subject | None = None
    facet: Facet | None = None
    said: tuple[Quoted, ...] = ()

    @model_validator(mode="after")
    def _judged_by_a_rule(self) -> Expectation:
        if self.judged and not self.scale:
            raise ValueError(f"{self.code} is judged and says no scale")
        if self.formula and not self.inputs:
            raise ValueError(f"the formula {self.formula!r} has no inputs")
        if self.inputs and not self.formula:
            raise ValueError(f"it has {len(self.inputs)} inputs and no formula")
        if self.target is not None and self.measure is None:
            raise ValueError(f"a target of {self.target} says no measure")
        return self

    def facets(self) -> Facets:
        """An expectation is found by its edition, its parent and the body it binds."""
        return Facets(scope=self.scope or "", about=self.parent or "", edition=self.edition)

    def names(self) -> tuple[tuple[str, str], ...]:
        """Its edition, parent, owner, measure and the decision that moved it."""
        held = (self.edition, self.parent, self.scope, self.owner, self.measure, self.moved_by)
        return tuple((NAMES, one) for one in held if one)


class Kept(Value):
    """A file or document kept as evidence.

    Attributes:
        name: What it is called.
        place: Where in it: a paragraph, a table.
        sha256: Digest of the file, if it is kept as one.
    """

    name: Words
    place: str = ""
    sha256: Digest | None = None


class Observation(Kind):
    """A dated fact, a piece of evidence, or a forecast.

    Attributes:
        text: What was found, in words.
        measure: What was measured.
        scope: The body or area it is about.
        amount: How much.
        missing: Why there is no amount, of a measure that has one.
        basis: Whether it was counted, estimated, worked out, exercised or foretold.
        base: On which base it stands, such as `establishment without uplift`.
        formula, inputs: How a number that was worked out is made.
        document: The document that says so.
        collected: The day on which it was found.
        expires: The day after which it no longer counts as evidence.
        foretold: The day for which a forecast is made.
        retracts: Whether it says that the observation was wrong and stands no longer.
    """

    kind: ClassVar[str] = "observation"

    text: Words
    measure: MeasureSubject | None = None
    scope: PartySubject | None = None
    amount: Amount | None = None
    missing: str = ""
    basis: Literal["actual", "estimate", "derived", "exercise", "forecast", "document"]
    base: str = ""
    formula: str = ""
    inputs: tuple[Input, ...] = ()
    document: Kept | None = None
    collected: date
    expires: date | None = None
    foretold: date | None = None
    retracts: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Observation:
        if self.expires is not None and self.expires < self.collected:
            raise ValueError(f"it expires on {self.expires}, before {self.collected}")
        if self.measure is not None and self.amount is None and not self.missing.strip():
            raise ValueError(f"{self.measure} has no amount and no reason: missing")
        if self.amount is not None and self.measure is None:
            raise ValueError(f"an amount of {self.amount} says no measure")
        if self.basis == "forecast" and self.foretold is None:
            raise ValueError(
                f"a forecast of {self.collected} says no day for which it is made: foretold"
            )
        return self

    def facets(self) -> Facets:
        """An observation is found by its measure and its scope, never by one expectation."""
        return Facets(scope=self.scope or "", about=self.measure or "")

    def names(self) -> tuple[tuple[str, str], ...]:
        """Its measure and its scope."""
        return tuple((NAMES, one) for one in (self.measure, self.scope) if one)


class Concern(Kind):
    """What stands in the way: behind us a lesson, here an issue or vulnerability, ahead a risk.

    Attributes:
        tense: `past`, `present` or `future`.
        form: What it is called.
        text: Its words.
        scope: The body it is about.
        about: The requirement it stands in the way of.
        owner: The post that answers for it.
        root_cause: What it comes from.
        aspect: The C it weakens.
    """

    kind: ClassVar[str] = "concern"

    tense: Literal["past", "present", "future"]
    form: Literal["lesson", "issue", "vulnerability", "risk", "cause of concern"]
    text: Words
    scope: PartySubject
    about: Subject | None = None
    owner: PartySubject
    root_cause: str = ""
    aspect: Code | None = None

    @model_validator(mode="after")
    def _form_by_tense(self) -> Concern:
        forms = {
            "past": ("lesson",),
            "present": ("issue", "vulnerability", "cause of concern"),
            "future": ("risk",),
        }
        if self.form not in forms[self.tense]:
            raise ValueError(f"a {self.form} is not {self.tense}: {', '.join(forms[self.tense])}")
        return self

    def facets(self) -> Facets:
        """A concern is found by the body and the requirement it is about."""
        return Facets(scope=self.scope, about=self.about or "")

    def names(self) -> tuple[tuple[str, str], ...]:
        """What it threatens, its body and its owner."""
        threatened = ((LinkType.THREATENS.value, self.about),) if self.about else ()
        return (*threatened, (NAMES, self.scope), (NAMES, self.owner))


FACTS: tuple[type[Kind], ...] = (Expectation, Observation, Concern)
"""The kinds of this module."""
