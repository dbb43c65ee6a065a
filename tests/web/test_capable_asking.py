"""The form of a stress test: what the force says stands where nothing is given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict

from regard.capability.configured import Configured
from regard.capability.questions import Question, levels_up_to
from regard.web.capable.asking import Asked, address_of

TOLD = Configured("west-midlands", make_up="26", tolerance=12, on_shift=0.37, otherwise=0.29)
FULL = Question(
    5, 9, weekday=2, hour=19, make_up="26", on_shift=0.07, otherwise=0.143, rest_hours=0,
    recovery_days=3, tolerance=8.5, levels=levels_up_to(11), shift_end="handover", reserve=4,
    divert=True, seed=10**18 - 1,
)  # fmt: skip


def asked(text):
    form = Asked(TOLD, QueryDict(text))
    assert form.is_valid(), form.errors
    return form.question()


def test_what_is_not_given_is_as_the_force_says_to_the_last_bit():
    usual = Question(3, 6, make_up="26", tolerance=12, on_shift=0.37, otherwise=0.29)

    assert asked("psus=3&days=6").text == usual.text
    assert asked("psus=3&days=6&tolerance=12&on_shift=37&otherwise=29").text == usual.text


@pytest.mark.parametrize("question", [FULL, replace(FULL, levels=(), divert=False)])
def test_an_address_asks_the_same_again(question):
    assert asked(address_of("west-midlands", question)[1:]) == question


def test_what_was_given_is_carried_on():
    form = Asked(TOLD, QueryDict("psus=3&days=6&area=elsewhere&strange=1"))

    assert dict(form.carried) == {
        "psus": "3", "days": "6", "weekday": "4", "hour": "7", "shift_end": "finish",
    }  # fmt: skip


def test_what_is_wrong_further_down_opens_the_assumptions():
    assert Asked(TOLD, QueryDict("psus=3&days=6&seed=x")).more_is_wrong
    assert not Asked(TOLD, QueryDict("psus=x&days=6")).more_is_wrong


def test_every_field_is_shown_once():
    form = Asked(TOLD)
    shown = [one.name for one in (*form.main, *form.more)]

    assert sorted(shown) == sorted(form.fields)
    assert not form.is_bound
