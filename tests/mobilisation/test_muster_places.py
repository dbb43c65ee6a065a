from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from regard.core.errors import DefinitionRefused
from regard.mobilisation.muster import TWENTY_FIVE, MakeUp, Need, Places

THREE = MakeUp("three", (Need("a", 1), Need("b", 2), Need("c", 2, per=2)), "a test")
KINDS = tuple(range(1, 8))
people = st.lists(st.integers(0, 6), min_size=7, max_size=7)


def plain(counts, needed):
    """Whether people can fill places, by scipy's assignment of each to each."""
    seats = [role for role, count in enumerate(needed) for _ in range(count)]
    folk = [kind for kind, count in zip(KINDS, counts, strict=True) for _ in range(count)]
    if len(folk) < len(seats):
        return False
    unfit = np.array([[0 if kind >> seat & 1 else 1 for seat in seats] for kind in folk])
    if not seats:
        return True
    rows, columns = linear_sum_assignment(unfit)
    return unfit[rows, columns].sum() == 0


def flowed(counts, needed):
    """The most places that can be filled, by scipy's maximum flow."""
    graph = np.zeros((12, 12), dtype=np.int32)
    graph[0, 1:8] = counts
    for place, role in product(range(7), range(3)):
        graph[1 + place, 8 + role] = counts[place] if KINDS[place] >> role & 1 else 0
    graph[8:11, 11] = needed
    return maximum_flow(csr_array(graph), 0, 11).flow_value


def single(**counts):
    places = Places(TWENTY_FIVE, tuple(1 << n for n in range(5)))
    return places, np.array([counts[role] for role in TWENTY_FIVE.roles])


def test_nine_inspectors_with_two_dozen_sergeants_make_eight_psus():
    places, counts = single(inspector=9, sergeant=24, constable=210, driver=30, carrier=27)

    psus = places.psus(counts)

    assert psus == 8


@given(people)
def test_as_many_psus_as_an_assignment_of_each_to_each_can_fill(counts):
    places = Places(THREE, KINDS)

    psus = int(places.psus(np.array(counts)))

    assert plain(counts, THREE.needed(psus))
    assert not plain(counts, THREE.needed(psus + 1))


@given(people)
def test_as_many_psus_as_a_maximum_flow_can_fill(counts):
    psus = int(Places(THREE, KINDS).psus(np.array(counts)))

    needed = THREE.needed(psus)

    assert flowed(counts, needed) == sum(needed)
    assert flowed(counts, THREE.needed(psus + 1)) < sum(THREE.needed(psus + 1))


@given(people, st.sampled_from("abc"))
def test_a_role_that_many_more_would_help_binds(counts, role):
    places = Places(THREE, KINDS)
    able = places.able(np.array([counts]))
    psus = places.psus_of(able)

    binds = places.binding(able, psus)[0]

    assert binds.any()
    if places.one_more(able, role, 50)[0] > psus[0]:
        assert binds["abc".index(role)]


def test_constables_who_drive_are_counted_once_where_a_least_of_each_role_counts_them_twice():
    places = Places(TWENTY_FIVE, (1, 2, 4, 12, 16))  # 12: a constable who is a driver
    counts = np.array([9, 27, 134, 36, 30])

    psus = places.psus(counts)

    assert psus == 8  # 170 officers over 21 places; a least of each role would say 9


def test_two_roles_that_share_their_people_bind_together():
    places = Places(TWENTY_FIVE, (1, 2, 12, 16))
    able = places.able(np.array([[9, 27, 60, 30]]))

    binds = places.binding(able, places.psus_of(able))

    assert dict(zip(TWENTY_FIVE.roles, binds[0].tolist(), strict=True)) == {
        "inspector": False, "sergeant": False, "constable": True, "driver": True, "carrier": False,
    }  # fmt: skip


def test_an_assignment_fills_every_place_with_people_who_may_stand_there():
    places = Places(TWENTY_FIVE, (1, 2, 4, 12, 16))
    counts = np.array([9, 27, 134, 36, 30])

    stood = places.assignment(counts, 8)

    assert stood.sum(axis=0).tolist() == list(TWENTY_FIVE.needed(8))
    assert (stood.sum(axis=1) <= counts).all()
    assert stood[2, 3] == 0


def test_more_psus_than_people_can_make_are_refused_with_what_they_can():
    places = Places(TWENTY_FIVE, (1, 2, 4, 12, 16))

    with pytest.raises(DefinitionRefused, match=r"(?s)9 PSUs need.*at most 8 PSUs"):
        places.assignment(np.array([9, 27, 134, 36, 30]), 9)


@given(people, people)
def test_more_people_never_make_fewer_psus(counts, more):
    places = Places(THREE, KINDS)

    together = [a + b for a, b in zip(counts, more, strict=True)]
    fewer, many = places.psus(np.array([counts, together]))

    assert fewer <= many
