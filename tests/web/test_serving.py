"""Serving on one machine: which addresses, which processes, and that they end together."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import pytest

from regard.core.errors import DefinitionRefused, EngineMissing
from regard.web import serving
from regard.web.serving import LOOPBACK, a_free_port, answers, is_loopback, place, running, settle


@pytest.fixture
def taken():
    with socket.socket() as held:
        held.bind((LOOPBACK, 0))
        held.listen()
        yield held.getsockname()[1]


@pytest.mark.parametrize(
    "address", ["", "8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "x:y"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(DefinitionRefused, match="is no address"):
        place(address)


@pytest.mark.parametrize("address", ["0.0.0.0:8000", "10.1.2.3:80", "regard.example.org:443"])
def test_an_address_that_others_reach_needs_a_host_that_is_named(address, monkeypatch):
    monkeypatch.delenv("REGARD_HOSTS", raising=False)
    with pytest.raises(DefinitionRefused, match="REGARD_HOSTS"):
        place(address)

    monkeypatch.setenv("REGARD_HOSTS", "regard.example.org")
    assert place(address)[1] == int(address.rpartition(":")[2])


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]"])
def test_loopback_is_known_by_its_names(host):
    assert is_loopback(host)


def test_a_port_that_is_taken_is_refused_and_another_is_found(taken):
    with pytest.raises(DefinitionRefused, match="somebody listens there"):
        serving.must_be_free(LOOPBACK, taken)

    assert a_free_port(wanted=taken) != taken


def test_nothing_answers_where_nobody_listens():
    assert not answers(LOOPBACK, a_free_port(wanted=0))


def test_a_process_of_the_site_ends_with_its_block():
    with running([sys.executable, "-c", "import time; time.sleep(60)"], {}) as process:
        assert process.poll() is None

    assert process.poll() is not None


def test_the_site_ends_when_its_server_does(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "server_words", lambda *_, **__: [sys.executable, "-c", "exit(3)"])
    monkeypatch.setattr(serving, "worker_words", lambda: [sys.executable, "-c", LASTS])
    begun = time.monotonic()

    with pytest.raises(EngineMissing, match="ended with 3"):
        serving.serve(tmp_path, f"{LOOPBACK}:{a_free_port(wanted=0)}", told=print)

    assert time.monotonic() - begun < 20


LASTS = "import time; time.sleep(60)"


def test_one_process_keeps_one_site(tmp_path):
    with pytest.raises(DefinitionRefused, match="one data folder a process"):
        settle(tmp_path)


def test_the_worker_gives_signs_of_life_while_it_runs(tmp_path):
    env = serving.environment(tmp_path, demo=True)
    subprocess.run(
        [sys.executable, "-m", "regard.web", "migrate", "--database", "default", "-v", "0"],
        env=env, check=True,
    )  # fmt: skip
    alive = tmp_path / "worker-alive"
    with running(serving.worker_words(), env) as process:
        until = time.monotonic() + 60
        while not alive.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        assert alive.exists()
