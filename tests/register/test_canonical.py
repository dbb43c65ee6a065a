"""One way of writing an entry down."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regard.register.canonical import body_hash, canonical, entry_hash, new_salt

FEW = settings(max_examples=40)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@FEW
@given(held=st.dictionaries(st.text(max_size=3), plain, max_size=4))
def test_the_order_in_which_it_was_made_does_not_matter(held):
    assert canonical(dict(reversed(held.items()))) == canonical(held)


@pytest.mark.parametrize("held", [1.5, {"a": 0.1}, {"a": [{"b": 2.0}]}, [float("nan")]])
def test_a_binary_fraction_has_no_canonical_form(held):
    with pytest.raises(TypeError, match="no canonical form"):
        canonical(held)


def test_hashes_are_those_that_anybody_would_make():
    assert body_hash("00ff", "é") == hashlib.sha256(b"\x00\xff" + "é".encode()).hexdigest()
    assert entry_hash("{}") == hashlib.sha256(b"\x00{}").hexdigest()


def test_salts_are_long_and_differ():
    assert len({new_salt() for _ in range(100)}) == 100
    assert len(new_salt()) == 32
