"""What the benchmarks of the screens share: the example served on loopback, and a visitor of it."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import django

from bench.children import ROOT
from bench.figures import Line, record
from bench.table import printed
from regard.web.serving import LOOPBACK, a_free_port, answers, environment, running, server_words
from regard.web.settings import configure

SEED = 20261122
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PASSWORD = "practice makes perfect"  # noqa: S105 - of accounts that live as long as a run
PREPARED = """
import sys
from pathlib import Path
from regard.board.practising import open_practice_round
from regard.board.remembering import remember
from regard.register.posting import posts
from regard.web.settings import configure
home = Path(sys.argv[1])
configure(home)
import django
django.setup()
register = remember(home).register
open_practice_round(register)
from regard.web.models import Account
from regard.web.serving import ready
ready()
for post in posts(register):
    Account.objects.make(post.subject.partition(":")[2], post.holders[0], sys.argv[2])
"""
SECRET = {"REGARD_SECRET_KEY": "of a bench alone"}
Form = dict[str, str]
Files = Sequence[tuple[str, bytes]]


def prepared(home: Path, url: str = "") -> dict[str, str]:
    """Make the example with an open practice round and an account a post.

    Args:
        home: A new data folder.
        url: Of an empty database; none for files in the data folder.

    Returns:
        The environment in which it is served.
    """
    env = {**environment(home, demo=True), "DATABASE_URL": url}
    words = [sys.executable, "-c", PREPARED, str(home), PASSWORD]
    subprocess.run(words, env=env, check=True)  # noqa: S603 - words of this module
    return env


def settled(home: Path) -> None:
    """Settle this process on a data folder, once: what stands on Django's models is read after."""
    sys.path.insert(0, str(ROOT / "tests"))
    os.environ.pop("DATABASE_URL", None)
    configure(home, SECRET)
    django.setup()


@contextmanager
def served(
    env: dict[str, str], *, workers: int = 2, under: Sequence[str] = (), patience: float = 60.0
) -> Iterator[int]:
    """Serve the example, and give the port of loopback at which it answers.

    Args:
        env: As `prepared` gives it.
        workers: The number of processes of the server.
        under: A command that watches the server, before its own words.
        patience: Seconds within which it must answer.
    """
    port, until = a_free_port(wanted=0), time.monotonic() + patience
    with running([*under, *server_words(f"{LOOPBACK}:{port}", workers=workers)], env) as process:
        while not answers(LOOPBACK, port):
            if process.poll() is not None or time.monotonic() > until:
                raise ChildProcessError(f"the site did not answer at port {port}")
            time.sleep(0.1)
        yield port


class Visitor:
    """A browser without a screen: it keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.cookies: dict[str, str] = {}
        self._connection = HTTPConnection(LOOPBACK, port, timeout=60)

    def asked(self, method: str, address: str, sent: Form | None = None) -> tuple[int, str]:
        """The status and the words that an address answers; a form is sent as a browser does."""
        body = urlencode(sent).encode() if sent is not None else None
        return self._sent(method, address, body, "application/x-www-form-urlencoded")

    def gives(self, address: str, form: Form, field: str, files: Files) -> tuple[int, str]:
        """Send a form with files of one field; its token is read from the page that shows it."""
        mark = "regard-bench-edge"
        form = {**form, "csrfmiddlewaretoken": self.token(address)}
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in form.items()
        ]
        for name, content in files:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"'
            parts.append(f"{head}\r\n\r\n".encode() + content + b"\r\n")
        body = b"".join([*parts, f"--{mark}--\r\n".encode()])
        return self._sent("POST", address, body, f"multipart/form-data; boundary={mark}")

    def token(self, address: str) -> str:
        """What the form of a page proves with that it was shown."""
        found = TOKEN.search(self.asked("GET", address)[1])
        return found[1] if found else ""

    def sends(self, address: str, form: Form, *, shown_at: str = "") -> tuple[int, str]:
        """Send a form that a page shows."""
        token = self.token(shown_at or address)
        return self.asked("POST", address, {**form, "csrfmiddlewaretoken": token})

    def signs_in(self, account: str, password: str = PASSWORD) -> int:
        """The status with which the sign-in answers: a redirection if all is well."""
        return self.sends("/sign-in", {"username": account, "password": password})[0]

    def leaves(self) -> None:
        """Close the connection; the next question opens it again."""
        self._connection.close()

    def _sent(self, method: str, address: str, body: bytes | None, kind: str) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = kind
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        words = answer.read().decode(errors="replace")
        self._keep_cookies(answer)
        return answer.status, words

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for held in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = held.partition(";")[0].partition("=")
            self.cookies[name] = value


def busy() -> str:
    """How busy the machine is, for the note beside a time."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def told(
    lines: Callable[..., list[Line]], arguments: Sequence[str], *, name: str, does: str
) -> int:
    """Run a benchmark in a folder of its own, print its lines and record them; small ones not.

    Args:
        lines: Measures, given a folder and `small=`.
        arguments: Of the command.
        name: Of the module.
        does: What it does, in a sentence.
    """
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=does)
    parser.add_argument("--small", action="store_true", help="less of it, and nothing is written")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="regard-bench-") as folder:
        found = lines(Path(folder), small=options.small)
    print(f"{name}: {time.perf_counter() - start:.0f} s", flush=True)
    printed(found)
    if not options.small:
        record(found)
    return 0
