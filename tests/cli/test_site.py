"""`regard site` as its keeper gives it, each command in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from regard.register.register import Register
from regard.web.serving import a_free_port

REGARD = (sys.executable, "-c", "from regard.cli.main import run; run()")


def given(home: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """What a command says, and how it leaves, without a terminal."""
    return subprocess.run(
        [*REGARD, "--home", str(home), *words],
        env=os.environ | env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    register, _ = Register.found(tmp_path / "home", body="essex", name="Essex Police", url="")
    register.close()
    return tmp_path / "home"


def test_an_account_is_made_and_its_password_shown_once(home):
    made = given(home, "site", "account", "essex-keeper", "--generate")
    again = given(home, "site", "account", "essex-keeper", "--generate")

    assert made.returncode == 0, made.stderr
    assert re.search(r"shown once: [a-z2-9]{4}(-[a-z2-9]{4}){3}\n", made.stdout)
    assert again.returncode == 14
    assert "--anew" in again.stderr


def test_a_password_is_no_argument_and_is_asked_for_on_a_terminal_alone(home):
    asked = given(home, "site", "account", "essex-keeper")
    argument = given(home, "site", "account", "essex-keeper", "--password", "x")

    assert asked.returncode == 14
    assert "this is no terminal" in asked.stderr
    assert argument.returncode == 2


def test_a_site_that_is_not_ready_is_looked_at_and_what_is_wrong_is_named(home):
    before = given(home, "site", "check")
    given(home, "site", "ready")
    after = given(home, "site", "check", "--json")

    assert before.returncode == 20
    assert "WRONG: tables" in before.stdout
    assert "worker" in after.stderr
    assert '"what": "tables", "good": true' in after.stdout


def test_the_key_of_sessions_is_for_its_owner_alone(home):
    given(home, "site", "ready")

    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600


def test_the_site_is_served_with_its_worker_until_it_is_asked_to_end(home):
    port = a_free_port(wanted=0)
    with subprocess.Popen(
        [*REGARD, "--home", str(home), "site", "serve", "--address", f"127.0.0.1:{port}",
         "--workers", "1"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as served:  # fmt: skip
        try:
            said = until(served, "is served at")
            page = urlopen(f"http://127.0.0.1:{port}/sign-in").read().decode()
            looked = given(home, "site", "check")
        finally:
            served.send_signal(signal.SIGTERM)
        said += served.stdout.read()

    assert "Sign in" in page
    assert looked.returncode == 0, looked.stdout
    assert served.returncode == 0, said
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}/sign-in")


def test_a_folder_without_a_register_is_not_served(tmp_path):
    told = given(tmp_path, "site", "serve")

    assert told.returncode == 26


def until(process: subprocess.Popen[str], words: str) -> str:
    """What a process says up to a line with these words."""
    said = ""
    limit = time.monotonic() + 90
    while words not in said and time.monotonic() < limit:
        line = process.stdout.readline()
        if not line:
            break
        said += line
    assert words in said, said
    return said
