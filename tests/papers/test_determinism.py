"""The same paper is the same bytes, whoever writes it and whenever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from papers.sample import crime_chart, paper
from regard.papers import FORMATS, Heading, render

pytestmark = [pytest.mark.slow, pytest.mark.paper]

TESTS = Path(__file__).resolve().parents[1]
WRITE = """
import hashlib, json
from papers.sample import paper
from regard.papers import render
print(json.dumps({one.format: hashlib.sha256(one.content).hexdigest() for one in render(paper())}))
"""


def digests(seed: str, zone: str, folder: Path) -> dict[str, str]:
    """Digests of a paper that another process writes, with its own hash seed, zone and folder."""
    told = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(TESTS)}
    done = subprocess.run(
        [sys.executable, "-c", WRITE],
        cwd=folder, env=told, capture_output=True, text=True, timeout=100, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def test_two_processes_write_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    first = digests("1", "UTC", tmp_path)
    time.sleep(2.1)  # a ZIP archive counts time in steps of two seconds

    second = digests("4242", "America/Los_Angeles", TESTS)

    assert set(first) == set(FORMATS)
    assert first == second


def test_another_word_makes_other_bytes_in_every_format() -> None:
    one, other = render(paper()), render(paper(summary="Another line.", banner="Another banner"))

    same = [a.format for a, b in zip(one, other, strict=True) if a.content == b.content]

    assert same == []


def test_a_paper_with_eight_charts_in_four_formats_takes_under_ten_seconds() -> None:
    blocks = [block for n in range(8) for block in (Heading(f"Measure {n}"), crime_chart())]
    start = time.perf_counter()

    made = render(paper(blocks=tuple(blocks)))

    seconds = time.perf_counter() - start
    assert len(made) == 4
    assert seconds < 10, f"took {seconds:.1f} s"
