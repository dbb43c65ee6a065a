"""What is said of a cell, in sentences that a page can show, each with the entry it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regard.assurance.cells import Cell, Cells, Voice
from regard.assurance.evidence import Weighed
from regard.assurance.scales import levels_of
from regard.assurance.wording import told
from regard.core.errors import NotKnown
from regard.core.figures import Figure
from regard.core.statements import Statement
from regard.register.kinds.frame import Party
from regard.register.kinds.speech import Judgement
from regard.register.seeing import View


@dataclass(frozen=True)
class Names:
    """How posts and levels are called, read at once for a whole page.

    Attributes:
        posts: What each post is called, by subject.
        levels: The label of each level, by scale and code.
    """

    posts: Mapping[str, str]
    levels: Mapping[tuple[str, str], str]

    def post(self, subject: str) -> str:
        """What a post is called; its subject where the reader may not see it."""
        return self.posts.get(subject, subject)

    def position(self, judgement: Judgement) -> str:
        """The level of a judgement by its label, or why there is none."""
        if judgement.absent is not None:
            return judgement.absent.value
        code = judgement.level or ""
        return self.levels.get((judgement.scale, code), code)


def names_in(view: View, matrix: Cells) -> Names:
    """What the posts and levels of a matrix are called."""
    voices = [voice for cell in matrix for voice in cell.voices] + list(matrix.board.values())
    posts = view.many({one.entry.post for one in voices})
    scales = {one.entry.value.scale for one in voices}
    return Names(
        {subject: one.held.name for subject, one in posts.items() if isinstance(one.held, Party)},
        dict(_labels(view, scales)),
    )


def _labels(view: View, scales: Iterable[str]) -> Iterator[tuple[tuple[str, str], str]]:
    for scale in sorted(scales):
        try:
            levels = levels_of(view, scale)
        except NotKnown:
            continue  # a scale of no edition: its codes speak for themselves
        yield from (((scale, one.code), one.label) for one in levels)


def voices_told(cell: Cell, matrix: Cells, names: Names) -> tuple[Statement, ...]:
    """Everything that is said of a cell, the first line first, with what it rests on.

    Args:
        cell: The cell.
        matrix: The round it is of.
        names: How posts and levels are called.
    """
    if not cell.voices:
        return (told("nobody", source=matrix.cycle.source),)
    first = cell.position
    return tuple(
        sentence for voice in cell.voices for sentence in _of_voice(voice, matrix, names, first)
    )


def board_told(matrix: Cells, scope: str, about: str, names: Names) -> tuple[Statement, ...]:
    """What the board says of a requirement or heading."""
    voice = matrix.board.get((scope, about))
    if voice is None:
        return (told("nobody", source=matrix.cycle.source),)
    return tuple(_of_voice(voice, matrix, names, None))


def _of_voice(
    voice: Voice, matrix: Cells, names: Names, first: Voice | None
) -> Iterator[Statement]:
    entry, value = voice.entry, voice.entry.value
    source, marking = entry.source, entry.marking
    said: dict[str, Any] = {
        "post": names.post(entry.post),
        "line": int(value.line),
        "level": names.position(value),
        "reason": value.reason,
    }
    if not value.counts:
        # The entry is of the post that carried it; whose word it was, the one it names says.
        del said["post"]
        seq = value.carried_from or entry.seq
        yield told("carried voice", source=source, marking=marking, seq=seq, **said)
        return
    key = "said"
    if value.answers is not None and first is not None:
        same = (value.level, value.absent) == (first.level, first.entry.value.absent)
        key = "agreed" if same else "another view"
    yield told(key, source=source, marking=marking, **said)
    if value.suggested and value.departure:
        yield told(
            "departed",
            source=source,
            marking=marking,
            suggested=names.levels.get((value.scale, value.suggested), value.suggested),
            rule=value.rule,
            departure=value.departure,
        )
    if value.line and value.answers is None:
        yield _evidence(voice.evidence, voice, matrix)


def _evidence(held: Weighed, voice: Voice, matrix: Cells) -> Statement:
    source, marking = voice.entry.source, voice.entry.marking
    if held == Weighed():
        return told("rests on nothing", source=source, marking=marking)
    number = len(held.current)
    current = Figure(
        value=number,
        unit="piece" if number == 1 else "pieces",
        measure="evidence in date",
        scope=voice.entry.value.scope,
        basis="counted",
        method="evidence@1",
        as_at=matrix.as_at,
        sources=(source,),
    )
    return told(
        "rests on",
        source=source,
        marking=marking,
        current=current,
        day=matrix.as_at,
        **{
            name: len(getattr(held, name)) for name in ("expired", "not_yet", "retracted", "unseen")
        },
    )
