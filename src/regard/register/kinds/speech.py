"""Kinds in which somebody speaks: a judgement, a decision, a document."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from regard.register.kinds.plan_facets import MonthText
from regard.register.kinds.values import (
    NAMES,
    Absent,
    Code,
    Confidence,
    Digest,
    Facets,
    Input,
    Kind,
    Line,
    LinkType,
    Value,
    Words,
)
from regard.register.subjects import CycleSubject, EditionSubject, PartySubject, Subject

Seq = Annotated[int, Field(ge=1)]
"""The number of an entry in the journal, from 1."""

CLOSURE = "closure"
"""The aspect of a judgement by which a concern or an expectation is closed or opened again."""

CLOSED, REOPENED = "closed", "reopened"

VERIFICATION = "verification"
"""The aspect of a judgement, above its owner's line, of whether something was done as claimed."""

BY_OTHERS = (CLOSURE, VERIFICATION)
"""The aspects under which anything is judged, and never at the line of its owner."""


class Judgement(Kind):
    """A post's view of an expectation, a concern, an observation or a document.

    Attributes:
        about: What is judged.
        edition: The edition in which a judged expectation stands.
        aspect: The C, or `closure`, or `whole`.
        scope: The body that is judged.
        cycle: The round in which it is judged.
        scale: The scale, with its version: `spr-capability@1`.
        level: The level on it.
        absent: Why there is no level.
        line: At which line the post speaks.
        reason: Why.
        confidence: How sure the post is.
        suggested: The level that the rule suggested.
        rule: That rule, with its version.
        departure: Why the level is another than was suggested.
        evidence: The observations it rests on.
        answers: The entry of the judgement that it challenges or reviews.
        standing: `made`, or `carried` from the last round and not yet reviewed.
        carried_from: The entry it was carried from.
    """

    kind: ClassVar[str] = "judgement"

    about: Subject
    edition: EditionSubject | None = None
    aspect: Code = "whole"
    scope: PartySubject
    cycle: CycleSubject | None = None
    scale: Words
    level: Code | None = None
    absent: Absent | None = None
    line: Line
    reason: Words
    confidence: Confidence | None = None
    suggested: Code | None = None
    rule: str = ""
    departure: str = ""
    evidence: tuple[Subject, ...] = ()
    answers: Seq | None = None
    standing: Literal["made", "carried"] = "made"
    carried_from: Seq | None = None

    @model_validator(mode="after")
    def _whole(self) -> Judgement:
        if (self.level is None) == (self.absent is None):
            raise ValueError(
                f"level is {self.level} and absent is {self.absent}: it gives a level, or says why "
                "there is none"
            )
        if self.suggested is not None and not self.rule:
            raise ValueError(f"{self.suggested!r} was suggested by no rule: rule")
        if (
            self.standing == "made"
            and self.suggested is not None
            and self.suggested != self.level
            and not self.departure.strip()
        ):
            said = str(self.level or self.absent)
            raise ValueError(
                f"{said!r} departs from {self.suggested!r}, which the rule suggests, without a "
                "second reason: departure"
            )
        if (self.standing == "carried") != (self.carried_from is not None):
            raise ValueError(
                f"it is {self.standing} and carried_from is {self.carried_from}: a carried "
                "judgement, and no other, names the entry it was carried from"
            )
        if self.about.startswith("expectation:") and self.edition is None:
            raise ValueError(f"{self.about} is judged and the edition is not named: edition")
        return self

    @property
    def counts(self) -> bool:
        """Whether it counts: a judgement that was only carried is shown and never counted."""
        return self.standing == "made"

    def facets(self) -> Facets:
        """A judgement is found by what it judges, for whom, in which round."""
        return Facets(self.scope, self.about, self.cycle or "", self.edition or "")

    def names(self) -> tuple[tuple[str, str], ...]:
        """What it concerns and the evidence it cites."""
        cited = tuple((LinkType.CITES.value, one) for one in self.evidence)
        held = (self.edition, self.scope, self.cycle)
        return (
            (LinkType.CONCERNS.value, self.about),
            *cited,
            *((NAMES, one) for one in held if one),
        )


class Act(StrEnum):
    """What an authority does."""

    NOTE = "note"
    APPROVE = "approve"
    SUPPORT = "support"
    ACCEPT = "accept"
    DECLINE = "decline"
    DEPART = "depart"
    DEFER = "defer"
    REDACT = "redact"
    EXTEND = "extend"
    CLOSE = "close"
    SIGN_OFF = "sign off"
    CHANGE = "change"
    ERASE = "erase"


class Stage(StrEnum):
    """Where a decision stands. A proposal ends in one of the last four, or is deferred."""

    PROPOSED = "proposed"
    DEFERRED = "deferred"
    TAKEN = "taken"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OPEN_STAGES = (Stage.PROPOSED, Stage.DEFERRED)
IN_EFFECT = (Stage.TAKEN, Stage.AMENDED)


class Withheld(Value):
    """What is withheld from a document, with the four facts that a reader is owed.

    Attributes:
        item: The id of the paragraph or statement.
        ground: Why.
        until: Until when.
        challenge: How it can be challenged.
    """

    item: Words
    ground: Words
    until: date
    challenge: Words


class AcceptedStep(Value):
    """A step of a series that a post accepts or refuses, with the proposal it answers.

    Attributes:
        measure, area: Of which series.
        start: The first month of the new level.
        proposed: The month that was proposed, if another was accepted.
        earliest, latest: The interval in which the step lies.
        method: The method that proposed it, with its version.
    """

    measure: Words
    area: Words
    start: MonthText
    proposed: MonthText | None = None
    earliest: MonthText | None = None
    latest: MonthText | None = None
    method: str = ""


class Frozen(Value):
    """A figure as an issued document prints it.

    Attributes:
        figure: The name of the figure, as its trace gives it.
        printed: As it is printed.
        seq: The entry it was taken from; None for what records counted.
        source: Where else it comes from.
    """

    figure: Words
    printed: str
    seq: Seq | None = None
    source: str = ""


class Decision(Kind):
    """An act of authority, proposed or taken.

    Attributes:
        by: The post or body that decides.
        power: The power relied on.
        act: What is done.
        about: What it is about.
        text: The words that were proposed.
        resolved: The words that were agreed, where they differ.
        options: What else could have been done.
        reason: Why.
        stage: Where it stands.
        scope: The body it binds.
        cycle: The round in which it is taken.
        paper: The document before the authority, and its digest.
        meeting: The meeting that took it.
        until: The new day, of an extension.
        deferred_until: The day on which a deferred decision is looked at again.
        withheld: What is withheld, of a redaction.
        step: The step of a series that is accepted or declined.
        inputs: The new inputs of a formula, of a change.
        level: The rating that was accepted, of an accepted risk.
        on: The day for which a proposal is put.
        erased: The entries whose words an erasure removes.
    """

    kind: ClassVar[str] = "decision"

    by: PartySubject
    power: str = ""
    act: Act
    about: Subject | None = None
    text: Words
    resolved: str = ""
    options: tuple[Words, ...] = ()
    reason: Words
    stage: Stage
    scope: PartySubject | None = None
    cycle: CycleSubject | None = None
    paper: Subject | None = None
    paper_digest: Digest | None = None
    meeting: Subject | None = None
    on: date | None = None
    until: date | None = None
    deferred_until: date | None = None
    withheld: tuple[Withheld, ...] = ()
    step: AcceptedStep | None = None
    inputs: tuple[Input, ...] = ()
    level: Code | None = None
    erased: tuple[Seq, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Decision:
        needs: dict[Act, tuple[str, Any]] = {
            Act.EXTEND: ("until", self.until),
            Act.REDACT: ("withheld", self.withheld),
            Act.ERASE: ("erased", self.erased),
            Act.DEPART: ("about", self.about),
            Act.CHANGE: ("about", self.about),
            Act.SIGN_OFF: ("cycle", self.cycle),
        }
        name, held = needs.get(self.act, ("", True))
        if not held:
            raise ValueError(f"a decision to {self.act} says no {name}: {name}")
        if self.stage is Stage.DEFERRED and self.deferred_until is None:
            raise ValueError(
                f"a decision that is {self.stage} says no day until which: deferred_until"
            )
        if self.stage is Stage.AMENDED and not self.resolved.strip():
            raise ValueError(
                f"a decision that is {self.stage} says no words that were agreed: resolved"
            )
        return self

    def facets(self) -> Facets:
        """A decision is found by what it is about, for whom, in which round."""
        return Facets(self.scope or "", self.about or "", self.cycle or "")

    def names(self) -> tuple[tuple[str, str], ...]:
        """What it concerns, the paper that raised it, who decides."""
        about = ((LinkType.CONCERNS.value, self.about),) if self.about else ()
        paper = ((LinkType.RAISED_BY.value, self.paper),) if self.paper else ()
        held = (self.by, self.scope, self.cycle, self.meeting)
        return (*about, *paper, *((NAMES, one) for one in held if one))


class Document(Kind):
    """A paper, minutes, a notice or another document, with what it cites.

    Attributes:
        form: What sort of document it is.
        title: What it is called.
        scope: The body it is about.
        to: The body it is put to.
        held_on: The day of the meeting; the document's own date.
        cycle: The round it was written from.
        stage: Whether it is issued.
        position: The journal position from which it was written.
        head: The head of the journal at that position, as printed.
        kept: The document itself, as `papers` keeps it; empty for one that was only cited.
        digests: The SHA-256 of each file that was written, by format.
        cites: The figures it prints, with the entries they come from.
        rests_on: The subjects it rests on.
        redactions: The decisions by which it withholds what is marked higher than itself.
        source: Where the document stands, if it was not written here.
    """

    kind: ClassVar[str] = "document"

    form: Literal["paper", "composite", "minutes", "notice", "evidence pack", "statement"]
    title: Words
    scope: PartySubject
    to: PartySubject | None = None
    held_on: date
    cycle: CycleSubject | None = None
    stage: Literal["draft", "issued", "published"]
    position: Seq | None = None
    head: str = ""
    kept: str = ""
    digests: tuple[tuple[Code, Digest], ...] = ()
    cites: tuple[Frozen, ...] = ()
    rests_on: tuple[Subject, ...] = ()
    redactions: tuple[Subject, ...] = ()
    source: str = ""

    @model_validator(mode="after")
    def _issued_from_a_position(self) -> Document:
        if self.kept and (self.position is None or not self.head):
            raise ValueError(f"{self.title} is kept and says no journal position: position, head")
        return self

    def facets(self) -> Facets:
        """A document is found by its body and its round."""
        return Facets(scope=self.scope, cycle=self.cycle or "")

    def names(self) -> tuple[tuple[str, str], ...]:
        """What it cites, to whom it is put, and by which decisions it withholds."""
        cited = tuple((LinkType.CITES.value, one) for one in self.rests_on)
        held = (self.scope, self.to, self.cycle, *self.redactions)
        return (*cited, *((NAMES, one) for one in held if one))


SPEECH: tuple[type[Kind], ...] = (Judgement, Decision, Document)
"""The kinds of this module."""
