"""`regard stress sensitivity`: the table, the sentence, and ranges of one's own."""

from __future__ import annotations

import json

import pytest

from capability.small_force import answering
from regard.cli import stress

ASKED = ("stress", "sensitivity", "--force", "west-midlands", "--psus", 1, "--days", 2)
FEW = ("--only", "demand", "--only", "crew", "--points", 12, "--replications", 2)


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "capability.toml").write_text("[west-midlands]\nwithin = { immediate = 15 }\n")
    monkeypatch.setattr(stress, "answering_held", lambda *_, **__: answering())
    return tmp_path


def test_a_table_the_sentence_and_every_range_are_printed(regard_at, home):
    told = regard_at(home, *ASKED, *FEW)

    assert told.code == 0, told.err
    assert "of 2 assumptions looked at" in told.out
    assert "Ranges that were assumed" in told.out
    assert "Not modelled" in told.out
    assert "12 points of 2 replications" in told.out


def test_a_range_of_ones_own_stands_in_the_table(regard_at, home):
    told = regard_at(home, *ASKED, *FEW, "--range", "demand=80:120", "--of", "waiting", "--json")

    rows = {one["assumption"]: one for one in map(json.loads, told.out.splitlines())}
    assert told.code == 0, told.err
    assert (rows["demand"]["from"], rows["demand"]["to"]) == (80, 120)
    assert set(rows) == {"demand", "crew"}


@pytest.mark.parametrize(
    "changed, said",
    [
        (("--range", "demand"), "is no range"),
        (("--range", "demand=low:high"), "is no range"),
        (("--range", "weather=1:2"), "weather"),
        (("--only", "weather"), "weather"),
        (("--of", "weather"), "weather"),
        (("--points", 3), "3 points"),
        (("--start", "someday"), "someday"),
    ],
)
def test_what_cannot_be_asked_is_refused(regard_at, home, changed, said):
    told = regard_at(home, *ASKED, *FEW, *changed)

    assert told.code != 0
    assert said in told.err
