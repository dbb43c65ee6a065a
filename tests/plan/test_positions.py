from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from plan.stores import asked, burglaries, milestone, plan_with, steady, store_with, watched
from records.brought_in import bring_in
from regard.core.errors import NotEnoughData, NotKnown
from regard.plan.positions import positions
from regard.records.counting import Counter

AS_AT = date(2019, 12, 31)


@pytest.fixture
def store(tmp_path):
    return store_with(tmp_path, crime=burglaries(steady(20)))


def test_an_area_without_rows_is_refused_with_what_to_do(tmp_path, tables):
    store = store_with(tmp_path)

    with pytest.raises(NotEnoughData) as caught:
        asked(store, plan_with(tables, milestone=[milestone()]), AS_AT)

    assert str(caught.value) == (
        "no month up to 2019-12-31 answers any of the 1 measures of Police and Crime Plan "
        "2019/20 for merseyside: no source of crime rows is called 'merseyside'\n"
        "Expected: rows of the area, brought in\n"
        "Next: regard records import, then regard records coverage"
    )


def test_a_measure_nobody_defined_is_refused(store, tables):
    with pytest.raises(NotKnown, match="no measure is called 'burglery'"):
        asked(store, plan_with(tables, milestone=[milestone(measure="burglery")]), AS_AT)


def test_progress_is_told_after_each_promise(store, tables):
    plan = plan_with(tables, milestone=[milestone()], watched=[watched("burglary-dwelling")])
    told = []
    with Counter(store) as counter:
        positions(plan, counter, store, as_at=AS_AT, progress=lambda *one: told.append(one))

    assert [one[2:] for one in told] == [(1, 2), (2, 2)]


def test_what_was_brought_in_later_does_not_count_as_known_before(store, tables):
    later = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
    bring_in(store, "crime", list(burglaries(steady(40))), file="b.csv", at=later)
    plan = plan_with(tables, milestone=[milestone()])
    with Counter(store, known_at=datetime(2026, 2, 1, tzinfo=UTC)) as counter:
        before = positions(plan, counter, store, as_at=AS_AT)

    after = asked(store, plan, AS_AT)

    assert (before.milestones[0].now.known, after.milestones[0].now.known) == (180, 360)
    assert before.inputs != after.inputs
    assert after.known_at == later


def test_rows_labelled_as_generated_are_known_to_be(tmp_path, tables):
    store = store_with(tmp_path)
    bring_in(store, "crime", list(burglaries(steady(20))), file="GENERATED-rows.csv")

    held = asked(store, plan_with(tables, milestone=[milestone()]), AS_AT)

    assert held.is_generated


def test_most_similar_forces_without_rows_are_named(store, tables):
    head = tables["plan"] | {"similar_forces": ["greater-manchester", "merseyside"]}

    held = asked(store, plan_with(tables | {"plan": head}, milestone=[milestone()]), AS_AT)

    assert held.lacking_forces == ("Greater Manchester",)
