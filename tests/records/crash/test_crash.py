"""Crashes: an importer killed at any instant goes on, and ends with exactly the file's rows."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from records.crash.harness import (
    FAULTY,
    IMPORTER,
    SOURCE,
    generated_file,
    kill_again_and_again,
)
from regard.records.store import Store

ROWS, KILLS = 1_000_000, 40
pytestmark = [pytest.mark.slow, pytest.mark.crash, pytest.mark.timeout(900)]


def test_an_importer_killed_forty_times_loses_and_doubles_no_row(tmp_path):
    seed = int.from_bytes(os.urandom(4))

    result = kill_again_and_again(tmp_path, kills=KILLS, rows=ROWS, seed=seed)

    sys.stdout.write(f"seed {seed}: {result}\n")
    assert (result.kills, result.lost, result.duplicated, result.equal) == (KILLS, 0, 0, True)
    assert result.resumed > KILLS // 4


def test_the_same_effort_finds_a_planted_fault(tmp_path):
    seed = int.from_bytes(os.urandom(4))

    result = kill_again_and_again(tmp_path, kills=KILLS, rows=ROWS, seed=seed, importer=FAULTY)

    sys.stdout.write(f"seed {seed}: {result}\n")
    assert result.duplicated > 0
    assert not result.equal


def test_of_two_importers_at_once_one_wins_and_the_other_is_told(tmp_path):
    file = generated_file(tmp_path / "in", 200_000)
    command = [sys.executable, str(IMPORTER), str(tmp_path / "home"), str(file), "500000", "sound"]
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    pipe = subprocess.PIPE

    both = [subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe) for _ in range(2)]
    said = [one.communicate()[1].decode() for one in both]

    codes = sorted(one.returncode for one in both)
    assert codes == [0, 1]
    assert "StoreBusy" in "".join(said)
    assert Store(tmp_path / "home").ledger.imports("crime")[0].rows_stored == 200_000


def test_a_killed_importer_lets_go_of_the_store(tmp_path):
    file = generated_file(tmp_path / "in", 200_000)
    command = [sys.executable, str(IMPORTER), str(tmp_path / "home"), str(file), "500000", "sound"]
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE)
    process.stdout.readline()
    process.kill()
    process.communicate()

    begun = time.monotonic()
    with Store(tmp_path / "home").writing():
        waited = time.monotonic() - begun

    assert waited < 1
