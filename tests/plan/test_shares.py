from __future__ import annotations

from datetime import date
from itertools import chain

import pytest

from plan.stores import SHOP, asked, burglaries, plan_with, steady, store_with, street, watched

AS_AT = date(2019, 12, 31)


def composition(**changes):
    return {
        "id": "shops",
        "outcome": "A",
        "title": "Shop theft in business crime",
        "whole": "business-crime",
        "source": "page 9",
    } | changes


def share(store, tables, **changes):
    plan = plan_with(
        tables,
        milestone=[],
        watched=[watched("business-crime")],
        composition=[composition(**changes)],
    )
    return asked(store, plan, AS_AT).shares[0]


@pytest.fixture
def store(tmp_path):
    """Fifty business crimes a month, of which ten are thefts from shops and ten robberies."""
    shops = burglaries(steady(10), code=SHOP, victim="business")
    robberies = burglaries(steady(10), code="34A", victim="business")
    others = burglaries(steady(30), victim="business")
    return store_with(tmp_path, crime=chain(shops, robberies, others))


def test_offences_of_a_whole_are_counted_as_its_share(store, tables):
    one = share(store, tables, offences=[SHOP])

    assert one.divided.share_now.known == pytest.approx(20)
    assert str(one.said[0]) == (
        "“Shop theft” makes up 20.0% of business crime, against 20.0% in the same period last year."
    )


def test_several_parts_are_added_up(store, tables):
    one = share(store, tables, offences=[SHOP], parts=["burglary-dwelling"])

    assert one.divided.share_now.known == pytest.approx(80)


def test_offences_that_the_rows_do_not_carry_give_a_reason_and_no_share(tmp_path, tables):
    store = store_with(tmp_path, crime=street(steady(20), "burglary"))
    plan = plan_with(
        tables,
        milestone=[],
        watched=[watched("burglary")],
        composition=[composition(whole="burglary", offences=[SHOP])],
    )

    one = asked(store, plan, AS_AT).shares[0]

    assert one.divided is None
    assert str(one.said[0]) == (
        "Shop theft in business crime: the share cannot be counted: no row of Merseyside carries "
        "offence."
    )
