"""Figures know what they are, and refuse to be compared with what is something else."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.core.figures import (
    MUST_AGREE,
    Source,
    derived,
    difference,
    must_compare,
    percent_change,
)
from regard.core.periods import Period
from regard.core.quantities import Range

counts = st.integers(0, 1_000_000)


def test_source_prints_its_detail_in_brackets():
    assert str(Source("rows", "import 3", "412 rows")) == "import 3 (412 rows)"
    assert str(Source("said", "ACC Crime")) == "ACC Crime"


def test_figure_prints_its_value_with_its_unit(burglary):
    assert str(burglary(1412)) == "1,412 offences"


def test_missing_figure_is_not_known_rather_than_nought(burglary):
    figure = burglary(None, missing="July 2019 was not supplied")

    assert str(figure) == "not known"
    assert figure.described.endswith("missing: July 2019 was not supplied")


def test_missing_figure_without_a_reason_is_refused(burglary):
    with pytest.raises(DefinitionRefused) as refused:
        burglary(None)

    assert str(refused.value) == (
        "burglary-dwelling of west-midlands has no value and no reason\n"
        "Expected: missing= saying why"
    )


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_figure_that_is_no_finite_number_is_refused(burglary, value):
    with pytest.raises(DefinitionRefused, match=f"is {value}"):
        burglary(value)


def test_known_value_of_a_missing_figure_is_refused_with_the_reason(burglary):
    figure = burglary(None, missing="July 2019 was not supplied")

    with pytest.raises(NotEnoughData, match="is missing: July 2019 was not supplied"):
        _ = figure.known


def test_described_figure_says_period_basis_and_method(burglary):
    period = Period(date(2013, 4, 1), date(2014, 3, 14))

    assert burglary(period=period).described == (
        "burglary-dwelling, west-midlands, 1 April 2013 to 14 March 2014; actual; count 1"
    )
    assert "at 14 March 2014" in burglary().described


def test_id_is_the_same_for_the_same_figure_and_another_for_another(burglary):
    assert burglary().id == burglary().id
    assert burglary().id != burglary(413).id
    assert burglary(parts=(burglary(1),)).id != burglary(parts=(burglary(2),)).id


def test_id_does_not_change_from_one_machine_or_release_to_another(burglary):
    assert burglary().id == "f-04cb12c143"


def test_walk_goes_through_parts_nearest_first(burglary):
    now, then = burglary(412), burglary(500)

    walked = list(difference(now, then).walk())

    assert [figure.value for figure in walked] == [-88, 412, 500]


def test_printed_changes_only_how_the_figure_is_printed(burglary):
    figure = burglary(2.14, unit="%")

    assert str(figure.printed(places=2)) == "2.14%"
    assert str(figure.printed(signed=True)) == "+2.1%"
    assert str(figure.printed(signed=True).printed()) == "+2.1%"


@pytest.mark.parametrize("name", MUST_AGREE)
def test_figures_that_differ_refuse_to_be_compared_and_say_in_what(burglary, name):
    one, other = burglary(53), burglary(26, **{name: "another"})

    with pytest.raises(NotComparable) as refused:
        must_compare(one, other)

    assert f"{name} is {getattr(one, name)} and another" in str(refused.value)
    assert f"Expected: the same {name}" in str(refused.value)


def test_every_difference_of_two_figures_is_named(burglary):
    with pytest.raises(NotComparable) as refused:
        must_compare(burglary(), burglary(basis="forecast", scope="kent"))

    assert "scope is west-midlands and kent; basis is actual and forecast" in str(refused.value)


@given(now=counts, then=counts)
def test_difference_turns_round_with_its_figures(burglary, now, then):
    assert difference(burglary(now), burglary(then)).known == now - then
    assert difference(burglary(then), burglary(now)).known == then - now


@given(now=counts, then=st.integers(1, 1_000_000))
def test_percent_change_applied_to_the_base_gives_the_new_value(burglary, now, then):
    change = percent_change(burglary(now), burglary(then))

    assert then * (1 + change.known / 100) == pytest.approx(now, abs=1e-6)
    assert change.unit == "%"
    assert change.signed


def test_difference_of_two_percentages_is_in_points(burglary):
    points = difference(burglary(42.5, unit="%"), burglary(45.1, unit="%"))

    assert str(points) == "−2.6 percentage points"


def test_percent_change_from_nought_is_refused_with_what_to_do_instead(burglary):
    with pytest.raises(NotEnoughData) as refused:
        percent_change(burglary(3), burglary(0))

    assert "was 0, so a change in per cent has no meaning" in str(refused.value)
    assert "Next: report the difference itself" in str(refused.value)


def test_change_from_a_missing_figure_is_refused(burglary):
    with pytest.raises(NotEnoughData, match="not supplied"):
        percent_change(burglary(3), burglary(None, missing="not supplied"))


def test_derived_figure_takes_its_scope_and_time_from_its_parts(burglary):
    total = derived(
        (burglary(1), burglary(2)),
        value=3,
        unit="offences",
        method="sum",
        measure="both",
        basis="estimate",
        interval=Range(2, 4, 0.95),
    )

    assert (total.measure, total.scope, total.basis) == ("both", "west-midlands", "estimate")
    assert total.as_at == date(2014, 3, 14)
    assert len(total.parts) == 2


def test_derived_figure_keeps_measure_and_basis_unless_told(burglary):
    total = derived((burglary(1),), value=None, unit="offences", method="sum", missing="half")

    assert (total.measure, total.basis) == ("burglary-dwelling", "actual")
    assert total.missing == "half"


def test_derived_figure_of_two_bodies_is_refused(burglary):
    with pytest.raises(NotComparable, match="sum would mix kent and west-midlands"):
        derived((burglary(1), burglary(2, scope="kent")), value=3, unit="offences", method="sum")


@pytest.mark.parametrize(
    ("unit", "ends", "printed", "said"),
    [
        ("%", (1.4, 2.8), {"signed": True}, "+1.4% to +2.8%"),
        ("%", (72.48, 77.4), {}, "72.5% to 77.4%"),
        ("percentage points", (-3.1, -1.4), {"signed": True}, "−3.1 to −1.4 percentage points"),
        ("offences a month", (-1200, 15), {"signed": True}, "−1,200 to +15 offences a month"),
        ("offences", (10.25, 11.75), {"places": 0}, "10 to 12 offences"),
    ],
)
def test_range_is_said_as_its_figure_is_with_a_long_unit_once(burglary, unit, ends, printed, said):
    figure = burglary(ends[0], unit=unit, interval=Range(*ends, 0.95), **printed)

    assert figure.range_said == said


@pytest.mark.parametrize(
    ("level", "said"), [(0.95, "95%"), (0.998, "99.8%"), (0.9, "90%"), (0.29, "29%")]
)
def test_level_is_said_in_per_cent(burglary, level, said):
    assert burglary(interval=Range(400, 430, level)).level_said == said


@pytest.mark.parametrize("name", ["range_said", "level_said"])
def test_interval_of_a_figure_that_has_none_is_refused_with_the_figure(burglary, name):
    with pytest.raises(DefinitionRefused) as refused:
        getattr(burglary(412), name)

    assert refused.value.wrong == (
        "burglary-dwelling of west-midlands, 412 offences, has no interval to be said"
    )


def test_number_leaves_the_unit_to_the_sentence_but_keeps_the_percentage_sign(burglary):
    assert burglary(1412).number == "1,412"
    assert burglary(2.1, unit="%").number == "2.1%"
    assert burglary(-2.6, unit="percentage points").number == "−2.6"
