"""The demonstration on screen: built, served, signed in to, and the same when served again."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from cli.test_site import given, until

REGARD = (sys.executable, "-c", "from regard.cli.main import run; run()")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

pytestmark = [pytest.mark.slow, pytest.mark.demo, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of the example, and what building it said."""
    home = tmp_path_factory.mktemp("demo") / "demo"
    told = given(home, "demo", "build")
    assert told.returncode == 0, told.stderr
    return home, told.stdout


def signed_in(at: str, name: str, password: str) -> str:
    """The page to which somebody comes who signs in."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{at}sign-in").read().decode()
    sent = {"username": name, "password": password, "csrfmiddlewaretoken": TOKEN.search(form)[1]}
    browser.open(f"{at}sign-in", urlencode(sent).encode())
    return str(browser.open(at).read().decode())


def served(home: Path) -> tuple[str, str]:
    """What the example says when it is served, and Home as a lead sees it."""
    with subprocess.Popen(
        [*REGARD, "--home", str(home), "demo", "serve"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        try:
            said = until(process, "is served at")
            at = re.search(r"served at (\S+)", said)[1]
            page = signed_in(at, "acc-security", password_of(said, "acc-security"))
        finally:
            process.send_signal(signal.SIGINT)
        process.stdout.read()
    assert process.returncode == 0
    return said, page


def password_of(said: str, name: str) -> str:
    return re.search(rf"^{name}\s+(\S+)", said, re.MULTILINE)[1]


def test_whoever_signs_in_comes_to_a_page_and_again_with_the_same_sign_in(built):
    said, page = served(built[0])
    again, _ = served(built[0])

    assert "ACC Security" in page
    assert password_of(said, "spr-lead") == password_of(again, "spr-lead")


def test_the_practice_round_is_said_to_be_practice(built):
    assert "It is practice alone: no paper says it" in built[1]


def test_built_again_it_says_the_same_head_whatever_was_practised(built):
    home, said = built

    again = given(home, "demo", "build", "--format", "html").stdout

    head = re.compile(r"head ([0-9a-f]{12})\.")
    assert head.search(again)[1] == head.search(said)[1]
    assert "it stood here already" in again


def test_sign_ins_are_given_to_scripts_without_serving(built):
    told = given(built[0], "demo", "sign-ins", "--json")

    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert {"acc-security", "spr-lead", "governance-officer"} <= {one["account"] for one in rows}
