"""`regard allocate`, as somebody who shares a demand gives it."""

from __future__ import annotations

import json

from capability.demands import FILE

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
