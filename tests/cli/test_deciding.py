"""`regard measure decide`: a step accepted or declined by a named post."""

from __future__ import annotations

import pytest

from regard.register.access import EVERYTHING
from regard.register.kinds import Decision
from regard.register.register import Register

MONTHS = [f"{year}-{month:02d}" for year in (2017, 2018, 2019) for month in range(1, 13)]


@pytest.fixture
def stepped(regard, street_file, monkeypatch, tmp_path):
    """Three years of burglaries that halve in July 2018, and an analyst who may decide."""
    for number, month in enumerate(MONTHS):
        street_file(month, (100 if number < 18 else 50) + number % 3)
    assert regard("records", "import", tmp_path / "download").code == 0
    regard("register", "found", "merseyside", "--name", "Merseyside Police", "--area",
           "merseyside")  # fmt: skip
    monkeypatch.setenv("REGARD_POST", "merseyside-keeper")
    regard(
        "register",
        "post",
        "analyst",
        "--name",
        "Analyst",
        "--body",
        "merseyside",
        "--role",
        "performance-analyst",
    )
    regard("register", "hold", "analyst", "account-2")
    monkeypatch.setenv("REGARD_POST", "analyst")


def decided(regard, month, *words):
    return regard("measure", "decide", "burglary", "--area", "merseyside", month, "--reason",
                  "A new crime desk.", *words)  # fmt: skip


def test_a_step_is_accepted_with_the_proposal_it_answers(regard, stepped, tmp_path):
    told = decided(regard, "2018-07")

    assert told.code == 0, told.err
    assert "a step of burglary in July 2018 was accepted" in told.out
    assert "It answers the proposal of July 2018" in told.out
    (entry,) = Register.open(tmp_path / "home").view(EVERYTHING).all(Decision)
    assert entry.value.step.proposed == "2018-07"
    assert entry.value.step.method.startswith("adjusted-counts")


def test_a_step_that_nobody_proposed_is_kept_and_said_to_be(regard, stepped):
    told = decided(regard, "2019-06", "--decline")

    assert told.code == 0, told.err
    assert "was declined" in told.out
    assert "No step was proposed for that month" in told.out


def test_a_post_that_may_not_decide_is_refused(regard, stepped, monkeypatch):
    monkeypatch.setenv("REGARD_POST", "merseyside-keeper")

    told = decided(regard, "2018-07")

    assert told.code == 24
    assert "register-keeper" in told.err
