"""The constants that an explanation prints are those of the code; its picture shows its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from docs.build_images import ACCEPTED, MISSING, ODD, drawn, made_up

from house.sources import ROOT
from regard.signals import read
from regard.signals.states import STATES

PAGE = (ROOT / "docs" / "explanation" / "how-a-series-is-read.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)\.([\w.]+)` \| ([\d.]+) \|", re.MULTILINE)


def told_otherwise(page: str) -> Iterator[str]:
    """Constants of a page that are not those of `regard.signals.adjusted`."""
    for module, path, told in ROW.findall(page):
        value = import_module(f"regard.signals.adjusted.{module}")
        for name in path.split("."):
            value = getattr(value, name)
        if float(told) != value:
            yield f"{module}.{path} is {value}, told as {told}"


def test_the_constants_told_are_those_of_the_code():
    assert len(ROW.findall(PAGE)) > 15
    assert not list(told_otherwise(PAGE))


def test_a_constant_told_otherwise_is_caught():
    assert len(list(told_otherwise("| `tuning.TUNING.run` | 8 | in a row |\n"))) == 1


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_explained(state):
    assert f"| {state} | " in PAGE


def test_the_picture_shows_what_the_page_speaks_of():
    chart = drawn(read(made_up(), baselines=(ACCEPTED,)))

    assert [one.month for one in chart.accepted] == [ACCEPTED]
    assert len(chart.proposals) == 1
    assert [one.month for one in chart.flags] == [ODD]
    assert chart.why_missing == {MISSING: "not supplied"}
    assert chart.fan
