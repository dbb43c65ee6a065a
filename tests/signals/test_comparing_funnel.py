"""Forces in a funnel: who is drawn, what widens the limits, and that nothing is ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData, NotKnown
from regard.core.figures import Figure, Source
from regard.signals.comparing.funnel import OF_GROUP, OF_TYPICAL, funnel
from regard.signals.comparing.placed import BETWEEN, BEYOND, INSIDE, POSITIONS, SimilarForces
from regard.signals.comparing.spread import CHANCE_ALONE, RATE, overdispersion
from signals.conftest import made_figure
from signals.test_sentences import check

YEAR = (date(2013, 4, 1), date(2014, 3, 31))
FORCES = (
    "cleveland", "greater-manchester", "merseyside", "northumbria", "nottinghamshire",
    "south-yorkshire", "west-midlands", "west-yorkshire",
)  # fmt: skip
OTHERS = tuple(f"force-{letter}" for letter in "abcdefghijklm")
RATES = dict(zip((*FORCES, *OTHERS), [
    8.1, 9.2, 7.4, 6.2, 7.9, 8.8, 9.9, 8.6, 5.2, 5.9, 4.8, 6.6, 6.1, 5.5, 7.1, 4.4, 6.8, 5.0, 7.6,
    5.7, 6.3,
], strict=True))  # fmt: skip
GROUPS = SimilarForces(
    "2013", Source("printed", "HMIC"), {"west-midlands": tuple(f for f in FORCES[:6])}
)


def rate(area: str, value: float, residents: float = 1_000_000, **changed) -> Figure:
    """Vehicle crime per 1,000 residents in 2013/14."""
    count = made_figure(round(value * residents / 1000), *YEAR, scope=area)
    people = made_figure(residents, *YEAR, scope=area, unit="residents", measure="population")
    told = {"measure": "vehicle-crime-rate", "unit": "offences per 1,000 residents"}
    return replace(
        count, value=1000 * count.known / residents, parts=(count, people), **(told | changed)
    )


def all_forces() -> list[Figure]:
    return [
        rate(area, value, 500_000 + 90_000 * at) for at, (area, value) in enumerate(RATES.items())
    ]


def test_a_group_is_drawn_and_all_forces_widen_its_limits():
    found = funnel(all_forces(), about="west-midlands", similar=GROUPS)

    events = [one.parts[0].known for one in sorted(all_forces(), key=lambda f: f.scope)]
    bases = [one.parts[1].known for one in sorted(all_forces(), key=lambda f: f.scope)]
    expected = overdispersion(RATE, events, bases, target=sum(events) / sum(bases))
    assert found.spread == expected
    assert found.spread.areas == 21
    assert [one.area for one in found.areas] == sorted([*FORCES[:6], "west-midlands"])
    assert found.target.value == pytest.approx(1000 * sum(events) / sum(bases))


def test_the_centre_may_be_of_the_group_or_of_a_typical_area_or_given():
    figures = all_forces()
    given_one = rate("england", 6.0)

    group = funnel(figures, about="west-midlands", similar=GROUPS, target=OF_GROUP)
    middle = funnel(figures, target=OF_TYPICAL)
    standard = funnel(figures, target=given_one)

    drawn = [one for one in figures if one.scope in GROUPS.group("west-midlands")]
    pooled = sum(one.parts[0].known for one in drawn) / sum(one.parts[1].known for one in drawn)
    assert group.target.value == pytest.approx(1000 * pooled)
    assert middle.target.known == pytest.approx(
        np.exp(np.mean(np.log(list(RATES.values())))), rel=0.01
    )
    assert standard.target.value == given_one.value


def test_a_funnel_says_where_each_area_lies_and_gives_no_order():
    figures = [rate(f"force-{at:02}", 7.0 + 0.05 * (at % 3), 400_000) for at in range(20)]
    figures += [rate("kent", 8.0, 400_000), rate("essex", 7.25, 400_000)]

    found = funnel(figures, about="essex")

    places = {one.area: one for one in found.areas}
    assert places["kent"].position == BEYOND
    assert places["kent"].side == "above"
    assert places["essex"].position == INSIDE
    text = " ".join(map(str, found.statements({"kent": "Kent"})))
    assert "Kent, at 8.0 offences per 1,000 residents, lies above the 99.8% limits" in text
    assert "essex, at 7.3 offences per 1,000 residents, lies inside the 95% limits" in text
    assert "less than 0.1% of the time" in text
    assert "21 of the 22 areas lie inside the 95% limits." in text
    assert "They are not put in an order" in text
    assert not any(word in text for word in ("rank", "best", "worst", "highest", "lowest"))


def test_areas_without_a_figure_are_listed_and_not_nought():
    lost = replace(rate("kent", 5.0), value=None, parts=(), missing="July was not supplied")

    found = funnel([*all_forces(), lost])

    assert found.missing == (("kent", "July was not supplied"),)
    assert "kent" not in [one.area for one in found.areas]
    assert str(found.statements()[-1]) == ("No figure for kent: left out, not counted as nought.")


def test_limits_of_chance_alone_say_what_they_leave_out():
    text = " ".join(map(str, funnel(all_forces(), trimming=CHANCE_ALONE).statements()))

    assert "The limits are those of chance alone." in text
    assert "for which they do not allow" in text
    assert "Above the 99.8% limits for their size: cleveland" in text


def test_a_centre_that_is_not_of_a_typical_area_is_said_to_be_so():
    figures = [rate(f"force-{at:02}", 1.0 + 0.02 * at) for at in range(18)]
    figures.append(rate("metropolitan", 9.0, 8_000_000))

    told = [str(one) for one in funnel(figures).statements()]

    assert told[2].startswith("18 of the 19 areas lie below that: it is not the figure of a")


def test_percentages_take_the_effective_base_where_a_survey_gives_one():
    def satisfied(area: str, share: float, deff: float) -> Figure:
        positive, asked, effective = (
            made_figure(value, *YEAR, scope=area, unit="answers", measure=name)
            for name, value in (("p", 6 * share), ("n", 600), ("e", 600 / deff))
        )
        return replace(positive, value=share, unit="%", parts=(positive, asked, effective))

    shares = {"essex": 82.0, "kent": 85.0, "surrey": 88.0, "sussex": 84.0}

    plain, wide = (
        funnel([satisfied(area, share, deff) for area, share in shares.items()])
        for deff in (1.0, 1.6)
    )

    assert wide.areas[0].base == 375
    assert wide.areas[0].chance > plain.areas[0].chance
    assert wide.target.value == plain.target.value == pytest.approx(84.75)


def test_the_curve_runs_over_all_areas_drawn_and_narrows_as_they_grow():
    found = funnel(all_forces(), trimming=CHANCE_ALONE)

    first, last = found.curve[0], found.curve[-1]
    bases = [one.base for one in found.areas]
    assert first.base < min(bases)
    assert last.base > max(bases)
    widths = [one.outer_upper - one.outer_lower for one in found.curve]
    assert widths == sorted(widths, reverse=True)
    assert all(
        one.outer_lower <= one.inner_lower <= one.inner_upper <= one.outer_upper
        for one in found.curve
    )


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(500, 90_000)), min_size=3, max_size=25))
def test_every_area_is_placed_with_figures_and_words_that_can_be_traced(held):
    names = [f"force-{chr(97 + at)}" for at in range(len(held))]
    figures = [
        rate(name, 1000 * n / base, base) for name, (n, base) in zip(names, held, strict=True)
    ]
    if not sum(n for n, _ in held):
        with pytest.raises(NotEnoughData):
            funnel(figures)
        return

    found = funnel(figures, about="force-b")

    assert {one.position for one in found.areas} <= set(POSITIONS)
    for one in found.areas:
        value = one.value.known
        inside = value in one.inner.interval
        assert inside == (one.position == INSIDE) or abs(one.chance - 0.05) < 1e-9
        assert (one.position == BETWEEN) <= (value in one.outer.interval)
    assert check(found.statements()) > 4


@pytest.mark.parametrize(
    ("figures", "refusal", "words"),
    [
        ([], NotEnoughData, "0 figures"),
        ([rate("kent", 5), rate("essex", 6)], NotEnoughData, "2 of the 2 areas"),
        ([rate("kent", 5), rate("kent", 6), rate("essex", 6)], DefinitionRefused, "kent stands"),
        (
            [rate("kent", 5), rate("essex", 6), rate("surrey", 6, basis="estimate")],
            NotComparable,
            "basis is actual and estimate",
        ),
        (
            [rate("kent", 5), rate("essex", 6), replace(rate("surrey", 6), parts=())],
            DefinitionRefused,
            "has 0 parts",
        ),
        (
            [rate("kent", 5), rate("essex", 6), replace(rate("surrey", 6), value=7.5)],
            NotComparable,
            "its parts give 6",
        ),
        ([rate("kent", 0), rate("essex", 0), rate("surrey", 0)], NotEnoughData, "nothing"),
    ],
)
def test_what_makes_no_funnel_is_refused_with_its_value(figures, refusal, words):
    with pytest.raises(refusal, match=words):
        funnel(figures)


def test_an_area_or_group_that_is_not_there_is_refused_by_name():
    with pytest.raises(NotKnown, match="kent"):
        funnel(all_forces(), drawn=("kent", "merseyside", "cleveland"))
    with pytest.raises(NotKnown, match="surrey"):
        funnel(all_forces(), about="surrey", similar=GROUPS)


@pytest.mark.slow
@pytest.mark.real
def test_real_robbery_rates_of_39_forces_are_far_from_chance_and_lopsided(shared_data):
    """2017/18: the Metropolitan Police makes the pooled rate one that 35 of 39 lie below."""
    held = duckdb.sql(
        f"""SELECT r.Force_Name, sum(Number_of_Offences)::BIGINT, any_value(population)
        FROM '{shared_data / "ho_prc_pfa_2017_18.parquet"}' r
        JOIN '{shared_data / "ons_pfa_population_2009_2019.parquet"}' p
        ON replace(r.Force_Name, 'London, City of', 'City of London') = p.force AND year = 2017
        WHERE Offence_Subgroup LIKE 'Robbery%' GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    figures = [rate(name, 1000 * n / people, people) for name, n, people in held]

    pooled, middle = funnel(figures), funnel(figures, target=OF_TYPICAL)

    assert len(figures) == 39
    assert pooled.spread.phi > 1_000
    assert pooled.target.known > 1.9 * middle.target.known
    assert pooled.spread.tau_squared > 3 * middle.spread.tau_squared
    assert any(str(one).startswith("35 of the 39 areas lie below") for one in pooled.statements())
    assert {one.area for one in middle.outside if one.side == "above"} == {
        "London, City of", "Greater Manchester", "Metropolitan Police", "West Midlands",
    }  # fmt: skip
