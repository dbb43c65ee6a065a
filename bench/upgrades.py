"""Made-up upgrades of editions, by the thousand: is any earlier judgement lost or altered?

An upgrade publishes the next edition along a random crosswalk, opens a round on it, carries what
was judged before and judges some of it anew. Beside it stands a planted fault that does what a
cascade does in a peer: it takes a judgement away from those who look for it.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from regard.assurance.cells import Key, cells, subject_of_judgement
from regard.assurance.publishing import publish
from regard.assurance.rounds import carry, open_round
from regard.assurance.worklist import work_list
from regard.library.canonical import sealed
from regard.library.model import Citation, Crossing, Crosswalk, EditionFile, Node
from regard.library.shelf import library
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.kinds.frame import Appointment, Cycle, Duty, Party
from regard.register.kinds.reading import made
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Line, Window
from regard.register.register import Register

SEED = 20261122
UPGRADES = 10_000
IN_A_ROW = 20  # upgrades of one register, one after another
IN_MEMORY = "sqlite://:memory:"
CS = ("capacity", "capability", "consistency")
RULES = ("spr-demand@1", "spr-standard@1")
BODY = "party:force"

Fault = Callable[[Register], None]


def measure_upgrades(
    n: int = UPGRADES, seed: int = SEED, *, fault: Fault | None = None
) -> tuple[int, int]:
    """How many upgrades were made, and how many earlier judgements they lost or altered (counts).

    Args:
        n: How many upgrades.
        seed: Of the crosswalks and of what is judged.
        fault: What is done to the register after each upgrade, in order to be found.
    """
    chance = random.Random(seed)
    done = wrong = 0
    while done < n:
        some = min(IN_A_ROW, n - done)
        wrong += _one_after_another(chance, some, fault)
        done += some
    return done, wrong


def oldest_is_taken_away(register: Register) -> None:
    """The planted fault: the oldest judgement is taken out of what readers find it by."""
    with register.connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM version WHERE kind = 'judgement' AND seq = "
            "(SELECT MIN(seq) FROM version WHERE kind = 'judgement')"
        )


@dataclass
class _Row:
    """A register on its way through several editions."""

    register: Register
    keeper: Speaker
    spr: Speaker
    lead: Speaker
    edition: EditionFile
    number: int = 0

    @property
    def cycle(self) -> str:
        return f"cycle:round-{self.number}"


def _one_after_another(chance: random.Random, number: int, fault: Fault | None) -> int:
    row = _begun(chance)
    try:
        return sum(_upgraded(row, chance, fault) for _ in range(number))
    finally:
        # Django keeps a database in memory when its connection is closed; the next one is new.
        BaseDatabaseWrapper.close(row.register.connection)


def _upgraded(row: _Row, chance: random.Random, fault: Fault | None) -> int:
    """One upgrade; how many of the judgements before it are not as they were (count)."""
    before = dict(_stored(row.register))
    shown = _shown(row.register)
    was, last = row.edition, row.cycle
    row.edition, walk = _next(was, chance)
    held = library()
    shelf = replace(held, crosswalks={**held.crosswalks, walk.id: walk})
    publish(row.register, row.edition, by=row.keeper, held=shelf)
    work_list(row.register.view(EVERYTHING), f"edition:{row.edition.id}", scope=BODY)
    row.number += 1
    _open(row, last)
    carry(row.register, row.cycle, by=row.spr)
    _judge(row, chance)
    if fault is not None:
        fault(row.register)
    after, now = dict(_stored(row.register)), _shown(row.register)
    return sum(1 for seq, held in before.items() if after.get(seq) != held) + sum(
        1 for subject, held in shown.items() if now.get(subject) != held
    )


def _stored(register: Register) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Every judgement as it lies on the disk: its hash, its salt and its words."""
    with register.connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.seq, e.hash, e.subject, b.salt, b.words FROM entry e JOIN body b "
            "ON b.seq = e.seq WHERE e.kind = 'judgement'"
        )
        for seq, *rest in cursor.fetchall():
            yield seq, tuple(rest)


def _shown(register: Register) -> dict[str, tuple[object, ...]]:
    """Every judgement as a reader sees it, by its subject."""
    found = register.view(EVERYTHING).all(Judgement)
    return {one.subject: (one.seq, one.hash, one.value) for one in found}


def _begun(chance: random.Random) -> _Row:
    ticks = iter(range(10**9))
    start = datetime(2015, 4, 1, 9, tzinfo=UTC)
    register, keeper = Register.found(
        Path(tempfile.gettempdir()),
        body="force",
        name="A force",
        url=IN_MEMORY,
        clock=lambda: start + timedelta(seconds=next(ticks)),
    )
    roles = {"spr": "spr-lead", "lead": "business-lead"}
    with register.acting(keeper) as act:
        for name, role in roles.items():
            post = made(Party, form="post", name=name, parent=BODY, roles=(role,))
            act.enter(post, subject=f"party:{name}")
            held = (Appointment(post=f"party:{name}", window=Window()),)
            holder = made(Party, form="person", name=name, parent=BODY, appointments=held)
            act.enter(holder, subject=f"party:holder-{name}")
    spr, lead = (Speaker(f"party:holder-{name}", f"party:{name}") for name in roles)
    first = _edition("made-0", [_leaf(f"r{number}", chance) for number in range(4)], 0)
    publish(register, first, by=keeper, held=library())
    row = _Row(register, keeper, spr, lead, first)
    _open(row, None)
    _judge(row, chance)
    return row


def _open(row: _Row, follows: str | None) -> None:
    value = made(
        Cycle,
        name=row.cycle,
        editions=(f"edition:{row.edition.id}",),
        scopes=(BODY,),
        aspects=tuple(sorted({one for node in row.edition.judged for one in node.aspects})),
        duties=(Duty(line=Line.DOING, post=row.lead.post),),
        as_at=date(2015, 3, 31),
        opens=date(2015, 4, 1),
        closes=date(2015, 4, 30),
        stage="open",
        follows=follows,
    )
    open_round(row.register, value, subject=row.cycle, by=row.spr)


def _judge(row: _Row, chance: random.Random) -> None:
    """About two cells of three, in one act."""
    keys = [
        key
        for key in cells(row.register.view(row.lead), row.cycle).cells
        if chance.random() < 2 / 3
    ]
    subjects = [subject_of_judgement(row.cycle, key, Line.DOING) for key in keys]
    with row.register.acting(row.lead) as act:
        act.learn(subjects)
        for key, subject in zip(keys, subjects, strict=True):
            act.enter(_word(row, key, chance), subject=subject)


def _word(row: _Row, key: Key, chance: random.Random) -> Judgement:
    return made(
        Judgement,
        about=key.about,
        edition=f"edition:{row.edition.id}",
        aspect=key.aspect,
        scope=BODY,
        cycle=row.cycle,
        scale="spr-position@1",
        level=chance.choice(("not-met", "partly-met", "met")),
        line=Line.DOING,
        reason=f"As found in {row.cycle}.",
    )


def _leaf(code: str, chance: random.Random, text: str = "") -> Node:
    return Node(
        code=code,
        kind="capability",
        text=text or f"What {code} asks.",
        words="paraphrased",
        cites=(Citation("made", "A made-up document", code),),
        judged=True,
        scale="spr-position@1",
        rule=chance.choice(RULES),
        aspects=tuple(sorted(chance.sample(CS, chance.randint(1, len(CS))))),
    )


def _edition(name: str, nodes: list[Node], number: int) -> EditionFile:
    return sealed(
        EditionFile(
            id=name,
            instrument="made",
            title="A made-up requirement",
            label=name,
            issuer="Nobody",
            form="requirement",
            legal_force="have regard",
            in_force_from=date(2000, 1, 1) + timedelta(days=number),
            in_force_to=None,
            document="A made-up document",
            nodes=tuple(nodes),
            documents=(("made", "A made-up document"),),
            schemes=(("aspect", "cs-5"),),
        )
    )


def _next(was: EditionFile, chance: random.Random) -> tuple[EditionFile, Crosswalk]:
    """The edition after one, and the crosswalk that leads to it."""
    number = int(was.id.rpartition("-")[2]) + 1
    nodes: list[Node] = []
    crossings: list[Crossing] = []
    left = list(was.nodes)
    chance.shuffle(left)
    while left:
        _crossed(left, nodes, crossings, chance, number)
    for one in range(chance.randint(0 if nodes else 1, 2)):
        nodes.append(_leaf(f"new{number}-{one}", chance))
        crossings.append(Crossing("new", (), (nodes[-1].code,), "not asked before"))
    made_of = _edition(f"made-{number}", nodes, number)
    return made_of, Crosswalk(was, made_of, tuple(crossings), "made up")


def _crossed(
    left: list[Node],
    nodes: list[Node],
    crossings: list[Crossing],
    chance: random.Random,
    number: int,
) -> None:
    """Take one node, or two that merge, and say what became of it."""
    node = left.pop()
    kinds = ["same", "same", "same", "reworded", "widened", "narrowed", "split", "dropped"]
    kind = chance.choice([*kinds, "merged"] if left else kinds)
    earlier = (node.code, left.pop().code) if kind == "merged" else (node.code,)
    if kind == "dropped":
        later = []
    elif kind == "split":
        later = [_leaf(f"s{number}-{len(nodes)}{half}", chance) for half in "ab"]
    elif kind == "same":
        # Now and then under another code, or judged by another rule.
        code = node.code if chance.random() < 2 / 3 else f"c{number}-{len(nodes)}"
        rule = node.rule if chance.random() < 3 / 4 else chance.choice(RULES)
        later = [replace(node, code=code, rule=rule)]
    else:
        later = [_leaf(f"{kind[0]}{number}-{len(nodes)}", chance, f"{kind}, {number}")]
    nodes += later
    codes = tuple(one.code for one in later)
    crossings.append(Crossing(kind, earlier, codes, f"{kind} in {number}"))


if __name__ == "__main__":
    print(measure_upgrades(200))
    print(measure_upgrades(40, fault=oldest_is_taken_away))
