"""The form in which a stress test is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from regard.capability.configured import Configured
from regard.capability.questions import (
    FURTHEST_KM,
    MOST_PSUS,
    SEED,
    WEEKDAYS,
    Question,
    levels_up_to,
)
from regard.mobilisation.response.model import DAY, FINISH, HANDOVER
from regard.web.forms import Form

MOST_HOURS = 28 * DAY  # of rest after the return
MOST_UNITS = 10_000  # idle units that can be kept
MOST_SEED = 10**18 - 1
DAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip
ENDS = {FINISH: _("Units finish their job, then leave"), HANDOVER: _("Jobs are handed over")}
_FRIDAY, _SEVEN, _DAYS = WEEKDAYS.index("Friday"), 7, 6
_USUAL = {"weekday": str(_FRIDAY), "hour": str(_SEVEN), "shift_end": FINISH}


def _whole(label: Any, wrong: Any, *, width: int = 3, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        widget=forms.TextInput({"inputmode": "numeric", "class": f"govuk-input--width-{width}"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        **more,
    )


def _share(label: Any, wrong: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=6,
        decimal_places=3,
        widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-4"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        **more,
    )


class Asked(Form):
    """What is asked: how many go, when and for how long, and what is assumed.

    Args:
        told: What the force says of itself; its assumptions stand where none is given.
        given: What was sent; None where nothing was asked yet.
    """

    psus = _whole(_("Number of PSUs"), _("The number of PSUs must be a whole number"))
    days = _whole(_("Number of days"), _("The number of days must be a whole number"))
    weekday = forms.ChoiceField(
        label=_("Day they go"), choices=list(enumerate(DAYS)), initial=_FRIDAY, required=False
    )
    hour = forms.ChoiceField(
        label=_("Hour they go"),
        choices=[(one, f"{one:02d}:00") for one in range(DAY)],
        initial=_SEVEN,
        required=False,
    )
    host_km = _whole(
        _("Kilometres to the host (optional)"),
        _("The distance to the host must be a whole number of kilometres from 0 to 1,500"),
        required=False,
        min_value=0,
        max_value=FURTHEST_KM,
        width=4,
        help_text=_("The journeys there and back are added to the days. 0 for aid at home."),
    )
    curve = _whole(
        _("Draw a curve up to (optional)"),
        _("The end of the curve must be a whole number of PSUs from 0 to 60"),
        required=False,
        min_value=0,
        max_value=MOST_PSUS,
        help_text=_(
            "The full answer then shows up to seven numbers of PSUs, from none to this one."
        ),
    )
    shift_end = forms.ChoiceField(
        label=_("At the end of a shift"),
        choices=list(ENDS.items()),
        widget=forms.RadioSelect,
        required=False,
    )
    reserve = _whole(
        _("Idle units kept for the first grade"),
        _("The idle units kept must be a whole number from 0 to 10,000"),
        required=False,
        min_value=0,
        max_value=MOST_UNITS,
    )
    divert = forms.BooleanField(
        label=_("The first grade may take a unit that is still on its way to a lower grade"),
        required=False,
    )
    tolerance = _share(
        _("Late answers of the first grade that are borne (per cent)"),
        _("The late answers that are borne must be a number of per cent, such as 12"),
    )
    on_shift = _share(
        _("Share of each PSU taken from response, 07:00 to 19:00 (per cent)"),
        _("The share taken by day must be a number from 0 to 100, such as 42"),
        min_value=0,
        max_value=100,
    )
    otherwise = _share(
        _("Share of each PSU taken from response, 19:00 to 07:00 (per cent)"),
        _("The share taken by night must be a number from 0 to 100, such as 21"),
        min_value=0,
        max_value=100,
    )
    rest_hours = _whole(
        _("Hours of rest after the return"),
        _("The hours of rest must be a whole number from 0 to 672"),
        required=False,
        min_value=0,
        max_value=MOST_HOURS,
    )
    recovery_days = _whole(
        _("Days looked at after the return"),
        _("The days looked at after the return must be a whole number"),
        required=False,
    )
    seed = _whole(
        _("Seed"),
        _("The seed must be a whole number from 0 up, of at most 18 digits"),
        required=False,
        min_value=0,
        max_value=MOST_SEED,
        width=10,
        help_text=_(
            "The name of the luck: the same seed and the same inputs give the same answer."
        ),
    )
    MAIN = ("psus", "days", "weekday", "hour", "host_km", "curve")

    def __init__(self, told: Configured, given: QueryDict | None = None) -> None:
        self._told = told
        first = min(max(told.commitment, 1), MOST_PSUS)
        usual = Question(first, _DAYS, tolerance=told.tolerance)
        initial = {
            "psus": first,
            "days": _DAYS,
            "host_km": usual.host_km,
            "curve": first,
            "shift_end": FINISH,
            "reserve": usual.reserve,
            "tolerance": f"{told.tolerance:g}",
            "on_shift": f"{100 * told.on_shift:g}",
            "otherwise": f"{100 * told.otherwise:g}",
            "rest_hours": usual.rest_hours,
            "recovery_days": usual.recovery_days,
            "seed": SEED,
        }
        data = None if given is None else {**_USUAL, **given.dict()}
        super().__init__(data, initial=initial)

    @property
    def main(self) -> Iterator[forms.BoundField]:
        """The fields that everybody looks at."""
        return (self[name] for name in self.MAIN)

    @property
    def more(self) -> list[forms.BoundField]:
        """The assumptions that most leave as they are."""
        return [self[name] for name in self.fields if name not in self.MAIN]

    @property
    def more_is_wrong(self) -> bool:
        """Whether something is wrong among those."""
        return any(one.errors for one in self.more)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was given, to be sent again."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]

    def question(self) -> Question:
        """What is asked, of a form that is valid.

        Raises:
            DefinitionRefused: nobody can ask that.
            NotKnown: the force's make-up is none that Regard ships.
        """
        given, told = self.cleaned_data, self._told
        others = {
            "host_km": given["host_km"],
            "reserve": given["reserve"],
            "rest_hours": given["rest_hours"],
            "recovery_days": given["recovery_days"],
            "seed": given["seed"],
        }
        return Question(
            given["psus"],
            given["days"],
            weekday=int(given["weekday"] or _FRIDAY),
            hour=int(given["hour"] or _SEVEN),
            make_up=told.make_up,
            on_shift=_number(given["on_shift"], told.on_shift, of=100),
            otherwise=_number(given["otherwise"], told.otherwise, of=100),
            tolerance=_number(given["tolerance"], told.tolerance),
            levels=levels_up_to(given["curve"]) if given["curve"] else (),
            shift_end=given["shift_end"] or FINISH,
            divert=given["divert"],
            **{name: value for name, value in others.items() if value is not None},
        )


def address_of(force: str, question: Question) -> str:
    """The end of an address that asks the same of a force."""
    asked = {
        "area": force,
        "psus": question.psus,
        "days": question.days,
        "weekday": question.weekday,
        "hour": question.hour,
        "host_km": question.host_km,
        "curve": max(question.levels, default=""),
        "shift_end": question.shift_end,
        "reserve": question.reserve,
        **({"divert": "on"} if question.divert else {}),
        "tolerance": f"{question.tolerance:g}",
        "on_shift": f"{100 * question.on_shift:g}",
        "otherwise": f"{100 * question.otherwise:g}",
        "rest_hours": question.rest_hours,
        "recovery_days": question.recovery_days,
        "seed": question.seed,
    }
    return f"?{urlencode(asked)}"


def _number(given: Decimal | None, told: float, *, of: int = 1) -> float:
    """What was given; the force's own number where it is none or the same, to the last bit."""
    number = told if given is None else float(given / of)
    return told if number == told else number
