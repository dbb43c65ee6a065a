"""The lines of evidence have their fields, name every claim, and are merged rather than lost."""

from __future__ import annotations

import json

import pytest
from bench.crimes import street_file
from bench.figures import CLAIMS, EVIDENCE, Line, measured, read, record

FIELDS = [
    "id",
    "what",
    "value",
    "target",
    "relation",
    "unit",
    "peer",
    "peer_value",
    "n",
    "seed",
    "commit",
    "date",
    "command",
    "note",
]
LINES = [
    line
    for file in sorted(EVIDENCE.glob("*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]


def test_every_line_has_exactly_the_agreed_fields_in_order():
    assert all(list(json.loads(line)) == FIELDS for line in LINES)


def test_every_figure_that_is_claimed_has_its_line():
    assert set(CLAIMS) <= {json.loads(line)["id"] for line in LINES}


def test_every_line_stands_in_the_file_of_its_area():
    astray = [
        one.id for file in EVIDENCE.glob("*.jsonl") for one in read(file) if one.area != file.stem
    ]

    assert not astray


@pytest.mark.parametrize(
    ("value", "relation", "said"),
    [
        (120_000, ">=", "met"),
        (90_000, ">=", "short"),
        (100_000, "<=", "met"),
        (1, "==", "short"),
        (None, ">=", "not measured"),
    ],
)
def test_verdict_follows_the_relation(value, relation, said):
    assert Line("a.b", "rows", value, 100_000, relation).verdict == said


def test_a_figure_without_a_target_is_measured_and_no_more():
    assert Line("a.b", "rows", 7.0).verdict == "measured"


def test_ratio_above_one_is_better_than_the_peer():
    rows_a_second = Line("a.b", "rows", 300.0, peer="pandas", peer_value=100.0)
    seconds = Line("a.b", "wait", 4.0, relation="<=", peer="pandas", peer_value=1.0)

    assert rows_a_second.ratio == 3
    assert seconds.ratio == 0.25


def test_figure_without_a_peer_has_no_ratio():
    assert Line("a.b", "rows", 300.0).ratio is None


def test_recording_overwrites_its_own_line_and_keeps_the_others(tmp_path):
    record([measured("records.import-speed", 150_000, n=7)], tmp_path)
    record([measured("records.import-memory", 123.456)], tmp_path)
    record([measured("records.import-speed", 160_000, n=8)], tmp_path)

    held = {one.id: one for one in read(tmp_path / "records.jsonl")}

    assert held["records.import-speed"].value == 160_000
    assert held["records.import-memory"].value == 123.5
    assert held["records.killed-200"].verdict == "not measured"


def test_recording_twice_gives_the_same_bytes(tmp_path):
    line = measured("records.import-speed", 150_000)
    record([line], tmp_path / "one")
    record([line], tmp_path / "two")
    record([], tmp_path / "two")

    one, two = ((tmp_path / name / "records.jsonl").read_bytes() for name in ("one", "two"))

    assert one == two


def test_generated_crimes_are_the_same_for_a_seed_and_hold_twins(tmp_path):
    files = [street_file(tmp_path / name, rows=2_000, seed=7) for name in ("one", "two")]
    other = street_file(tmp_path / "other", rows=2_000, seed=8)

    lines = files[0].read_text("utf-8").splitlines()

    assert files[0].read_bytes() == files[1].read_bytes() != other.read_bytes()
    assert len(lines) == 2_001
    assert len(set(lines)) < len(lines)
