"""Who may do what, said once more and by hand: the posts of the design and their jobs.

Nothing here is read from `roles.py`; a slip there is a difference here.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from regard.core.errors import AccessRefused, EntryRefused
from regard.core.markings import OFFICIAL, Marking
from regard.register.access import Standing
from regard.register.acting import Acts
from regard.register.entries import Speaker
from regard.register.kinds import Act, Kind, Party, Stage, made
from regard.register.kinds.speech import AcceptedStep, Withheld
from register import forces
from register.forces import FORCES, GOLD, ROLE_NAMES, SENSITIVE, World, body

# What each post may enter, in one letter each:
# a party, t term, i instrument, e edition, x expectation, m measure, o observation, c concern,
# d decision (and its sorts below), p document in draft, P document issued, g meeting, y cycle,
# l link, 0 to 3 a judgement at that line, * what only a keeper does: share and erase.
MAY_ENTER = {
    "performance-analyst": "mo s",
    "business-lead": "xocl 1 D",
    "spr-lead": "xocmlpy 2 ndk",
    "chief-officer": "xol 2 ndkS",
    "operations-planner": "omcl",
    "workforce-planner": "omcl",
    "finance-lead": "omcl",
    "governance-officer": "gpPxiemlco ndT",
    "board-member": "0 ndT",
    "independent-reviewer": "ocl 3",
    "inspector": "ocxl 3",
    "register-keeper": "atiemxly E",
    "reader": "",
}
SEES_SENSITIVE = {
    "business-lead",
    "spr-lead",
    "chief-officer",
    "operations-planner",
    "governance-officer",
    "board-member",
    "independent-reviewer",
    "inspector",
}
SEES_ALL_FORCES = {"inspector"}
SHARES = {"register-keeper"}
ERASES = {"register-keeper"}

# Sorts of what can be entered: the letter, and how it is made for a force.
SORTS: dict[str, tuple[str, str]] = {
    "party": ("a", "party"),
    "term": ("t", "term"),
    "instrument": ("i", "instrument"),
    "edition": ("e", "edition"),
    "expectation": ("x", "expectation"),
    "measure": ("m", "measure"),
    "observation": ("o", "observation"),
    "concern": ("c", "concern"),
    "document in draft": ("p", "document"),
    "document issued": ("P", "document"),
    "meeting": ("g", "meeting"),
    "cycle": ("y", "cycle"),
    "link": ("l", "link"),
    "judgement of the board": ("0", "judgement"),
    "judgement at line 1": ("1", "judgement"),
    "judgement at line 2": ("2", "judgement"),
    "judgement at line 3": ("3", "judgement"),
    "proposal to note": ("n", "decision"),
    "proposal to depart": ("D", "decision"),
    "approval taken": ("T", "decision"),
    "redaction taken": ("R", "decision"),
    "closing of what is no concern taken": ("k", "decision"),
    "sign-off taken": ("S", "decision"),
    "step accepted": ("s", "decision"),
    "erasure taken": ("E", "decision"),
}
# A letter stands for others: d proposes anything but an erasure and a sign-off, T is any act of a
# board; a chief officer takes everything but an erasure and a redaction.
STANDS_FOR = {
    "d": "nD",
    "T": "TRks",
    "S": "STks",
    "k": "k",
}


def letters(role: str) -> set[str]:
    """All that a role may enter, letter by letter."""
    said = set(MAY_ENTER[role]) - {" "}
    return said | {one for letter in said for one in STANDS_FOR.get(letter, letter)}


@dataclass(frozen=True)
class Case:
    """One question: may this post do that with such an entry of such a body?"""

    verb: str
    role: str
    gold: bool
    what: str
    marking: Marking
    owner: str

    @property
    def by(self) -> Speaker:
        return forces.speaker(FORCES[0], self.role, gold=self.gold)


OWN, OTHER, ALL = "own", "other", "all"


def expected(case: Case) -> bool:
    """What the posts of the design say."""
    seen = (
        (case.owner != OTHER or case.role in SEES_ALL_FORCES)
        and (case.marking == OFFICIAL or case.role in SEES_SENSITIVE)
        and (case.marking != GOLD or case.gold)
    )
    if case.verb == "read":
        return seen
    if case.verb == "erase":
        return case.role in ERASES and case.owner != OTHER
    owned = case.owner == OWN or (case.owner == ALL and case.role in SHARES)
    return seen and owned and SORTS[case.what][0] in letters(case.role)


def cases() -> Iterator[Case]:
    """Every case: reading, entering, amending and erasing."""
    for role in ROLE_NAMES:
        for gold in (False, True):
            for marking in (OFFICIAL, SENSITIVE, GOLD):
                for owner in (OWN, OTHER, ALL):
                    for kind in KIND_NAMES:
                        yield Case("read", role, gold, kind, marking, owner)
                        yield Case("erase", role, gold, kind, marking, owner)
                    for what in SORTS:
                        if owner != OTHER:
                            yield Case("enter", role, gold, what, marking, owner)
                        if what in AMENDED:
                            yield Case("amend", role, gold, what, marking, owner)


KIND_NAMES = sorted({kind for _, kind in SORTS.values()})
AMENDED = {
    "party", "term", "instrument", "edition", "expectation", "measure", "observation", "concern",
    "document in draft", "meeting", "link", "judgement at line 2",
}  # fmt: skip


def sample(of: int, *, seed: int) -> list[Case]:
    """Some of the cases, the same for the same seed."""
    return random.Random(seed).sample(list(cases()), of)


CANARY = "canary"


def said(what: str, force: str, erased: int = 1) -> Kind:
    """What is entered of a sort for a force; it breaks no law."""
    acts: dict[str, Callable[[], Kind]] = {
        "party": lambda: made(Party, form="body", name=f"{CANARY} {force}", parent=body(force)),
        "term": forces.term,
        "instrument": forces.instrument,
        "edition": forces.edition,
        "expectation": lambda: forces.promise(force, owner=None, text=_words(force)),
        "measure": forces.measure,
        "observation": lambda: forces.observation(force, text=_words(force)),
        "concern": lambda: forces.concern(force, text=_words(force)),
        "document in draft": lambda: forces.document(force, title=_words(force)),
        "document issued": lambda: forces.document(force, stage="issued"),
        "meeting": lambda: forces.meeting(force),
        "cycle": lambda: forces.round_of(force),
        "link": lambda: forces.link(forces.PSUS, "measure:psus"),
        "judgement of the board": lambda: forces.judgement(force, 0),
        "judgement at line 1": lambda: forces.judgement(force, 1),
        "judgement at line 2": lambda: forces.judgement(force, 2),
        "judgement at line 3": lambda: forces.judgement(force, 3),
        "proposal to note": lambda: forces.decision(force),
        "proposal to depart": lambda: forces.decision(force, act=Act.DEPART, about=forces.PSUS),
        "approval taken": lambda: _taken(force, act=Act.APPROVE),
        "redaction taken": lambda: _taken(force, act=Act.REDACT, withheld=(WITHHELD,)),
        "closing of what is no concern taken": lambda: _taken(
            force, act=Act.CLOSE, about="measure:psus"
        ),
        "sign-off taken": lambda: _taken(
            force, act=Act.SIGN_OFF, cycle=forces.cycle(force), scope=body(force)
        ),
        "step accepted": lambda: _taken(force, act=Act.ACCEPT, step=STEP),
        "erasure taken": lambda: _taken(force, act=Act.ERASE, erased=(erased,)),
    }
    return acts[what]()


STEP = AcceptedStep(measure="burglary", area="avon", start="2014-04")
WITHHELD = Withheld(
    item="concern:x", ground="s.31", until=date(2020, 1, 1), challenge="write to the monitor"
)


def _words(force: str) -> str:
    return f"{CANARY} of {force}"


def _taken(force: str, **fields: Any) -> Kind:
    return forces.decision(force, stage=Stage.TAKEN, **fields)


def allowed(world: World, case: Case, stands: dict[tuple[str, str, str], Any]) -> bool:
    """What the register itself does; whatever it lets in is undone again."""
    entry = stands[kind_of(case.what), str(case.marking), case.owner]
    if case.verb == "read":
        view = world.register.view(case.by)
        found = {
            view.find(entry.subject) is not None,
            view.entry(entry.seq) is not None,
            bool(view.history(entry.subject)),
            entry.subject in view.many([entry.subject]),
        }
        assert len(found) == 1, f"{case}: {found}"
        return found.pop()
    try:
        with world.register.acting(case.by) as act:
            _try(world, act, case, entry)
            raise _Undone
    except _Undone:
        return True
    except AccessRefused:
        return False
    except EntryRefused as refusal:
        if case.verb == "erase" and "whose words it could erase" in refusal.wrong:
            return False
        raise


class _Undone(Exception):
    pass


def kind_of(what: str) -> str:
    return SORTS[what][1] if what in SORTS else what


def fill(world: World) -> dict[tuple[str, str, str], Any]:
    """One entry of each kind, at each marking, of each force and of all; past any refusal."""
    stands: dict[tuple[str, str, str], Any] = {}
    forces_of = {OWN: FORCES[0], OTHER: FORCES[1], ALL: FORCES[0]}
    world.enter(
        forces.judgement(FORCES[0], 1),
        forces_subject(FORCES[0]),
        forces.speaker(FORCES[0], "business-lead"),
    )
    for owner, force in forces_of.items():
        by = forces.speaker(force, "reader")
        with world.register._transaction():
            act = Acts(world.register.connection, by, world.clock(), founding=True)
            act.standing = Standing(by, (), frozenset(), body(force))
            for marking in forces.marks():
                for kind in KIND_NAMES:
                    stands[kind, str(marking), owner] = act.enter(
                        said(STANDS_AS.get(kind, kind), force),
                        subject=f"{kind}:stands/{owner}/{marking.tier.value}-{len(marking.need_to_know)}",
                        marking=marking,
                        shared=owner == ALL,
                    )
            act.end()
    return stands


def forces_subject(force: str) -> str:
    return f"judgement:2015-q1-{force}/psus/line-1"


STANDS_AS = {
    "judgement": "judgement at line 2",
    "decision": "proposal to note",
    "document": "document in draft",
}


def _try(world: World, act: Acts, case: Case, entry: Any) -> None:
    if case.verb == "erase":
        act.enter(
            said("erasure taken", FORCES[0], entry.seq),
            subject=world.fresh("decision"),
            marking=OFFICIAL,
        )
        return
    force = FORCES[1] if case.owner == OTHER else FORCES[0]
    value = said(case.what, force, entry.seq)
    amended = case.verb == "amend"
    act.enter(
        value,
        subject=entry.subject if amended else world.fresh(value.kind),
        marking=case.marking,
        shared=case.owner == ALL,
    )
