"""Who has still to speak in a round: duties at each line, sign-off, and what a board is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regard.assurance.cells import Cells, Key, cells
from regard.assurance.lineage import WHOLE
from regard.assurance.wording import told
from regard.core.statements import Statement
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Duty, Party
from regard.register.kinds.speech import IN_EFFECT, Act, Decision
from regard.register.kinds.values import Line
from regard.register.seeing import View

SIGNS_OFF = "chief-officer"
"""The role whose duty at line 2 is one decision that signs the round off, not a word a cell."""

FIRST_FEW = 5  # cells that a sentence names


@dataclass(frozen=True)
class Silence:
    """A duty of a round that is not done.

    Attributes:
        duty: Who must speak, at which line, on what.
        keys: The cells, or of a board the topics, of which nothing was said.
        why: What is missing where it is not a word on each cell.
    """

    duty: Duty
    keys: tuple[Key, ...]
    why: str = ""

    @property
    def statement(self) -> Statement:
        """Who has still to speak, in a sentence."""
        named = "; ".join(str(one) for one in self.keys[:FIRST_FEW])
        return told(
            "still to sign off" if self.why else "still to speak",
            post=self.duty.post,
            line=int(self.duty.line),
            count=len(self.keys),
            first=self.why or named,
        )


def still_to_speak(view: View, cycle: str, *, matrix: Cells | None = None) -> tuple[Silence, ...]:
    """The duties of a round that are not done, in the order of the round.

    At line 1, at line 3 and at line 2 a word is asked on each cell of the duty; of a chief
    officer at line 2 a decision that signs the round off after the last word; of a board a word
    on the requirement or heading that its duty names, else on each at the top.

    Args:
        view: The register at a position.
        cycle: The round.
        matrix: Its cells, if they were read already.

    Raises:
        NotKnown: there is no such round.
    """
    found = matrix or cells(view, cycle)
    return not_spoken(view, found, tuple(Line), signed=signed(view, cycle))


def not_spoken(
    view: View,
    matrix: Cells,
    lines: tuple[Line, ...],
    *,
    signed: tuple[Entry[Decision], ...] | None = None,
) -> tuple[Silence, ...]:
    """The duties at some lines that are not done.

    Args:
        view: The register at a position.
        matrix: The cells that are asked for.
        lines: Which lines.
        signed: The decisions that sign the round off; None asks for none.
    """
    keys = tuple(matrix.cells)
    silences = (
        _silence(view, duty, matrix, keys, signed)
        for duty in matrix.cycle.value.duties
        if duty.line in lines
    )
    return tuple(one for one in silences if one is not None)


def _silence(
    view: View,
    duty: Duty,
    matrix: Cells,
    keys: tuple[Key, ...],
    signed: tuple[Entry[Decision], ...] | None,
) -> Silence | None:
    if duty.line is Line.BOARD:
        missing = tuple(key for key in topics(duty, matrix) if not _board_spoke(matrix, key))
        return Silence(duty, missing) if missing else None
    asked = tuple(asked_by(duty, keys, matrix.requirements))
    if duty.line is Line.OVERSEEING and signs_off(view, duty.post):
        return None if signed is None else _unsigned(duty, matrix, asked, signed)
    missing = tuple(key for key in asked if not matrix.cells[key].spoke(duty.line))
    return Silence(duty, missing) if missing else None


def topics(duty: Duty, matrix: Cells) -> Iterator[Key]:
    """What a board must speak of: the requirement or heading of its duty, else each at the top."""
    for scope in (duty.scope,) if duty.scope else matrix.cycle.value.scopes:
        for about in (duty.about,) if duty.about else matrix.roots:
            yield Key(scope, about, WHOLE)


def _board_spoke(matrix: Cells, key: Key) -> bool:
    found = matrix.board.get((key.scope, key.about))
    return found is not None and found.counts


def asked_by(
    duty: Duty, keys: tuple[Key, ...], requirements: Mapping[str, Entry[Expectation]]
) -> Iterator[Key]:
    """The cells on which a duty asks a word, in their order."""
    below = _below(duty.about, requirements) if duty.about else None
    for key in keys:
        if duty.scope in (None, key.scope) and (below is None or key.about in below):
            yield key


def asked_of(matrix: Cells, post: str, line: int) -> tuple[Key, ...]:
    """The cells of which a post must speak at a line, in the order of the round."""
    keys = tuple(matrix.cells)
    duties = [one for one in matrix.cycle.value.duties if one.post == post and one.line == line]
    found = {key for duty in duties for key in asked_by(duty, keys, matrix.requirements)}
    return tuple(key for key in keys if key in found)


def _below(about: str, requirements: Mapping[str, Entry[Expectation]]) -> set[str]:
    """A requirement and everything that is a part of it."""
    found = {about}
    waiting = [about]
    by_parent: dict[str, list[str]] = {}
    for subject, entry in requirements.items():
        parent = entry.value.parent
        if parent:
            by_parent.setdefault(parent, []).append(subject)
    while waiting:
        for one in by_parent.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def signs_off(view: View, post: str) -> bool:
    """Whether a post is a chief officer's, who signs a round off."""
    found = view.find(post)
    return found is not None and isinstance(found.held, Party) and SIGNS_OFF in found.held.roles


def signed(view: View, cycle: str) -> tuple[Entry[Decision], ...]:
    """The decisions in effect that sign a round off."""
    return tuple(
        one
        for one in view.all(Decision, cycle=cycle)
        if one.held is not None and one.held.act is Act.SIGN_OFF and one.held.stage in IN_EFFECT
    )


def _unsigned(
    duty: Duty, matrix: Cells, asked: tuple[Key, ...], signed: tuple[Entry[Decision], ...]
) -> Silence | None:
    """The cells that a chief officer has not signed off, or that changed since."""
    at: dict[str, int] = {}
    for one in signed:
        for scope in (one.value.scope,) if one.value.scope else matrix.cycle.value.scopes:
            at[scope] = max(at.get(scope, 0), one.seq)
    never = tuple(key for key in asked if key.scope not in at)
    since = tuple(
        key
        for key in asked
        if key.scope in at
        and any(one.counts and one.entry.seq > at[key.scope] for one in matrix.cells[key].voices)
    )
    if not never and not since:
        return None
    why = "nothing is signed off" if never else "they were judged again since it was signed off"
    return Silence(duty, never + since, why)
