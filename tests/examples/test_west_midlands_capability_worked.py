"""The facts of the worked examples: whole, and each with its paragraph."""

from __future__ import annotations

from regard.examples.west_midlands_capability import worked_facts


def test_every_fact_names_its_paragraph():
    facts = worked_facts()

    for unit in (facts.firearms, facts.specialists):
        assert unit.facts
        assert all(13 <= one.paragraph <= 33 for one in (*unit.facts.values(), *unit.upskilled))


def test_the_tables_have_a_number_for_each_force_and_the_total():
    region = worked_facts().regional

    assert len(region.core) == len(region.with_uplift) == len(region.forces)
    for table in region.tables:
        assert len(table.strength) == len(region.forces)
        assert all(len(row) == len(region.forces) + 1 for row in table.rows.values())


def test_who_is_on_the_way_is_told_by_month():
    assert {one.month: one.value for one in worked_facts().specialists.upskilled} == {2: 5, 3: 4}
