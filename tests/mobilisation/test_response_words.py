"""What is printed with every result."""

from __future__ import annotations

from dataclasses import replace

from mobilisation.response_histories import grade, steady
from regard.mobilisation.response.model import HANDOVER, SHIFT_ENDS, Rules
from regard.mobilisation.response.words import not_modelled, rules_said, shift_end_said


def test_every_way_in_which_a_shift_ends_is_said():
    said = {shift_end_said(Rules(shift_end=one)) for one in SHIFT_ENDS}

    assert len(said) == len(SHIFT_ENDS)
    assert "finishes its job and then leaves" in shift_end_said(Rules())


def test_rules_in_force_are_said_and_others_are_not():
    assert len(rules_said(Rules())) == 2
    assert "1 idle unit is kept for the first grade." in rules_said(Rules(reserve=1))
    assert len(rules_said(Rules(reserve=2, divert=True))) == 4


def test_what_a_model_holds_is_not_said_to_be_left_out():
    plain = steady(grade(), units=3)
    rich = steady(grade(units=(0.5, 0.5), patience=60.0), units=3, rules=Rules(HANDOVER))
    rich = replace(rich, generated=False, demand=replace(rich.demand, daily_spread=0.1))

    gone = set(not_modelled(plain)) - set(not_modelled(rich))

    assert len(gone) == 5
    assert set(not_modelled(rich)) < set(not_modelled(plain))
