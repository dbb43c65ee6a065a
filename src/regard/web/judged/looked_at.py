"""A cell that is looked at: what the post may do with it, and the forms by which it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from regard.assurance.cells import Cell, Key, Voice
from regard.assurance.publishing import BOARD_SCALE
from regard.assurance.recalling import recalled
from regard.assurance.suggesting import Suggested, suggested
from regard.core.errors import NotKnown
from regard.core.periods import day_said
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, Observation
from regard.register.kinds.frame import Measure
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Line
from regard.web.forms import Form
from regard.web.judged.chosen import Chosen, one_chosen, shelf
from regard.web.judged.saying import (
    AGREES,
    Adding,
    Asking,
    Choices,
    Judging,
    Saying,
    choice,
    positions,
)

MOST_OFFERED = 100  # pieces of evidence that a form offers to tick
NEW = "new"  # before the names of the fields of a piece that is added on a cell


@dataclass
class At:
    """A cell that is looked at.

    Attributes:
        chosen: The round and the body.
        cell: The cell.
        forms: Forms that were sent and refused, by the act.
        ticked: The evidence on which the suggestion is to stand; None for what it finds itself.
    """

    chosen: Chosen
    cell: Cell
    forms: dict[str, Form] = field(default_factory=dict)
    ticked: tuple[str, ...] | None = None
    _suggested: dict[tuple[str, ...] | None, Suggested] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Which cell."""
        return self.cell.key

    @property
    def requirement(self) -> Entry[Expectation]:
        """What is asked."""
        return self.chosen.matrix.requirements[self.key.about]

    @property
    def lead(self) -> Voice | None:
        """What a lead judged in this round, or None."""
        found = self.cell.at(Line.DOING)
        return found if found is not None and found.counts else None

    @property
    def judges(self) -> bool:
        """Whether the post may judge it at line 1."""
        at = self.chosen
        return at.speaks and at.may_speak_at(Line.DOING) and self.key in at.duty

    @property
    def answers(self) -> bool:
        """Whether the post may answer what a lead judged, and somebody did."""
        at = self.chosen
        return at.speaks and at.may_speak_at(Line.OVERSEEING) and self.lead is not None

    @property
    def inspects(self) -> bool:
        """Whether the post may judge it from outside."""
        return self.chosen.speaks and self.chosen.may_speak_at(Line.INDEPENDENT)

    @property
    def assures(self) -> bool:
        """Whether the post speaks for a board."""
        return self.chosen.speaks and self.chosen.may_speak_at(Line.BOARD)

    def suggestion(self) -> Suggested:
        """What the rule suggests on the evidence that is ticked."""
        if self.ticked not in self._suggested:
            self._suggested[self.ticked] = suggested(
                self.chosen.view,
                self.chosen.cycle.subject,
                self.key,
                evidence=self.ticked,
                held=shelf(),
                said=[one.entry for one in self.cell.voices],
            )
        return self._suggested[self.ticked]

    @cached_property
    def recalled(self) -> tuple[Entry[Judgement], ...]:
        """What was said of the requirement in every round, the latest first."""
        return recalled(self.chosen.view, self.requirement, self.key.scope)

    def positions(self, *, absences: bool = True) -> Choices:
        """What can be said of it."""
        scale = self.requirement.value.scale
        return positions(self.chosen.levels.get(scale, ()), absences=absences)

    def offered(self) -> tuple[Choices, Choices]:
        """The evidence that can be ticked: what has to do with the requirement, and the rest."""
        at = self.chosen
        found = {
            one.subject: one
            for one in at.view.all(Observation, scope=self.key.scope)
            if one.held is not None and not one.held.retracts
        }
        cited = [one for entry in self.recalled for one in entry.value.evidence]
        cited += [one for voice in self.cell.voices for one in voice.entry.value.evidence]
        cited += [*self.suggestion().cited, *(self.ticked or ())]
        near = [one for one in dict.fromkeys(cited) if one in found]
        rest = sorted(set(found) - set(near), key=lambda one: found[one].seq, reverse=True)
        return (
            [(one, _of_piece(found[one])) for one in near],
            [(one, _of_piece(found[one])) for one in rest[:MOST_OFFERED]],
        )

    def measures(self) -> tuple[tuple[str, str, str], ...]:
        """The measures of which a figure can be given, with their names and units."""
        held = (one for one in self.chosen.view.all(Measure) if one.held is not None)
        named = ((one.subject, one.value.name, one.value.unit) for one in held)
        return tuple(sorted(named, key=lambda one: one[1]))

    @property
    def address(self) -> str:
        """Its page."""
        return self.chosen.address(self.key)


def _of_piece(one: Entry[Observation]) -> Any:
    held = one.value
    days = gettext("found %(day)s") % {"day": day_said(held.collected)}
    if held.expires is not None:
        days += ", " + gettext("counts until %(day)s") % {"day": day_said(held.expires)}
    return choice(held.text, days)


def cell_of(request: HttpRequest, about: str, under: str) -> At:
    """The cell that an address names.

    Raises:
        NotKnown: there is no such cell, or the post may not see it.
    """
    subject = f"expectation:{about}"
    chosen = one_chosen(request, about=subject)
    key = Key(chosen.scope, subject, under)
    found = chosen.matrix.cells.get(key)
    if found is None:
        raise NotKnown("cell", str(key), [str(one) for one in chosen.matrix.cells])
    return At(chosen, found)


def judging_form(
    at: At,
    data: Any = None,
    *,
    prefix: str | None = None,
    departs: bool = True,
    evidence: Iterable[str] = (),
) -> Judging:
    """The form by which a cell is judged."""
    near, others = at.offered()
    return Judging(
        data,
        prefix=prefix,
        choices=at.positions(),
        near=near,
        others=others,
        departs=departs,
        standing=at.chosen.here.standing,
        initial={"evidence": list(evidence)},
    )


def adding_form(at: At, data: Any = None) -> Adding:
    """The form by which a piece of evidence is added on a cell."""
    return Adding(
        data,
        prefix=NEW,
        measures=at.measures(),
        standing=at.chosen.here.standing,
        initial={"collected": at.chosen.here.today},
    )


def answering_form(at: At, data: Any = None) -> Saying:
    """The form by which a lead's judgement is answered."""
    lead = at.lead
    taken = lead.entry.value if lead is not None else None
    choices = [
        (value, said)
        for value, said in at.positions()
        if taken is None or value not in (f"level:{taken.level}", f"absent:{taken.absent}")
    ]
    agree: Choices = [(AGREES, gettext("I agree with what the lead says"))]
    return Saying(
        data,
        prefix="challenge",
        choices=agree + choices,
        standing=at.chosen.here.standing,
    )


def assuring_form(at: At, data: Any = None) -> Asking:
    """The form by which a board says whether it is assured of the requirement."""
    return Asking(
        data,
        prefix="assure",
        choices=positions(at.chosen.levels.get(BOARD_SCALE, ()), absences=False),
        standing=at.chosen.here.standing,
    )
