"""`regard allocate`, as somebody who shares a demand gives it."""

from __future__ import annotations

import json

FILE = """
hosts = ["West Mercia"]
needed = [[[2, 2], [3, 2]]]
generated = true

[[forces]]
name = "Avon"
region = "West"
cohorts = 6
costs = [0.0, 1.0, 3.0, 6.0, 10.0, 15.0, 21.0]
travel = [2.0]

[[forces]]
name = "Severn"
region = "West"
cohorts = 6
costs = [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0]
travel = [3.0]

[rules]
reserve = 1.0
"""
DAY = ("--as-at", "2021-12-01")


def test_a_demand_is_shared(regard, tmp_path):
    (tmp_path / "demand.toml").write_text(FILE)

    told = regard("allocate", "share", tmp_path / "demand.toml", *DAY)
    rows = regard("allocate", "share", tmp_path / "demand.toml", *DAY, "--json")

    assert told.code == 0, told.err
    assert "Fairness" in told.out
    assert "Not modelled" in told.out
    assert {json.loads(line)["force"] for line in rows.out.splitlines()} == {"Avon", "Severn"}


def test_a_file_that_states_nothing_is_refused(regard, tmp_path):
    (tmp_path / "demand.toml").write_text("hosts = []")

    told = regard("allocate", "share", tmp_path / "demand.toml", *DAY)

    assert told.code != 0
    assert "says no hosts" in told.err
