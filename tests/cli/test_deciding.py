"""`regard measure decide`: a step accepted or declined by a named post."""

from __future__ import annotations

import shutil

import pytest

from cli.conftest import HEADER
from regard.cli.main import run
from regard.register.access import EVERYTHING
from regard.register.kinds import Decision
from regard.register.register import Register

MONTHS = [f"{year}-{month:02d}" for year in (2017, 2018, 2019) for month in range(1, 13)]


@pytest.fixture(scope="module")
def three_years(tmp_path_factory):
    """Three years of burglaries that halve in July 2018, and an analyst who may decide."""
    folder = tmp_path_factory.mktemp("three-years")
    for number, month in enumerate(MONTHS):
        row = f",{month},Merseyside Police,Merseyside Police,,,No Location,,,Burglary,,\n"
        file = folder / "download" / month / f"{month}-merseyside-street.csv"
        file.parent.mkdir(parents=True)
        count = (100 if number < 18 else 50) + number % 3
        file.write_text(HEADER + "".join(f"{place}{row}" for place in range(count)))
    keeper = ("--by", "merseyside-keeper")
    for words in (
        ("records", "import", folder / "download"),
        ("register", "found", "merseyside", "--name", "Merseyside", "--area", "merseyside"),
        ("register", "post", "analyst", "--name", "Analyst", "--body", "merseyside", "--role",
         "performance-analyst", *keeper),
        ("register", "hold", "analyst", "account-2", *keeper),
    ):  # fmt: skip
        with pytest.raises(SystemExit) as left:
            run(["--home", str(folder / "home"), *(str(word) for word in words)])
        assert not left.value.code
    Register.open(folder / "home").close()
    return folder / "home"


@pytest.fixture
def stepped(three_years, tmp_path, monkeypatch):
    """The same in a folder of the test's own."""
    shutil.copytree(three_years, tmp_path / "home")
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
