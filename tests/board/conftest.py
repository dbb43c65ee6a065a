"""Registers on which assurance papers are tried; each is built once and only read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from board.spr_rounds import (
    FIRST,
    FORCE,
    SECOND,
    Told,
    brief,
    first_round,
    found,
    second_round,
)
from regard.assurance.promises import Promised
from regard.board.registering import IssuedPaper, issue_spr_paper
from regard.register.kinds import Amount

PROMISED = (
    Promised(
        text="Train 1,326 officers to Level 2 by the end of September",
        due=date(2015, 9, 30),
        scope=FORCE,
        measure="measure:level-2-trained",
        target=Amount(value=Decimal(1326), unit="officers"),
        owner="party:operations",
        topic="expectation:try-1/public-order/trained-officers",
    ),
    Promised(
        text="Renew the plan against cyber incidents",
        due=date(2016, 6, 30),
        scope=FORCE,
        topic="expectation:try-1/cyber",
    ),
)


@pytest.fixture(scope="module")
def first_paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Told, IssuedPaper]]:
    """A register after its first round, with the paper of it issued in HTML."""
    home = tmp_path_factory.mktemp("home")
    told = found(home)
    first_round(told)
    told.clock.on(date(2015, 2, 3))
    issued = issue_spr_paper(
        told.register,
        FIRST,
        FORCE,
        brief=brief(date(2015, 2, 3), promised=PROMISED),
        by=told.who["clerk"],
        folder=home / "papers",
        formats=("html",),
    )
    yield told, issued
    told.register.close()


@pytest.fixture(scope="module")
def both_papers(
    first_paper: tuple[Told, IssuedPaper],
) -> tuple[Told, IssuedPaper, IssuedPaper]:
    """The same after its second round, with that paper issued too."""
    told, first = first_paper
    second_round(told)
    told.clock.on(date(2016, 2, 2))
    second = issue_spr_paper(
        told.register,
        SECOND,
        FORCE,
        brief=brief(),
        by=told.who["clerk"],
        folder=Path(told.register.home) / "papers",
        formats=("html",),
    )
    return told, first, second
