"""A whole and its parts between two periods: shares, what the rest did, shares of a change."""

from __future__ import annotations

from dataclasses import dataclass

from regard.core.errors import NotEnoughData
from regard.core.figures import Figure, derived, difference, percent_change
from regard.core.quantities import PERCENT
from regard.core.statements import Statement
from regard.signals.sentences import say


@dataclass(frozen=True)
class Composition:
    """A part of a whole now and in the same period last year.

    Attributes:
        share_now, share_then: The part in per cent of the whole.
        part_change, whole_change, rest_change: Each in per cent of what it was; `rest` is the
            whole without the part.
        rest_now, rest_then: The rest itself, in the unit of the whole.
        share_of_change: The change of the part in per cent of the change of the whole; missing
            where the whole did not change.
    """

    share_now: Figure
    share_then: Figure
    part_change: Figure
    whole_change: Figure
    rest_change: Figure
    rest_now: Figure
    rest_then: Figure
    share_of_change: Figure

    def statements(self, *, part: str, whole: str) -> tuple[Statement, ...]:
        """The composition in sentences, with the names of the part and the whole."""
        told = [
            say("composition", part=part, whole=whole, now=self.share_now, then=self.share_then),
            say(
                "rest",
                whole=whole,
                part_change=self.part_change,
                whole_change=self.whole_change,
                rest_change=self.rest_change,
            ),
        ]
        return tuple(told)


def composition(
    *, part_now: Figure, part_then: Figure, whole_now: Figure, whole_then: Figure
) -> Composition:
    """A part and its whole, now and in the same period last year (counts of one unit).

    Nothing here says that the part brought about the change of the whole.

    Args:
        part_now, part_then: The part, such as shop theft.
        whole_now, whole_then: The whole that it belongs to, such as business crime.

    Raises:
        NotComparable: the two parts, or the two wholes, are not the same thing; or the part is
            of another body or area than the whole.
        NotEnoughData: a figure is missing, a whole or part was nought, a part exceeds its whole,
            or the whole was nothing but the part.
    """
    for part, whole in ((part_now, whole_now), (part_then, whole_then)):
        if not 0 < part.known <= whole.known:
            raise NotEnoughData(
                f"{part.measure} ({part}) is no part of {whole.measure} ({whole})",
                expected="a part above 0 and not above its whole",
            )
    rest_now, rest_then = (
        derived(
            (whole, part),
            value=whole.known - part.known,
            unit=whole.unit,
            method="whole less part",
            measure=f"{whole.measure} without {part.measure}",
        )
        for part, whole in ((part_now, whole_now), (part_then, whole_then))
    )
    return Composition(
        share_now=_share(part_now, whole_now),
        share_then=_share(part_then, whole_then),
        part_change=percent_change(part_now, part_then),
        whole_change=percent_change(whole_now, whole_then),
        rest_change=percent_change(rest_now, rest_then),
        rest_now=rest_now,
        rest_then=rest_then,
        share_of_change=share_of_change(
            part_now=part_now, part_then=part_then, whole_now=whole_now, whole_then=whole_then
        ),
    )


def share_of_change(
    *, part_now: Figure, part_then: Figure, whole_now: Figure, whole_then: Figure
) -> Figure:
    """The change of a part in per cent of the change of its whole: a size, never a reason.

    It is missing where the whole did not change.

    Raises:
        NotComparable: the two parts, or the two wholes, are not the same thing.
        NotEnoughData: a figure is missing.
    """
    part, whole = difference(part_now, part_then), difference(whole_now, whole_then)
    if whole.known == 0:
        return derived(
            (part, whole), value=None, unit=PERCENT, method="share of change",
            missing="the whole did not change",
        )  # fmt: skip
    return derived(
        (part, whole), value=100 * part.known / whole.known, unit=PERCENT, method="share of change"
    )


def _share(part: Figure, whole: Figure) -> Figure:
    return derived(
        (part, whole), value=100 * part.known / whole.known, unit=PERCENT, method="share"
    )
