"""Forms in which a post says something of a cell, and of what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.evidence import Piece
from regard.assurance.judging import Word
from regard.assurance.scales import Level
from regard.core.markings import OFFICIAL, Marking, Tier
from regard.register.access import Standing
from regard.register.kinds.values import Absent, Amount, Confidence
from regard.web.forms import DayField, Form, ReasonField, WordsField
from regard.web.judged.chosen import ABSENT, level_said

LEVEL, NO_LEVEL, AGREES = "level", "absent", "agrees"
LONGEST = 20_000  # characters of a reason, as the register takes them

Choices = list[tuple[str, Any]]


def choice(said: Any, meaning: Any) -> SafeString:
    """What can be chosen, with what it means below."""
    return format_html("{}<span class='govuk-hint regard-choice'>{}</span>", said, meaning)


def positions(levels: Iterable[Level], *, absences: bool = True) -> Choices:
    """What can be said of a cell: each level with its words, then why there is none."""
    found: Choices = [
        (f"{LEVEL}:{one.code}", choice(level_said(one), one.meaning)) for one in levels
    ]
    if absences:
        found += [
            (
                f"{NO_LEVEL}:{one.value}",
                choice(gettext("No level: %(why)s") % {"why": str(said).lower()}, meaning),
            )
            for one, (said, meaning) in ABSENT.items()
        ]
    return found


def markings(standing: Standing) -> Choices:
    """How closely a post can hold what it says: as closely as it may read."""
    closely = any(role.sensitive for role in standing.roles)
    held = [OFFICIAL, *([Marking(Tier.OFFICIAL_SENSITIVE)] if closely else [])]
    return [(str(one), str(one)) for one in held]


class Saying(Form):
    """A position with its reason.

    Args:
        choices: What can be said.
        standing: Who says it.
    """

    position = forms.ChoiceField(
        label=_("Position"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a position")},
    )
    reason = ReasonField(
        label=_("Reason"),
        max_length=LONGEST,
        rows=4,
        error_messages={"required": _("Enter a reason: no judgement stands without one")},
    )
    marking = forms.ChoiceField(label=_("Marking"), widget=forms.RadioSelect, initial=str(OFFICIAL))

    def __init__(self, *args: Any, choices: Choices, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "position", choices)
        _offer(self, "marking", markings(standing))

    def word(self) -> Word:
        """What was said, of a form that is valid."""
        said = self.cleaned_data
        sort, _colon, code = said["position"].partition(":")
        confidence = said.get("confidence")
        return Word(
            reason=said["reason"],
            level=code if sort == LEVEL else None,
            absent=Absent(code) if sort == NO_LEVEL else None,
            departure=said.get("departure", ""),
            confidence=Confidence(confidence) if confidence else None,
            evidence=(*said.get("evidence", ()), *said.get("others", ())),
            marking=Marking.parse(said["marking"]),
        )


class Judging(Saying):
    """What a lead, or whoever looks from outside, judges: with evidence and how sure.

    Args:
        near: Evidence that has to do with what is judged, to be ticked.
        others: All other evidence.
        departs: Whether a second reason can be given.
    """

    evidence = forms.MultipleChoiceField(
        label=_("Evidence it rests on"),
        help_text=_("Tick what you rely on. Without any, the cell will read as asserted."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.MultipleChoiceField(
        label=_("Other evidence on this body, the latest first"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    departure = WordsField(
        label=_("Why another level than suggested"),
        said=_("the reason for another level"),
        help_text=_("Only if you choose another position than the rule suggests."),
        max_length=LONGEST,
        required=False,
    )
    confidence = forms.ChoiceField(
        label=_("How sure are you? (optional)"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            (Confidence.LOW.value, _("Not very")),
            (Confidence.MEDIUM.value, _("Fairly")),
            (Confidence.HIGH.value, _("Very")),
        ],
    )
    field_order = ("evidence", "others", "position", "reason", "departure", "confidence", "marking")

    def __init__(
        self,
        *args: Any,
        near: Choices,
        others: Choices,
        departs: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("evidence", near), ("others", others)):
            _offer(self, name, choices)
            if not choices:
                del self.fields[name]
        if not departs:
            del self.fields["departure"]


class Asking(Saying):
    """What a board says: whether it is assured, and what it asked."""

    asked = WordsField(
        label=_("Questions the board asked (optional)"),
        help_text=_("One a line. They are kept with the answer."),
        max_length=LONGEST,
        required=False,
    )
    field_order = ("position", "reason", "asked", "marking")

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions, of a form that is valid."""
        lines = str(self.cleaned_data.get("asked", "")).splitlines()
        return tuple(one.strip() for one in lines if one.strip())


class Reason(Form):
    """Nothing but a reason."""

    reason = ReasonField(label=_("Reason"), max_length=LONGEST)


class Adding(Form):
    """A piece of evidence.

    Args:
        measures: The measures of which a figure can be given.
        standing: Who adds it.
    """

    text = WordsField(
        label=_("What was found, in a sentence"),
        said=_("what was found"),
        help_text=_("For example, the mobilisation plan was tested with the region."),
        max_length=2_000,
        rows=2,
    )
    document = forms.CharField(
        label=_("Where it is: the document (optional)"),
        help_text=_("Its title, or its address."),
        max_length=500,
        required=False,
    )
    place = forms.CharField(
        label=_("Where in it (optional)"),
        help_text=_("Such as paragraph 32."),
        max_length=200,
        required=False,
    )
    collected = DayField(
        label=_("Day on which it was found"),
        help_text=_("For example, 14 3 2026"),
    )
    expires = DayField(
        label=_("Day after which it no longer counts (optional)"),
        help_text=_("Leave it empty if it does not expire."),
        required=False,
    )
    measure = forms.ChoiceField(label=_("If it is a figure: of what (optional)"), required=False)
    amount = forms.DecimalField(
        label=_("How much (optional)"),
        required=False,
        max_digits=20,
        localize=False,
        widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={"invalid": _("Give a number, such as 1193 or 95.5")},
    )
    base = forms.CharField(
        label=_("On which base it stands (optional)"),
        help_text=_("Such as funded establishment."),
        max_length=200,
        required=False,
    )
    marking = forms.ChoiceField(
        label=_("Marking of the evidence"), widget=forms.RadioSelect, initial=str(OFFICIAL)
    )

    def __init__(
        self, *args: Any, measures: tuple[tuple[str, str, str], ...], standing: Standing, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self._units = {subject: unit for subject, _name, unit in measures}
        named: Choices = [(one, f"{name} ({unit})") for one, name, unit in measures]
        _offer(self, "measure", [("", gettext("No figure")), *named])
        _offer(self, "marking", markings(standing))

    @property
    def filled(self) -> bool:
        """Whether anything was typed that only evidence has."""
        names = ("text", "document", "place", "amount", "base", "measure")
        return any(str(self.data.get(self.add_prefix(one), "")).strip() for one in names)

    def clean(self) -> dict[str, Any]:
        """A figure says of what, and a day comes before another."""
        said: dict[str, Any] = super().clean() or {}
        amount, measure = said.get("amount"), said.get("measure")
        if amount is not None and not measure:
            self.add_error("measure", gettext("Say what the figure is of"))
        if measure and amount is None and "amount" not in self.errors:
            self.add_error("amount", gettext("Give the figure, or choose no figure"))
        collected, expires = said.get("collected"), said.get("expires")
        if collected and expires and expires < collected:
            self.add_error("expires", gettext("It cannot expire before it was found"))
        text = str(said.get("text", ""))
        if text and not measure and not any(one.isascii() and one.isalnum() for one in text[:60]):
            self.add_error("text", gettext("Begin with a few words in plain letters"))
        return said

    def piece(self, scope: str) -> Piece:
        """The piece of evidence on a body, of a form that is valid."""
        said = self.cleaned_data
        measure, amount = said["measure"], said["amount"]
        return Piece(
            text=said["text"],
            scope=scope,
            collected=said["collected"],
            expires=said["expires"],
            measure=measure,
            amount=Amount(value=Decimal(amount), unit=self._units[measure]) if measure else None,
            base=said["base"],
            document=said["document"],
            place=said["place"],
            marking=Marking.parse(said["marking"]),
        )


def _offer(form: Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
