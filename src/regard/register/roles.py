"""What each role may do: a closed table, in which whatever is not said is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from regard.register.kinds.reading import KINDS
from regard.register.kinds.speech import Act
from regard.register.kinds.values import Line

ALL_KINDS = frozenset(KINDS)
FRAME_KINDS = frozenset({"party", "term", "instrument", "edition", "measure"})


@dataclass(frozen=True)
class Role:
    """A class of permissions.

    Attributes:
        name: By which a post holds it.
        what_for: Whose job it is.
        reads: The kinds it may read.
        enters: The kinds it may enter and amend.
        lines: The lines at which it may judge.
        assigned: Whether it judges only what a round or an ownership assigns to its post.
        proposes: The acts it may propose.
        decides: The acts it may take, or end without taking.
        steps_only: Whether it accepts and declines steps of a series and nothing else.
        issues: Whether it may issue and publish documents.
        shares: Whether its entries may be shared by all bodies.
        erases: Whether it may erase the words of an entry.
        sensitive: Whether it may read what is OFFICIAL-SENSITIVE.
        beyond: Whether it may read the entries of other bodies.
    """

    name: str
    what_for: str
    reads: frozenset[str] = ALL_KINDS
    enters: frozenset[str] = frozenset()
    lines: frozenset[Line] = frozenset()
    assigned: bool = False
    proposes: frozenset[Act] = frozenset()
    decides: frozenset[Act] = frozenset()
    steps_only: bool = False
    issues: bool = False
    shares: bool = False
    erases: bool = False
    sensitive: bool = False
    beyond: bool = field(default=False)


_WORK = frozenset({"observation", "concern", "link", "expectation"})
_BOARD_ACTS = frozenset(Act) - {Act.SIGN_OFF, Act.ERASE, Act.CHANGE}
_PROPOSALS = frozenset(Act) - {Act.ERASE, Act.SIGN_OFF}

ROLES: dict[str, Role] = {
    one.name: one
    for one in (
        Role(
            "performance-analyst",
            "brings in records; accepts or refuses a proposed step",
            enters=frozenset({"observation", "measure", "decision"}),
            decides=frozenset({Act.ACCEPT, Act.DECLINE}),
            steps_only=True,
        ),
        Role(
            "business-lead",
            "judges a capability, with evidence; raises vulnerabilities; answers for actions",
            enters=_WORK | {"judgement", "decision"},
            lines=frozenset({Line.DOING}),
            assigned=True,
            proposes=frozenset({Act.EXTEND, Act.CLOSE, Act.ACCEPT, Act.CHANGE, Act.DEPART}),
            sensitive=True,
        ),
        Role(
            "spr-lead",
            "runs the round; challenges; sees the composite picture",
            enters=_WORK | {"judgement", "decision", "cycle", "document", "measure"},
            lines=frozenset({Line.OVERSEEING}),
            proposes=_PROPOSALS,
            decides=frozenset({Act.EXTEND, Act.CHANGE, Act.CLOSE}),
            sensitive=True,
        ),
        Role(
            "chief-officer",
            "signs the round off; departs from the requirement with good reason",
            enters=frozenset({"judgement", "decision", "expectation", "observation", "link"}),
            lines=frozenset({Line.OVERSEEING}),
            proposes=_PROPOSALS,
            decides=frozenset(Act) - {Act.ERASE, Act.REDACT},
            sensitive=True,
        ),
        Role(
            "operations-planner",
            "how many PSUs by when, and what local policing loses",
            enters=frozenset({"observation", "measure", "concern", "link"}),
            sensitive=True,
        ),
        Role(
            "workforce-planner",
            "establishment, strength and vacancies on a stated base",
            enters=frozenset({"observation", "measure", "concern", "link"}),
        ),
        Role(
            "finance-lead",
            "budget, savings, grants and their end dates",
            enters=frozenset({"observation", "measure", "concern", "link"}),
        ),
        Role(
            "governance-officer",
            "meetings, papers, proposals, decisions, actions, publication",
            enters=frozenset(
                {
                    "meeting",
                    "document",
                    "decision",
                    "expectation",
                    "instrument",
                    "edition",
                    "measure",
                    "link",
                    "concern",
                    "observation",
                }
            ),
            proposes=_PROPOSALS,
            decides=_BOARD_ACTS,
            issues=True,
            sensitive=True,
        ),
        Role(
            "board-member",
            "says whether the board is assured; decides",
            enters=frozenset({"judgement", "decision"}),
            lines=frozenset({Line.BOARD}),
            proposes=_PROPOSALS,
            decides=_BOARD_ACTS,
            sensitive=True,
        ),
        Role(
            "independent-reviewer",
            "audits and reviews from outside the line of command",
            enters=frozenset({"judgement", "observation", "concern", "link"}),
            lines=frozenset({Line.INDEPENDENT}),
            sensitive=True,
        ),
        Role(
            "inspector",
            "inspects; reads every body; judges independently",
            enters=frozenset({"judgement", "observation", "concern", "expectation", "link"}),
            lines=frozenset({Line.INDEPENDENT}),
            sensitive=True,
            beyond=True,
        ),
        Role(
            "register-keeper",
            "posts and who holds them; editions, terms and rounds of all bodies; lawful erasure",
            enters=FRAME_KINDS | {"expectation", "link", "decision", "cycle"},
            decides=frozenset({Act.ERASE}),
            shares=True,
            erases=True,
        ),
        Role("reader", "reads what is not sensitive"),
    )
}
"""Every role by its name."""
