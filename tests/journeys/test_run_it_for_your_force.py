"""The how-to page that takes a force to a site of its own, followed from top to bottom."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from clusters import Cluster, new_database
from house.sources import ROOT
from regard.web.serving import LOOPBACK, a_free_port, answers, running

PAGE = ROOT / "docs" / "how-to" / "run-it-for-your-force.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UNIT = re.compile(r"`/etc/systemd/system/([\w.-]+)`:?\s*$")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HOST = "regard.example.org"
# What is given as root, or installs what stands here already.
BY_ROOT = ("useradd", "sudo", "python3 -m venv", "{venv}/pip")
INSTALLED = "/srv/regard"
PATIENCE = 240.0  # seconds in which the services start, on a machine that is busy

pytestmark = [pytest.mark.slow, pytest.mark.demo, pytest.mark.timeout(600)]


class Machine:
    """One machine: a folder in the place of /srv/regard, and processes in the place of services."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.port = folder, a_free_port(wanted=0)
        self.env = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.said: dict[str, str] = {}
        self.units: dict[str, str] = {}
        self._url, self._services = url, ExitStack()
        (folder / "venv" / "bin").mkdir(parents=True)
        (folder / "oidc-secret").write_text("kept by the provider and us")
        self._command("regard", "from regard.cli.main import run; run()")
        self._command("gunicorn", "from gunicorn.app.wsgiapp import run; run()")

    def _command(self, name: str, code: str) -> None:
        file = self.folder / "venv" / "bin" / name
        file.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{code}' \"$@\"\n")
        file.chmod(0o755)

    def here(self, text: str) -> str:
        """What the page says, as it is on this machine."""
        return text.replace(INSTALLED, str(self.folder)).replace(":8000", f":{self.port}")

    def settings(self, text: str) -> None:
        """The file of the environment."""
        told = dict(line.split("=", 1) for line in self.here(text).splitlines())
        told["DATABASE_URL"] = self._url
        (self.folder / "environment").write_text(
            "".join(f"{name}={value}\n" for name, value in told.items())
        )

    def give(self, line: str) -> None:
        """A line of a shell."""
        line = self.here(line)
        root = [one.format(venv=self.folder / "venv" / "bin") for one in BY_ROOT]
        if line.startswith(tuple(root)):
            return
        if line.startswith("set -a"):
            held = (self.folder / "environment").read_text().splitlines()
            self.env |= dict(one.split("=", 1) for one in held)
        elif line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            self.env[name] = value
        elif line.startswith("systemctl"):
            self._systemctl(line.split()[1])
        else:
            self.said[line] = self.run(["/bin/sh", "-ec", line])

    def run(self, words: list[str]) -> str:
        path = f"{self.folder / 'venv' / 'bin'}:{self.env['PATH']}"
        done = subprocess.run(
            words, cwd=self.folder, env=self.env | {"PATH": path}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def _systemctl(self, verb: str) -> None:
        if verb == "stop":
            self._services.close()
        if verb not in ("enable", "start"):
            return
        for name in ("regard.service", "regard-worker.service"):
            words = self.started(name)
            self._services.enter_context(running(words, {**os.environ, **self.env}))
        until = time.monotonic() + PATIENCE
        alive = Path(self.env["REGARD_HOME"]) / "worker-alive"
        while not (self.answers() and alive.exists()):
            assert time.monotonic() < until, "the services did not start"
            time.sleep(0.2)

    def started(self, unit: str) -> list[str]:
        """The words by which a unit starts, as systemd reads them."""
        (line,) = re.findall(r"^ExecStart=(.*)$", self.units[unit], re.MULTILINE)
        return shlex.split(line.replace("$$", "$").replace("%%", "%"))

    def answers(self) -> bool:
        return answers(LOOPBACK, self.port)

    def asked(
        self, method: str, path: str, body: str = "", **headers: str
    ) -> tuple[HTTPResponse, str]:
        """What a proxy asks that took HTTPS, and what it is answered."""
        proxy = {"Host": HOST, "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
        with closing(HTTPConnection(LOOPBACK, self.port, timeout=60)) as asked:
            asked.request(method, path, body, proxy | headers)
            answer = asked.getresponse()
            return answer, answer.read().decode()

    def end(self) -> None:
        self._services.close()


@pytest.fixture
def machine(tmp_path: Path, own_postgres: Cluster) -> Iterator[Machine]:
    made = Machine(tmp_path, new_database(own_postgres.url))
    yield made
    made.end()


def follow(page: str, machine: Machine) -> None:
    """Everything that the page says, in its order."""
    for found in BLOCK.finditer(page):
        kind, text = found.groups()
        unit = UNIT.search(page[: found.start()].rstrip())
        if kind == "ini" and unit:
            machine.units[unit[1]] = machine.here(text)
        elif kind == "ini":
            machine.settings(text)
        elif not kind:
            for line in text.splitlines():
                machine.give(line)


def test_the_page_leads_from_an_empty_database_to_a_site_that_is_kept(machine):
    follow(PAGE.read_text(encoding="utf-8"), machine)

    said = machine.said
    assert "WRONG" not in said["regard site check"]
    assert said["regard site check"].count("good: ") == 5
    restored = next(one for line, one in said.items() if "--home drill register verify" in line)
    whole = said["regard register verify --projections"]
    assert re.search(r"The head is (.*)\.", restored)[1] == re.search(r"head is (.*)\.", whole)[1]
    assert "Proved by heads kept outside" in said["regard register verify --witness witness.jsonl"]
    _keeper_signs_in(machine)
    _only_by_https(machine)
    _backed_up_by_the_unit(machine)


def _keeper_signs_in(machine: Machine) -> None:
    told = machine.said["regard site account essex-keeper --generate"]
    password = re.search(r"shown once: (\S+)", told)[1]
    form, page = machine.asked("GET", "/sign-in")
    cookies: SimpleCookie = SimpleCookie()
    for one in form.headers.get_all("Set-Cookie"):
        cookies.load(one)
    sent = urlencode(
        {
            "username": "essex-keeper",
            "password": password,
            "csrfmiddlewaretoken": TOKEN.search(page)[1],
        }
    )
    came, said = machine.asked(
        "POST", "/sign-in", sent,
        **{
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{one.key}={one.value}" for one in cookies.values()),
            "Origin": f"https://{HOST}", "Referer": f"https://{HOST}/sign-in",
        },
    )  # fmt: skip
    kept = came.headers.get_all("Set-Cookie")
    assert came.status == 302, said[:2000]
    assert any(one.startswith("__Host-session=") and "Secure" in one for one in kept)
    assert "/sign-in/by-provider" in page


def _only_by_https(machine: Machine) -> None:
    told, _ = machine.asked("GET", "/sign-in", **{"X-Forwarded-Proto": "http"})
    assert (told.status, told.headers["Location"]) == (301, f"https://{HOST}/sign-in")
    assert machine.asked("GET", "/sign-in", Host="elsewhere.example")[0].status == 400
    secured = machine.asked("GET", "/sign-in")[0].headers["Strict-Transport-Security"]
    assert "max-age=31536000" in secured


def _backed_up_by_the_unit(machine: Machine) -> None:
    machine.run(machine.started("regard-backup.service"))
    held = [one.name for one in (machine.folder / "home" / "backups").iterdir()]
    assert any(re.fullmatch(r"register-\d{4}-\d\d-\d\d\.backup", one) for one in held)


def test_systemd_takes_every_unit_of_the_page(machine):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not here: its units are not checked")
    text = PAGE.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        unit = UNIT.search(text[: found.start()].rstrip())
        if unit:
            machine.units[unit[1]] = machine.here(found[2])
    folder = machine.folder / "units"
    folder.mkdir()
    for name, words in machine.units.items():
        (folder / name).write_text(words.replace("User=regard\n", ""))

    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(one) for one in folder.iterdir())],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert len(machine.units) == 4
    ours = [line for line in told.stderr.splitlines() if str(folder) in line or "regard" in line]
    assert ours == []
