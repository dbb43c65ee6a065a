"""What a reader asks of musters and of units: a call for PSUs, and when we will be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.capability.configured import Configured
from regard.capability.incidents import LOCAL_TIME
from regard.capability.mustering import SHOWN, Asked
from regard.capability.people import Posted
from regard.core.periods import Month
from regard.mobilisation.muster import MAKE_UPS, make_up
from regard.web.capable.people_held import WhenAsked
from regard.web.capable.people_saying import bases_said
from regard.web.forms import DayField, Form, called
from regard.workforce.foretelling import Assumed

AHEAD, HALF_A_YEAR = 60, 6  # months to which it may be asked, and to which it is asked at first
FARTHEST = 2_000  # km to a host
MOST_PSUS, MOST_CARRIERS = 500, 5_000
MOST_JOINERS = 10_000  # a month
MOST_SEED = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1990, 2100
HOURS = 24
PERCENT = 100
SEED = 20_211_201  # of a chance, as the command has it


class NumberField(forms.DecimalField):
    """A number between two others.

    Args:
        least, most: The ends, both allowed.
        whole: Whether it must be whole.
        said: What it is called in what is wrong with it, where its label is a question.
    """

    def __init__(
        self, *, least: float, most: float, whole: bool = False, said: Any = "", **kwargs: Any
    ) -> None:
        self.said = said
        self._least, self._most, self._whole = least, most, whole
        mode = "numeric" if whole else "decimal"
        widget = forms.TextInput(
            {"class": "govuk-input--width-5", "inputmode": mode, "spellcheck": "false"}
        )
        super().__init__(max_digits=14, decimal_places=6, widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        """Refuse what is not between the ends."""
        super().validate(value)
        if value is None:
            return
        what = called(self, "")
        told = {"What": what[:1].upper() + what[1:], "least": f"{self._least:,}"}
        # The ends first: to look for a part of 1e999999 would take longer than anybody waits.
        if not self._least <= value <= self._most:
            told["most"] = f"{self._most:,}"
            raise ValidationError(gettext("%(What)s must be from %(least)s to %(most)s") % told)
        if self._whole and value % 1:
            raise ValidationError(gettext("%(What)s must be a whole number") % told)


def _share(label: Any, **kwargs: Any) -> NumberField:
    return NumberField(label=label, least=0, most=PERCENT, **kwargs)


class WithMore(Form):
    """A form of which some fields stand under more assumptions."""

    MORE: ClassVar[tuple[str, ...]] = ()

    def first_fields(self) -> list[forms.BoundField]:
        """The fields that stand first."""
        return [one for one in self.visible_fields() if one.name not in self.MORE]

    def more_fields(self) -> list[forms.BoundField]:
        """The fields that stand under more assumptions."""
        return [one for one in self.visible_fields() if one.name in self.MORE]

    def more_are_wrong(self) -> bool:
        """Whether one of those is at fault, so that they are shown."""
        return any(one in self.errors for one in self.MORE)


class Call(WithMore):
    """A call for PSUs."""

    MORE = ("carriers", "response_trained", "protected", "abstracted", "seed")

    on = DayField(label=_("Day of the call"))
    hour = forms.ChoiceField(
        label=_("Hour of the call, local time"),
        choices=[(f"{hour}", f"{hour:02d}:00") for hour in range(HOURS)],
    )
    distance = NumberField(
        label=_("Kilometres to the host"),
        help_text=_("0 where they stand ready at home"),
        least=0,
        most=FARTHEST,
    )
    make_up = forms.ChoiceField(
        label=_("People in a PSU"), choices=[(one, one) for one in MAKE_UPS]
    )
    commitment = NumberField(
        label=_("PSUs that are promised"),
        help_text=_("0 where none are: then nothing is tested"),
        least=0,
        most=MOST_PSUS,
        whole=True,
    )
    carriers = NumberField(label=_("Carriers"), least=0, most=MOST_CARRIERS, whole=True)
    response_trained = _share(
        _("Response officers on duty who hold the skill and are in date, per cent"),
        said=_("the share of response officers"),
    )
    protected = _share(
        _("Of those off duty, on leave that is not broken, per cent"),
        said=_("the share on leave"),
    )
    abstracted = _share(
        _("Absent on the day, per cent of everybody"), said=_("the share that is absent")
    )
    seed = NumberField(
        label=_("Seed"),
        help_text=_("The name of the luck: the same one gives the same answer"),
        least=0,
        most=MOST_SEED,
        whole=True,
    )

    def clean_on(self) -> Any:
        """Refuse a day that no roster is of."""
        day = self.cleaned_data["on"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                gettext("The day of the call must be from %(first)s to %(last)s")
                % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day

    def asked(self, told: Configured) -> Asked:
        """What is asked of the muster, by what the force says of itself.

        Raises:
            DefinitionRefused: what is asked cannot be.
        """
        given = self.cleaned_data
        at = datetime.combine(given["on"], time(int(given["hour"])), LOCAL_TIME)
        usual = told.call(at, distance_km=float(given["distance"]))
        return replace(
            usual,
            make_up=make_up(given["make_up"]),
            commitment=int(given["commitment"]),
            carriers=int(given["carriers"]),
            response_trained=_of_one(given["response_trained"]),
            protected=_of_one(given["protected"]),
            abstracted=_of_one(given["abstracted"]),
            seed=int(given["seed"]),
            hours=hours_of(usual),
        )


def hours_of(asked: Asked) -> int:
    """Hours that a muster must cover for what is told of it and tested."""
    return max(*SHOWN, *(one.hours for one in asked.thresholds))


def call_form(given: Mapping[str, Any], usual: Asked | None, told: Configured) -> Call:
    """The form of a call, with what is usual where nothing was asked yet.

    Args:
        given: What the address says.
        usual: The usual call; None where there is none.
        told: What the force says of itself.
    """
    if "hour" in given:
        return Call(given)
    meant = usual or told.call(datetime(FIRST_YEAR, 1, 1, 10, tzinfo=LOCAL_TIME))
    at = meant.at.astimezone(LOCAL_TIME)
    initial = {
        "on": at.date() if usual else None,
        "hour": f"{at.hour}",
        "distance": _plain(meant.distance_km),
        "make_up": meant.make_up.name,
        "commitment": meant.commitment,
        "carriers": meant.carriers,
        "response_trained": _plain(PERCENT * meant.response_trained),
        "protected": _plain(PERCENT * meant.protected),
        "abstracted": _plain(PERCENT * meant.abstracted),
        "seed": meant.seed,
    }
    return Call(initial=initial)


def call_asking(asked: Asked) -> dict[str, str]:
    """What an address says that asks for this call."""
    at = asked.at.astimezone(LOCAL_TIME)
    return {
        "on_day": f"{at.day}",
        "on_month": f"{at.month}",
        "on_year": f"{at.year}",
        "hour": f"{at.hour}",
        "distance": _plain(asked.distance_km),
        "make_up": asked.make_up.name,
        "commitment": f"{asked.commitment}",
        "carriers": f"{asked.carriers}",
        "response_trained": _plain(PERCENT * asked.response_trained),
        "protected": _plain(PERCENT * asked.protected),
        "abstracted": _plain(PERCENT * asked.abstracted),
        "seed": f"{asked.seed}",
    }


class When(WithMore):
    """By when, and who is assumed to join and to leave."""

    MORE = ("doubt", "seed")

    by = forms.ChoiceField(
        label=_("By the end of which month?"),
        error_messages={"required": _("Choose the month")},
    )
    bases = forms.MultipleChoiceField(
        label=_("On which posts?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one base of posts")},
    )
    joiners = NumberField(
        label=_("People who join a month"), said=_("how many join a month"), least=0,
        most=MOST_JOINERS,
    )  # fmt: skip
    leaving = NumberField(
        label=_("Per cent of those in post who leave in a year"),
        said=_("the share who leave"),
        least=0,
        most=99,
    )
    doubt = _share(
        _("How unsure both rates are, per cent of themselves"),
        help_text=_("Their standard deviation over their mean; 0 if they are sure"),
        said=_("how unsure the rates are"),
    )
    seed = NumberField(
        label=_("Seed"),
        help_text=_("The name of the luck: the same one gives the same answer"),
        least=0,
        most=MOST_SEED,
        whole=True,
    )

    def __init__(self, posted: Posted, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ahead = [posted.month + step for step in range(1, AHEAD + 1)]
        self._choices("by").choices = [(one.iso, str(one)) for one in ahead]
        self._choices("bases").choices = [(one, bases_said((one,))) for one in posted.bases]

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def asked(self) -> WhenAsked:
        """What is asked."""
        given = self.cleaned_data
        doubt = _of_one(given["doubt"])
        rates = Assumed(
            float(given["joiners"]),
            _of_one(given["leaving"]),
            joiners_spread=doubt if given["joiners"] else 0.0,
            leaving_spread=doubt,
        )
        return WhenAsked(Month.parse(given["by"]), rates, tuple(given["bases"]), int(given["seed"]))


def when_form(request: HttpRequest, posted: Posted) -> When:
    """The form of a unit, with what was asked; unfilled but for what needs no thought."""
    if "by" in request.GET:
        return When(posted, request.GET)
    first: Sequence[str] = posted.bases[:1]
    usual = {"by": (posted.month + HALF_A_YEAR).iso, "bases": list(first), "doubt": 15,
             "seed": SEED}  # fmt: skip
    return When(posted, initial=usual)


def _of_one(percent: Decimal) -> float:
    return float(percent / PERCENT)


def _plain(number: float) -> str:
    return f"{round(number, 6):g}"
