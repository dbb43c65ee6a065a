"""The printed vectors of the individuals chart, missing months, rebase and freeze."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.signals import kernel
from regard.signals.conventions import (
    EXACT_CONSTANT,
    NHS,
    NHS_CONSTANT,
    NHS_UNGUARDED,
    NHSR_PARITY,
    TABLE_CONSTANT,
)
from regard.signals.xmr import xmr, xmr_many

V1 = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
V2 = [
    310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306,
    301, 304, 305, 282, 305, 296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310,
    304, 305, 333, 328,
]  # fmt: skip
V3 = [
    34.05, 34.40, 33.59, 35.96, 34.70, 33.51, 33.79, 34.04, 34.52, 33.75, 33.27, 33.71, 34.03,
    34.58, 34.02, 33.97, 34.05, 34.04, 33.73, 34.05,
]  # fmt: skip
V4 = [9, 11] * 10 + [14, 16, 11]
V5 = [0] * 11 + [50] + [0] * 4
V6 = [5] * 15
V7 = [8, 9, 10, 11, 11, 12, 13, 14]
V8 = [
    17, 12, 27, 20, 20, 18, 22, 19, 19, 24, 17, 16, 24, 19, 19, 22, 25, 19, 17, 6, 25, 17, 11,
    14, 9, 11, 7, 13, 5, 5, 3, 5, 9, 4, 5, 9,
]  # fmt: skip


def limits(values, *, rules=NHSR_PARITY, **how):
    group = xmr(values, rules=rules, **how).groups[0]
    return pytest.approx((group.lower, group.upper), abs=6e-8)


def labels(chart):
    return {
        at: chart.label_at(at) for at in range(len(chart.chart.signals[0])) if chart.label_at(at)
    }


@pytest.mark.parametrize(
    ("constant", "screen", "printed"),
    [
        (NHS_CONSTANT, False, (-3.0626144, 6.9515033)),
        (TABLE_CONSTANT, False, (-3.0618134, 6.9507023)),
        (EXACT_CONSTANT, False, (-3.0601311, 6.9490200)),
        (NHS_CONSTANT, True, (-0.7155556, 4.6044444)),
        (TABLE_CONSTANT, True, (-0.7151300, 4.6040189)),
    ],
)
def test_vector_1_in_three_conventions_screened_and_not(constant, screen, printed):
    rules = replace(NHSR_PARITY, constant=constant, screen=screen)

    assert limits(V1, rules=rules) == printed


def test_vector_1_has_one_point_above_the_limit():
    chart = xmr(V1, rules=NHSR_PARITY)

    assert chart.groups[0].mean == pytest.approx(1.9444444, abs=6e-8)
    assert labels(chart) == {4: "above the upper limit"}


def test_vector_2_frozen_after_20_signals_39_and_40():
    rules = replace(NHSR_PARITY, constant=TABLE_CONSTANT, screen=False)

    chart = xmr(V2, rules=rules, freeze=20)

    assert chart.groups[0].mean == 300.5
    assert limits(V2, rules=rules, freeze=20) == (279.7833147, 321.2166853)
    assert [at + 1 for at in labels(chart)] == [39, 40]


def test_vector_3_viscosity_signals_its_fourth_batch():
    rules = replace(NHSR_PARITY, constant=TABLE_CONSTANT, screen=False)

    chart = xmr(V3, rules=rules)
    group = chart.groups[0]

    assert group.mean == pytest.approx(34.088)
    assert (group.upper - group.mean) / 3 == pytest.approx(0.507652109, abs=6e-10)
    assert (group.lower, group.upper) == pytest.approx((32.56504, 35.61096), abs=6e-6)
    assert [at + 1 for at in labels(chart)] == [4]


@pytest.mark.parametrize(
    ("rules", "flagged"),
    [
        (NHSR_PARITY, {21: "above the upper limit"}),
        (NHS_UNGUARDED, {20: "two of three high", 21: "above the upper limit"}),
    ],
)
def test_vector_4_two_of_three_in_the_old_and_the_new_version(rules, flagged):
    chart = xmr(V4, rules=rules, freeze=20)

    assert chart.groups[0].mean == 10
    assert limits(V4, rules=rules, freeze=20) == (4.68, 15.32)
    assert labels(chart) == flagged


def test_vector_5_the_unguarded_rules_collapse_as_the_packages_do():
    chart = xmr(V5, rules=NHSR_PARITY)

    assert (chart.groups[0].lower, chart.groups[0].upper) == (3.125, 3.125)
    assert len(labels(chart)) == 16


def test_vector_5_the_guarded_rules_keep_their_width_and_flag_the_odd_month():
    chart = xmr(V5, rules=NHS)
    group = chart.groups[0]

    assert group.lower < 0 < group.upper < 50
    assert [at for at, name in labels(chart).items() if "limit" in name] == [11]
    assert group.guards == 1


def test_vector_6_constant_counts_have_finite_limits_and_no_signal():
    chart = xmr(V6, rules=NHS)

    assert np.isfinite([chart.groups[0].lower, chart.groups[0].upper]).all()
    assert labels(chart) == {}


def test_vector_6_constant_times_have_finite_limits_and_no_signal():
    chart = xmr([*V6, *[7] * 8], rules=NHS, counts=False, freeze=15)

    assert (chart.groups[0].lower, chart.groups[0].upper) == (5, 5)
    assert labels(chart) == {}


def test_vector_6_the_unguarded_rules_have_no_limits_as_the_packages_have_none():
    chart = xmr(V6, rules=NHSR_PARITY)

    assert np.isnan([chart.groups[0].lower, chart.groups[0].upper]).all()
    assert labels(chart) == {}


@pytest.mark.parametrize("rules", [NHS, NHS_UNGUARDED, NHSR_PARITY], ids=str)
def test_vector_7_a_tie_ends_a_trend(rules):
    assert "rising" not in labels(xmr(V7, rules=rules)).values()


@pytest.mark.parametrize(
    ("screen", "printed"),
    [(False, (2.2193516, 27.4473151)), (True, (3.3345849, 26.3320818))],
)
def test_vector_8_infections_screened_and_not(screen, printed):
    rules = replace(NHSR_PARITY, constant=TABLE_CONSTANT, screen=screen)

    assert xmr(V8, rules=rules).groups[0].mean == pytest.approx(14.8333333, abs=6e-8)
    assert limits(V8, rules=rules) == printed


def test_a_value_on_the_average_ends_a_run():
    held = [9, 8, 9, 8, 9, 8, 10, 8, 9, 8, 9, 8, 9, *[11, 12] * 6]

    chart = xmr(held, rules=NHS_UNGUARDED)

    assert chart.groups[0].mean == 10
    assert "run above the average" in labels(chart).values()
    assert "run below the average" not in labels(chart).values()


def test_a_point_that_ends_a_rise_and_begins_a_fall_counts_to_the_fall():
    held = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]

    chart = xmr(held, rules=NHSR_PARITY)

    assert "rising" in chart.signals_at(5)
    assert "falling" in chart.signals_at(6)
    assert "rising" not in chart.signals_at(6)


def test_no_moving_range_is_taken_across_a_missing_month():
    held = [10, 12, None, 50, 52, 50, 52, 50]

    guarded = xmr(held, rules=replace(NHS, screen=False), counts=False)
    unguarded = xmr(held, rules=replace(NHS_UNGUARDED, screen=False))

    assert guarded.groups[0].mean_range == 2
    assert unguarded.groups[0].mean_range == pytest.approx((2 * 5 + 38) / 6)


def test_a_run_goes_on_over_a_missing_month():
    held = [20, 21, 20, 21, 20, 21, 20, 21, 10, 11, 10, None, 11, 10, 11, 10]

    chart = xmr(held)

    assert chart.chart.signals[0, 11] == 0
    assert {at for at, name in labels(chart).items() if name == "run below the average"} == {
        8, 9, 10, 12, 13, 14, 15,
    }  # fmt: skip


def test_each_rebase_group_has_its_own_limits_and_no_run_crosses_into_it():
    held = [20, 22, 21, 20, 22, 19, 23, 10, 12, 11, 10, 12, 9, 13]

    chart = xmr(held, rebase=[7])

    assert [group.mean for group in chart.groups] == [21, 11]
    assert labels(chart) == {}
    assert set(chart.chart.centre[0]) == {21.0, 11.0}


def test_limits_are_drawn_through_a_missing_month():
    chart = xmr([5, 6, None, 5, 6])

    assert chart.chart.centre[0, 2] == 5.5


def test_a_stretch_without_any_value_has_no_group():
    chart = xmr([5, 6, 5, None, None], rebase=[3])

    assert len(chart.groups) == 1
    assert np.isnan(chart.chart.centre[0, 3:]).all()


def test_counts_are_never_narrower_than_poisson():
    chart = xmr([100, 101] * 10)

    assert chart.groups[0].upper == pytest.approx(100.5 + 3 * 100.5**0.5)
    assert chart.groups[0].guards == 2


SURVEY = [76.5, 77, 77.5, 77] * 6


def test_percentages_are_never_narrower_than_binomial():
    chart = xmr(SURVEY, bases=[500] * 24)

    assert chart.groups[0].upper - 77 == pytest.approx(3 * (77 * 23 / 500) ** 0.5)
    assert chart.groups[0].upper - 77 == pytest.approx(5.6, abs=0.05)
    assert chart.groups[0].guards == kernel.BINOMIAL_FLOOR
    assert chart.chart.upper[0].tolist() == [chart.groups[0].upper] * 24
    assert not chart.chart.signals.any()


def test_two_sigma_widens_with_the_limits():
    """Two of three at 4 points above 77%: beyond two sigma of 1.88, within three."""
    chart = xmr([*SURVEY, 81.2, 77.2, 81.2], bases=[500] * 27, freeze=24)

    assert labels(chart) == {24: "two of three high", 26: "two of three high"}


def test_the_floor_follows_the_median_of_the_known_bases_of_each_group():
    bases = [100, None, 400, 0, 900, 400, *[50] * 6]

    chart = xmr([50, 50.5] * 6, bases=bases, rebase=[6])

    assert [group.upper - group.mean for group in chart.groups] == pytest.approx(
        [7.5, 21.213], abs=0.001
    )


def test_frozen_limits_take_the_bases_of_their_own_months():
    chart = xmr([50, 50] * 6, bases=[400] * 6 + [100] * 6, freeze=6)

    assert chart.groups[0].upper == pytest.approx(57.5)


@pytest.mark.parametrize("values", [[60, 80] * 12, [100] * 12, [0] * 12])
def test_percentages_that_vary_more_or_not_at_all_keep_their_limits(values):
    plain = xmr(values, counts=False)
    sized = xmr(values, bases=[500] * len(values))

    assert sized.groups == plain.groups


@pytest.mark.parametrize("bases", [[None] * 24, [0] * 24])
def test_percentages_of_unknown_bases_keep_their_limits(bases):
    assert xmr(SURVEY, bases=bases).groups == xmr(SURVEY, counts=False).groups


@pytest.mark.parametrize("rules", [NHSR_PARITY, NHS_UNGUARDED])
def test_rules_without_guards_take_no_account_of_bases(rules):
    sized = xmr(SURVEY, rules=rules, bases=[500] * 24)

    assert sized.groups == xmr(SURVEY, rules=rules, counts=False).groups


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: xmr_many([1.0, 2.0]), "values have 1 dimensions"),
        (lambda: xmr_many([[1.0, np.inf]]), "series 0 holds inf in column 1"),
        (lambda: xmr_many([[1.0, 2.0]], rebase=[[True]]), "rebase points have shape (1, 1)"),
        (lambda: xmr_many([[1.0, 2.0]], bases=[[5.0]]), "bases have shape (1, 1)"),
        (lambda: xmr_many([[1.0, 2.0]], freeze=-1), "limits cannot be frozen after -1 points"),
        (lambda: xmr([1, 2], rebase=[2]), "no month stands at rebase point 2"),
    ],
)
def test_what_is_no_chart_is_refused_with_its_value(call, told):
    with pytest.raises(DefinitionRefused) as refused:
        call()

    assert refused.value.wrong == told


def test_a_series_without_a_value_is_refused():
    with pytest.raises(NotEnoughData, match="none of 2 months has a value"):
        xmr([None, None])
