"""What changed between two rounds: which positions moved, and which cannot be set side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from regard.assurance.cells import COUNTED, Cell, Cells, Key
from regard.assurance.closed import spoken
from regard.assurance.lineage import DROPPED, descents
from regard.assurance.scales import levels_of
from regard.core.errors import NotComparable
from regard.core.statements import Statement
from regard.register.seeing import View
from regard.register.subjects import path_of

TEMPLATES = {
    "better": "{cell}: from “{before}” to “{now}”, better.",
    "worse": "{cell}: from “{before}” to “{now}”, worse.",
    "newly": "{cell}: “{now}”; it was not assessed in the round before.",
    "lost": "{cell}: not assessed now; it was “{before}” in the round before.",
    "broken": (
        "{cell}: “{now}” now and “{before}” before, which cannot be set side by side: {reason}."
    ),
}
say = partial(spoken, TEMPLATES)


class Move(StrEnum):
    """Which way a position moved."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEWLY = "newly"
    LOST = "lost"
    BROKEN = "broken"


@dataclass(frozen=True)
class Change:
    """What became of a position from one round to the next.

    Attributes:
        move: Which way.
        now: The cell of the later round.
        was: The cell of the earlier one, the first of several; None where the requirement has
            none.
        before, after: The levels in words; empty where there is none.
        reason: Why the two cannot be set side by side, where they cannot.
    """

    move: Move
    now: Cell
    was: Cell | None
    before: str
    after: str
    reason: str = ""

    @property
    def statement(self) -> Statement | None:
        """What changed, in a sentence; None where nothing did."""
        cell = f"{path_of(self.now.key.about)}, {self.now.key.aspect}"
        position = self.now.position or (self.was.position if self.was else None)
        if self.move is Move.SAME or position is None:
            return None
        held: dict[str, str] = {"cell": cell}
        if self.move is not Move.LOST:
            held["now"] = self.after
        if self.move is not Move.NEWLY:
            held["before"] = self.before
        if self.move is Move.BROKEN:
            held["reason"] = self.reason
        return say(
            self.move.value, source=position.entry.source, marking=position.entry.marking, **held
        )


def changes(view: View, now: Cells, before: Cells) -> tuple[Change, ...]:
    """What became of every position from one round to a later one, cell by cell.

    Positions are set side by side only on one scale, of one requirement or of one that descends
    from it with the same or merely reworded words; otherwise the trend has a break there, which
    is named. Of editions without a crosswalk between them nothing is known of what was what.

    Args:
        view: The position at which both were read.
        now: The later round's matrix.
        before: The earlier round's.
    """
    origins = _origins(view, now, before)
    orders: dict[str, dict[str, int]] = {}
    labels: dict[str, dict[str, str]] = {}
    for held in (now, before):
        for one in held.requirements.values():
            scale = one.value.scale
            if scale and scale not in orders:
                levels = levels_of(view, scale)
                orders[scale] = {level.code: level.order for level in levels}
                labels[scale] = {level.code: level.label for level in levels}
    found = []
    for cell in now:
        origins_of, reason = origins.get(cell.key.about, ((), ""))
        keys = (Key(cell.key.scope, one, cell.key.aspect) for one in origins_of)
        earlier = [before.cells[one] for one in keys if one in before.cells]
        if len(origins_of) > 1:
            found.append(_of_several(cell, earlier, reason, before, labels))
        else:
            was = earlier[0] if earlier else None
            found.append(_change(cell, was, reason, now, before, orders, labels))
    return tuple(one for one in found if one is not None)


def _origins(view: View, now: Cells, before: Cells) -> dict[str, tuple[tuple[str, ...], str]]:
    """What each requirement was, and why its positions cannot be set side by side if they cannot.

    Where an earlier round was on several editions, the nearest of them says what it was.
    """
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    editions = before.cycle.value.editions
    for later in now.cycle.value.editions:
        # An edition that was judged before too is set beside itself, and not beside an older one.
        for earlier in (later,) if later in editions else editions:
            if _instrument(view, later) != _instrument(view, earlier):
                continue
            try:
                steps = descents(view, later, earlier)
            except NotComparable:
                continue  # no crosswalk leads from the one to the other
            for one in steps:
                if one.relation != DROPPED and one.was:
                    found[one.now.subject] = (one.was, "" if one.carries else one.reason)
    return found


def _of_several(
    cell: Cell,
    earlier: list[Cell],
    reason: str,
    before: Cells,
    labels: dict[str, dict[str, str]],
) -> Change | None:
    """What became of positions on several requirements that are one now: never a move."""
    counted = [one for one in earlier if one.reads in COUNTED]
    told = " and ".join(
        dict.fromkeys(
            labels[before.requirements[one.key.about].value.scale].get(one.level or "", "")
            for one in counted
        )
    )
    scale = cell.position.entry.value.scale if cell.position else ""
    after = labels[scale].get(cell.level or "", "") if cell.reads in COUNTED else ""
    if not counted:
        return Change(Move.NEWLY, cell, None, "", after) if after else None
    if not after:
        return Change(Move.LOST, cell, counted[0], told, "")
    return Change(Move.BROKEN, cell, counted[0], told, after, reason)


def _instrument(view: View, edition: str) -> str:
    return str(view.one(edition).value.instrument)


def _change(
    cell: Cell,
    earlier: Cell | None,
    reason: str,
    now: Cells,
    before: Cells,
    orders: dict[str, dict[str, int]],
    labels: dict[str, dict[str, str]],
) -> Change | None:
    scale = now.requirements[cell.key.about].value.scale
    after = labels[scale].get(cell.level or "", "") if cell.reads in COUNTED else ""
    if earlier is None or earlier.reads not in COUNTED:
        return Change(Move.NEWLY, cell, earlier, "", after) if after else None
    was_scale = before.requirements[earlier.key.about].value.scale
    told = labels[was_scale].get(earlier.level or "", "")
    if not after:
        return Change(Move.LOST, cell, earlier, told, "")
    if was_scale != scale:
        reason = f"judged on {scale}, before on {was_scale}"
    if reason:
        return Change(Move.BROKEN, cell, earlier, told, after, reason)
    step = orders[scale][cell.level or ""] - orders[scale][earlier.level or ""]
    move = Move.BETTER if step > 0 else Move.WORSE if step < 0 else Move.SAME
    return Change(move, cell, earlier, told, after)
