"""What a reader asks of a muster: numbers between ends, and an address that asks the same again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from regard.capability.configured import Configured
from regard.capability.incidents import LOCAL_TIME
from regard.mobilisation.muster import Threshold
from regard.web.capable.people_forms import NumberField, call_asking, call_form, hours_of

TOLD = Configured("west-midlands", make_up="26", carriers=44, commitment=17)
USUAL = TOLD.call(datetime(2021, 7, 2, 10, tzinfo=LOCAL_TIME), distance_km=12.5)


def test_an_address_asks_for_the_same_call_again():
    form = call_form(QueryDict(urlencode(call_asking(USUAL))), None, TOLD)

    assert form.is_valid(), form.errors
    assert form.asked(TOLD) == USUAL


def test_what_is_usual_stands_in_a_form_that_asks_nothing():
    form = call_form(QueryDict(""), USUAL, TOLD)

    assert not form.is_bound
    assert form.initial["on"] == USUAL.at.date()
    assert form.initial["hour"] == "10"
    assert call_form(QueryDict(""), None, TOLD).initial["on"] is None


def test_a_muster_covers_every_hour_that_is_tested():
    assert hours_of(USUAL) == 24
    assert hours_of(replace(USUAL, thresholds=(Threshold(100, 36),))) == 36


@pytest.mark.parametrize("given", ["-1", "11", "x", "NaN", "Infinity", "1e99", ""])
def test_a_number_that_is_not_between_the_ends_is_refused(given):
    with pytest.raises(ValidationError):
        NumberField(label="Number", least=0, most=10).clean(given)


@pytest.mark.parametrize("given, whole", [("0", True), ("10", True), ("2.5", False)])
def test_the_ends_are_allowed(given, whole):
    assert NumberField(label="Number", least=0, most=10, whole=whole).clean(given) == float(given)


@pytest.mark.parametrize("given", ["1e999999999", "-1e999999999", "1e-999999999"])
def test_a_number_of_a_thousand_million_digits_is_refused_at_once(given):
    field = NumberField(label="seeds", least=0, most=10, whole=True)

    with pytest.raises(ValidationError):
        field.clean(given)


def test_parts_are_refused_of_what_is_whole():
    with pytest.raises(ValidationError, match="whole"):
        NumberField(label="Number", least=0, most=10, whole=True).clean("2.5")
