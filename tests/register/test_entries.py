"""An entry as it is read, and instants as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import Erased, RegardError
from regard.register.entries import instant_of, instant_said
from register import forces
from register.forces import FORCES, speaker

instants = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - the zones are drawn
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")]),
)


@given(instant=instants)
def test_an_instant_reads_back_as_it_was(instant):
    assert instant_of(instant_said(instant)) == instant.astimezone(UTC)


@given(one=instants, other=instants)
def test_instants_sort_as_text_as_they_do_in_time(one, other):
    one, other = one.astimezone(UTC), other.astimezone(UTC)

    assert (instant_said(one) < instant_said(other)) == (one < other)


def test_an_entry_whose_words_were_erased_says_so(world):
    entry = world.enter(forces.concern(FORCES[0]), "concern:a", speaker(FORCES[0], "spr-lead"))
    erased = replace(entry, held=None)

    with pytest.raises(Erased, match=rf"entry {entry.seq} \(concern:a\) were erased") as refused:
        _ = erased.value
    assert isinstance(refused.value, RegardError)
    assert erased.header == entry.header


def test_an_entry_is_a_source_that_names_itself(world):
    entry = world.enter(forces.concern(FORCES[0]), "concern:a", speaker(FORCES[0], "spr-lead"))

    assert f"entry {entry.seq}: concern:a" in str(entry.source)
    assert "party:avon/spr-lead" in str(entry.source)
