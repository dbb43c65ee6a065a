"""Kinds that hold the rest: who, in which words, from where, in which round; and links."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import model_validator

from regard.register.kinds.plan_facets import PlanFacet
from regard.register.kinds.values import (
    NAMES,
    Code,
    Digest,
    Facets,
    Kind,
    Line,
    LinkType,
    Value,
    Window,
    Words,
)
from regard.register.subjects import (
    CycleSubject,
    EditionSubject,
    PartySubject,
    Subject,
)


class Appointment(Value):
    """Which post a holder holds, from when to when."""

    post: PartySubject
    window: Window


class Party(Kind):
    """Who: a body, a post, or a holder of posts.

    Work belongs to posts; a holder is an account, named by a code and never by a person's name.

    Attributes:
        form: `body`, `post` or `person`, the holder of an account.
        name: What it is called; of a holder, a code.
        parent: The body of which it is a part.
        roles: What a post may do, by the names of roles.
        groups: Groups that need to know, to which a post belongs.
        appointments: The posts that a holder holds.
        area: The police.uk name of the force area, of a body that has one.
    """

    kind: ClassVar[str] = "party"

    form: Literal["body", "post", "person"]
    name: Words
    parent: PartySubject | None = None
    roles: tuple[Code, ...] = ()
    groups: tuple[Code, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    area: str = ""

    @model_validator(mode="after")
    def _of_its_form(self) -> Party:
        if self.form != "post" and (self.roles or self.groups):
            raise ValueError(f"roles and groups belong to posts, not to a {self.form}")
        if self.form != "person" and self.appointments:
            raise ValueError(f"appointments belong to holders, not to a {self.form}")
        if self.form == "post" and self.parent is None:
            raise ValueError(f"{self.name} is a post and belongs to no body: parent is missing")
        return self

    def facets(self) -> Facets:
        """A party is found by the body it belongs to."""
        return Facets(about=self.parent or "")

    def names(self) -> tuple[tuple[str, str], ...]:
        """Its body, and the posts it holds."""
        parent = ((NAMES, self.parent),) if self.parent else ()
        return (*parent, *((NAMES, one.post) for one in self.appointments))


class Term(Kind):
    """A word of a vocabulary: a threat, a C, one of the four Ps, a level of a scale.

    Attributes:
        scheme: The vocabulary, such as `threats`.
        label, label_cy: The word in English and in Welsh.
        meaning: What it means.
        parent: A wider term.
        order: Its place in the scheme, from 1.
        cites: Where it stands.
    """

    kind: ClassVar[str] = "term"

    scheme: Code
    label: Words
    label_cy: str = ""
    meaning: str = ""
    parent: Subject | None = None
    order: int = 0
    cites: str = ""

    def facets(self) -> Facets:
        """A term is found by its scheme's parent term, if it has one."""
        return Facets(about=self.parent or "")


class Instrument(Kind):
    """Where demands come from.

    Attributes:
        title: What it is called.
        issuer: Who issues it, in words.
        form: What sort of instrument it is.
        force: With what legal force it speaks.
    """

    kind: ClassVar[str] = "instrument"

    title: Words
    issuer: Words
    form: Literal[
        "requirement",
        "plan",
        "inspection",
        "audit",
        "programme",
        "strategy",
        "establishment",
        "tasking",
        "lessons",
        "board actions",
        "risk appetite",
        "promises",
    ]
    force: Literal["must", "follow unless good reason", "have regard", "aim"]


class Crossing(Value):
    """How a requirement of one edition became one of the next.

    Attributes:
        was: Codes in the earlier edition.
        now: Codes in the later one.
        relation: What happened to it.
        note: What changed.
    """

    was: tuple[Code, ...] = ()
    now: tuple[Code, ...] = ()
    relation: Literal[
        "same", "reworded", "split", "merged", "widened", "narrowed", "dropped", "new"
    ]
    note: str = ""


class Edition(Kind):
    """A frozen issue of an instrument, or a running list.

    Attributes:
        instrument: Of what.
        label: By which it is told from others, such as `2015`.
        in_force: From when to when.
        digest: SHA-256 of what was frozen; empty for a running list.
        rules: The rules by which its requirements are judged, each with its version.
        follows: The edition before it.
        crosswalk: What became of each requirement of that.
        document: The document it was taken from.
        facet: What a Police and Crime Plan says of itself.
    """

    kind: ClassVar[str] = "edition"

    instrument: Subject
    label: Words
    in_force: Window
    digest: Digest | None = None
    rules: tuple[Words, ...] = ()
    follows: EditionSubject | None = None
    crosswalk: tuple[Crossing, ...] = ()
    document: str = ""
    facet: PlanFacet | None = None

    def facets(self) -> Facets:
        """An edition is found by its instrument."""
        return Facets(about=self.instrument)

    def names(self) -> tuple[tuple[str, str], ...]:
        """Its instrument, and the edition before it."""
        before = ((LinkType.SUPERSEDES.value, self.follows),) if self.follows else ()
        return ((NAMES, self.instrument), *before)


class Measure(Kind):
    """How a number is made.

    Attributes:
        name: What it is called.
        unit: Its unit.
        better: Whether less or more is better.
        method: How it is made, with its version: `counted@1`.
        smallest: The smallest number that may be published.
        source: Where its definition stands.
        records: The measure of the records that counts it, if one does.
    """

    kind: ClassVar[str] = "measure"

    name: Words
    unit: Words
    better: Literal["lower", "higher", "neither"] = "neither"
    method: Words
    smallest: int = 0
    source: str = ""
    records: str = ""


class Duty(Value):
    """Who must speak in a round, at which line, on what.

    Attributes:
        line: The line.
        post: The post.
        scope: For which body; None for every body of the round.
        about: On which requirement and all below it; None for all.
    """

    line: Line
    post: PartySubject
    scope: PartySubject | None = None
    about: Subject | None = None


class Cycle(Kind):
    """A round: which editions are judged, for whom, as at when, and who must speak.

    Attributes:
        name: What it is called.
        editions: The editions that are judged.
        scopes: The bodies that are judged.
        aspects: The Cs under which each requirement is judged.
        duties: Who must speak at which line on what before it closes.
        as_at: The day to which it is to be true.
        opens, closes: The days within which it is held.
        stage: Whether it is still held.
        follows: The round before it.
    """

    kind: ClassVar[str] = "cycle"

    name: Words
    editions: tuple[EditionSubject, ...]
    scopes: tuple[PartySubject, ...]
    aspects: tuple[Code, ...]
    duties: tuple[Duty, ...] = ()
    as_at: date
    opens: date
    closes: date
    stage: Literal["open", "closed"]
    follows: CycleSubject | None = None

    @model_validator(mode="after")
    def _opens_first(self) -> Cycle:
        if self.closes < self.opens:
            raise ValueError(f"it closes on {self.closes}, before it opens on {self.opens}")
        return self

    def names(self) -> tuple[tuple[str, str], ...]:
        """Its editions, its scopes and the round before it."""
        before = (self.follows,) if self.follows else ()
        return tuple((NAMES, one) for one in (*self.editions, *self.scopes, *before))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines at which somebody must speak, in their order."""
        return tuple(sorted({one.line for one in self.duties}))


class Item(Value):
    """A line of an agenda.

    Attributes:
        number: Such as `7a`.
        title: What is taken.
        public: Whether the public may hear it.
        why_private: The ground on which it may not.
        document: The paper that is taken.
    """

    number: Words
    title: Words
    public: bool = True
    why_private: str = ""
    document: Subject | None = None

    @model_validator(mode="after")
    def _private_for_a_reason(self) -> Item:
        if not self.public and not self.why_private.strip():
            raise ValueError(f"item {self.number} is private and says no ground: why_private")
        return self


class Meeting(Kind):
    """A meeting of a body, and what it takes."""

    kind: ClassVar[str] = "meeting"

    body: PartySubject
    on: date
    title: Words
    items: tuple[Item, ...] = ()

    def facets(self) -> Facets:
        """A meeting is found by the body that meets."""
        return Facets(scope=self.body)

    def names(self) -> tuple[tuple[str, str], ...]:
        """The body, and the papers."""
        papers = tuple((NAMES, one.document) for one in self.items if one.document)
        return ((NAMES, self.body), *papers)


class Link(Kind):
    """What one subject has to do with another, from a closed list.

    Attributes:
        type: One of the closed list.
        source, target: From which to which: the source answers, threatens, cites... the target.
        note: What must be known about it.
        withdrawn: Whether it is said no longer.
    """

    kind: ClassVar[str] = "link"

    type: LinkType
    source: Subject
    target: Subject
    note: str = ""
    withdrawn: bool = False

    @model_validator(mode="after")
    def _of_two(self) -> Link:
        if self.source == self.target:
            raise ValueError(f"{self.source} cannot be linked to itself")
        return self

    def facets(self) -> Facets:
        """A link is found by its source."""
        return Facets(about=self.source)

    def names(self) -> tuple[tuple[str, str], ...]:
        """What it says; nothing once it is withdrawn."""
        return ()


FRAME: tuple[type[Kind], ...] = (
    Party,
    Term,
    Instrument,
    Edition,
    Measure,
    Cycle,
    Meeting,
    Link,
)
"""The kinds of this module."""
