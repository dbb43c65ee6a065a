"""What the library holds: editions and their nodes, crosswalks, and vocabularies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

FORMS = (
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
)
LEGAL_FORCES = ("must", "follow unless good reason", "have regard", "aim")
QUOTED, PARAPHRASED, FROM_MEMORY = "quoted", "paraphrased", "from memory"
WORDS = (QUOTED, PARAPHRASED, FROM_MEMORY)
CONFIRMED, TO_BE_CONFIRMED = "confirmed", "to be confirmed"
DATES = (CONFIRMED, TO_BE_CONFIRMED)
MODES = ("maintain", "achieve")
NODE_KINDS = (
    "threat",
    "section",
    "outcome",
    "capability",
    "consistency",
    "connectivity",
    "duty",
    "strand",
    "question",
    "chapter",
)

SAME, REWORDED, SPLIT, MERGED = "same", "reworded", "split", "merged"
WIDENED, NARROWED, DROPPED, NEW = "widened", "narrowed", "dropped", "new"
CROSSINGS = (SAME, REWORDED, SPLIT, MERGED, WIDENED, NARROWED, DROPPED, NEW)

LONGEST_QUOTATION = 30  # words of another's document that one node may quote
ASPECT = "aspect"  # the role of the scheme that holds the Cs


@dataclass(frozen=True)
class Citation:
    """Where something stands: the document and the place in it.

    Attributes:
        document: The key of the document in its edition.
        title: The document's full title.
        place: A paragraph, section, page or line.
    """

    document: str
    title: str
    place: str

    def __str__(self) -> str:
        return f"{self.title}, {self.place}"


@dataclass(frozen=True)
class Node:
    """One requirement of an edition, or a heading above requirements.

    Attributes:
        code: Its path within the edition, such as `public-order/mobilised-response`.
        kind: What it is, one of `NODE_KINDS`.
        text: What it says.
        words: Whether the text is quoted, paraphrased, or from memory and to be confirmed.
        cites: Where it stands.
        parent: The code of the node above; empty at the top.
        terms: The terms it belongs to, such as `spr-threats-2015/terrorism`, its own and those
            of the nodes above.
        mode: Whether it is to be kept up (`maintain`) or to be reached (`achieve`).
        judged: Whether a post judges it.
        scale: The scale on which, such as `spr-position@1`; empty if it is not judged.
        rule: The rule that suggests a level, such as `spr-demand@1`; empty if it is not judged.
        aspects: The codes of the Cs under which it is judged; empty if it has none.
        note: What a reader must know about it.
    """

    code: str
    kind: str
    text: str
    words: str
    cites: tuple[Citation, ...]
    parent: str = ""
    terms: tuple[str, ...] = ()
    mode: str = "maintain"
    judged: bool = False
    scale: str = ""
    rule: str = ""
    aspects: tuple[str, ...] = ()
    note: str = ""

    @property
    def to_be_confirmed(self) -> bool:
        """Whether its words are from memory."""
        return self.words == FROM_MEMORY


@dataclass(frozen=True)
class EditionFile:
    """A frozen issue of an instrument.

    Attributes:
        id: Such as `spr-2015`.
        instrument: What it is an issue of, such as `spr`.
        title, label: As it is printed, and by which it is told from other issues.
        issuer: Who issued it.
        form: One of `FORMS`.
        legal_force: One of `LEGAL_FORCES`.
        in_force_from: Its first day.
        in_force_to: Its last day; None while it is in force.
        dates: Whether these two days are confirmed.
        corrects: The edition of the same days that this one stands in for, now that its words
            have been looked up; empty if it corrects none.
        document: The full title of the document.
        documents: Every document cited, by key and full title.
        schemes: The vocabularies used, by role and key, such as `("threat", "spr-threats-2015")`.
        nodes: In the document's order.
        note: What a reader must know about it.
        file: The name of the file it was read from.
        digest: SHA-256 over its content but for its last day, which the edition after it
            settles; neither comments nor the order of keys change it.
    """

    id: str
    instrument: str
    title: str
    label: str
    issuer: str
    form: str
    legal_force: str
    in_force_from: date
    in_force_to: date | None
    document: str
    nodes: tuple[Node, ...]
    documents: tuple[tuple[str, str], ...] = ()
    schemes: tuple[tuple[str, str], ...] = ()
    dates: str = CONFIRMED
    corrects: str = ""
    note: str = ""
    file: str = field(default="", compare=False)
    digest: str = ""

    @property
    def judged(self) -> tuple[Node, ...]:
        """The nodes that a post judges."""
        return tuple(node for node in self.nodes if node.judged)

    @property
    def terms(self) -> tuple[str, ...]:
        """Every term that a node belongs to, in the order of the nodes, none twice."""
        return tuple(dict.fromkeys(term for node in self.nodes for term in node.terms))

    @property
    def scales(self) -> tuple[str, ...]:
        """The scales on which its nodes are judged, none twice."""
        return tuple(dict.fromkeys(node.scale for node in self.judged))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules by which its nodes are judged, none twice."""
        return tuple(dict.fromkeys(node.rule for node in self.judged))

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """The nodes of a kind."""
        return tuple(node for node in self.nodes if node.kind == kind)

    def below(self, code: str) -> tuple[Node, ...]:
        """The nodes whose parent is this one."""
        return tuple(node for node in self.nodes if node.parent == code)

    def by_code(self) -> dict[str, Node]:
        """The nodes by their codes."""
        return {node.code: node for node in self.nodes}

    def in_force_on(self, day: date) -> bool:
        """Whether it was in force on a day."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


@dataclass(frozen=True)
class Crossing:
    """What became of a requirement from one edition to the next.

    Attributes:
        kind: One of `CROSSINGS`.
        earlier: Codes in the earlier edition; none if it is new.
        later: Codes in the later edition; none if it was dropped.
        note: What changed and why.
    """

    kind: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Crosswalk:
    """Every node of one edition and every node of the next, each in one crossing.

    Attributes:
        earlier, later: The two editions.
        crossings: What became of what.
        source: On what the comparison rests.
        standing: Whether the comparison was made from both documents, or is to be confirmed.
        file: The name of the file it was read from.
        digest: SHA-256 over its content.
    """

    earlier: EditionFile
    later: EditionFile
    crossings: tuple[Crossing, ...]
    source: str
    standing: str = CONFIRMED
    file: str = field(default="", compare=False)
    digest: str = ""

    @property
    def id(self) -> str:
        """Such as `spr-2012-to-spr-2015`."""
        return f"{self.earlier.id}-to-{self.later.id}"


@dataclass(frozen=True)
class Term:
    """One word of a vocabulary.

    Attributes:
        code: Such as `terrorism`.
        label, label_cy: In English and in Welsh; the Welsh is empty where it is not known.
        meaning: What it means.
        parent: The code of a wider term; empty if there is none.
    """

    code: str
    label: str
    meaning: str = ""
    label_cy: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Scheme:
    """A vocabulary: the threats of one edition, the Cs, the four Ps.

    Attributes:
        id, version: Its name and version.
        title, title_cy: In English and in Welsh.
        terms: In order.
        source: Where they stand.
        file: The name of the file it was read from.
        digest: SHA-256 over its content.
    """

    id: str
    version: str
    title: str
    terms: tuple[Term, ...]
    source: str
    title_cy: str = ""
    file: str = field(default="", compare=False)
    digest: str = ""

    @property
    def name(self) -> str:
        """Its name with its version, such as `spr-threats-2015`."""
        return f"{self.id}-{self.version}"

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its terms in order."""
        return tuple(term.code for term in self.terms)
