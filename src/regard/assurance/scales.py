"""Scales as the register holds them: levels in order, which are counted and never averaged."""

from __future__ import annotations

from dataclasses import dataclass

from regard.assurance.publishing import SCALES, scheme_name
from regard.core.errors import NotKnown
from regard.library.labels import WELSH, labels_in
from regard.register.kinds.frame import Term
from regard.register.seeing import View
from regard.register.subjects import subject_of


@dataclass(frozen=True)
class Level:
    """One level of a scale.

    Attributes:
        code: Such as `partly-met`.
        label, label_cy: In English and in Welsh; the Welsh as it was published, else as Regard
            ships it, and empty where neither says it.
        meaning: What the level says.
        order: Its place, from 1, the worst.
    """

    code: str
    label: str
    label_cy: str
    meaning: str
    order: int

    def said(self, language: str) -> str:
        """What it is called in a language; in English where that language has no word for it."""
        return (self.label_cy if language == WELSH else "") or self.label


def levels_of(view: View, scale: str) -> tuple[Level, ...]:
    """The levels of a scale, the worst first.

    Args:
        view: The register at a position.
        scale: Its name with its version, such as `spr-position@1`.

    Raises:
        NotKnown: no edition that was published uses that scale.
    """
    head = subject_of("term", SCALES, scheme_name(scale))
    found = [one for one in view.all(Term, about=head) if one.held is not None]
    if not found:
        raise NotKnown(
            "scale of the register",
            scale,
            (),
            next_step="publish an edition that is judged on it",
        )
    made = (
        Level(
            code=_code(one.subject),
            label=one.value.label,
            label_cy=one.value.label_cy or labels_in(WELSH).level(scale, _code(one.subject)),
            meaning=one.value.meaning,
            order=one.value.order,
        )
        for one in found
    )
    return tuple(sorted(made, key=lambda level: level.order))


def _code(subject: str) -> str:
    return subject.rpartition("/")[2]


def level_of(view: View, scale: str, code: str) -> Level:
    """A level of a scale by its code.

    Raises:
        NotKnown: the scale has no such level, or no edition uses the scale.
    """
    levels = levels_of(view, scale)
    for one in levels:
        if one.code == code:
            return one
    raise NotKnown(f"level of {scale}", code, [one.code for one in levels])
