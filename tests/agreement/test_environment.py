"""The oracles' environment holds every peer, and none of them is needed at run time."""

from __future__ import annotations

import tomllib
from importlib.metadata import distribution, version

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

PEERS = (
    "statsmodels",
    "ruptures",
    "statsforecast",
    "shewhart",
    "controlchartspy",
    "simpy",
    "ciw",
)


def test_every_peer_is_here_in_the_locked_version(root):
    lock = (root / "requirements" / "oracles.txt").read_text(encoding="utf-8")

    for peer in PEERS:
        assert f"\n{peer}=={version(peer)} " in lock


def test_no_peer_is_among_what_the_library_needs(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]

    assert not [one for one in needed if one.startswith(PEERS)]


def test_the_library_under_test_is_this_folder(root):
    told = distribution("regard").read_text("direct_url.json") or ""

    assert f'"url": "{root.as_uri()}"' in told
