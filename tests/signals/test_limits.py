"""Limits of the other charts against the printed vectors."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.signals.conventions import TABLE_CONSTANT
from regard.signals.limits import c_limits, individuals_limits, median_limits, t_limits, u_limits
from signals.test_xmr import V1, V3, V8

CIRCUIT = [
    21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16,
    19, 17, 15,
]  # fmt: skip
# Montgomery table 7.14: hours between failures of a valve.
BETWEEN_FAILURES = [
    286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214,
    2831, 96,
]  # fmt: skip
DAYS = [
    14768.416667, 14460.333333, 16176.916667, 14226.5, 14816.25, 14335.291667, 14964.541667,
    14327.875, 13200.583333, 13855.625, 13794.5, 14070.833333, 14496.833333, 14332.25, 14927.0,
    13362.125, 14058.125, 14388.083333, 14673.416667, 14153.541667, 13830.708333, 14171.375,
    14637.958333, 14713.083333,
]  # fmt: skip


def test_vector_1_on_a_median_chart():
    found = median_limits(V1)

    assert found.centre == 1.5
    assert (found.upper[0] - found.centre) / 3 == pytest.approx(1.04822, abs=6e-6)
    assert (found.lower[0], found.upper[0]) == pytest.approx((-1.6446541, 4.6446541), abs=6e-8)


def test_vector_3_viscosity_by_moving_ranges():
    found = individuals_limits(V3, constant=TABLE_CONSTANT)

    assert (found.lower[0], found.upper[0]) == pytest.approx((32.56504, 35.61096), abs=6e-6)


def test_vector_3_circuit_boards_on_a_c_chart():
    found = c_limits(CIRCUIT)

    assert found.centre == pytest.approx(19.8461538, abs=6e-8)
    assert (found.lower[0], found.upper[0]) == pytest.approx((6.4814472, 33.2108605), abs=6e-8)
    outside = [at for at, x in enumerate(CIRCUIT, 1) if not found.lower[0] <= x <= found.upper[0]]
    assert outside == [6, 20]


def test_vector_3_circuit_boards_without_the_two_outside():
    found = c_limits(CIRCUIT, leave_out=[6, 20])

    assert found.centre == pytest.approx(19.6666667, abs=6e-8)
    assert (found.lower[0], found.upper[0]) == pytest.approx((6.3625320, 32.9708014), abs=6e-8)


def test_vector_3_a_u_chart_of_fifty():
    found = u_limits([3.7] * 20, [50.0] * 20, overdispersed=False)

    assert found.centre == pytest.approx(0.074)
    assert (found.lower[0], found.upper[0]) == pytest.approx((0, 0.1894123), abs=6e-8)


def test_vector_3_times_between_failures():
    found = t_limits(BETWEEN_FAILURES)

    assert (found.centre, found.upper[0]) == pytest.approx((430.0410, 6937.9335), abs=6e-5)
    assert found.lower[0] == 0


@pytest.mark.real
def test_vector_8_infections_per_10_000_days(shared_data):
    duckdb = pytest.importorskip("duckdb")
    file = shared_data / "spc_qicharts2_cdi.parquet"
    held = duckdb.sql(f"select n, days from '{file}' order by month").fetchall()

    centres = [
        10_000 * u_limits(*zip(*part, strict=True), overdispersed=True).centre
        for part in (held, held[:24], held[24:])
    ]

    assert centres == pytest.approx([10.3802310, 13.0242263, 5.0089203], abs=6e-8)


def test_vector_8_infections_before_the_split():
    found = u_limits(V8[:24], DAYS, overdispersed=True)

    assert 10_000 * found.centre == pytest.approx(13.0242263, abs=6e-8)


def test_laney_limits_are_wider_where_rates_vary_more_than_poisson():
    counts, bases = [900, 1100] * 10, [1000.0] * 20

    plain = u_limits(counts, bases, overdispersed=False)
    own = u_limits(counts, bases, overdispersed=True)

    assert own.upper[0] > plain.upper[0]


@pytest.mark.parametrize(
    ("call", "refused"),
    [
        (lambda: c_limits([1], leave_out=[1]), NotEnoughData),
        (lambda: u_limits([1], [0], overdispersed=False), DefinitionRefused),
        (lambda: u_limits([0], [5], overdispersed=False), NotEnoughData),
        (lambda: t_limits([-1, 2]), DefinitionRefused),
        (lambda: individuals_limits([1]), NotEnoughData),
    ],
)
def test_what_has_no_limits_is_refused(call, refused):
    with pytest.raises(refused):
        call()
