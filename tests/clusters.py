"""PostgreSQL for tests: a cluster of their own in a temporary folder, gone when they end.

    with cluster(fast=True) as server:
        url = new_database(server.url)

PostgreSQL will not run as root, so root starts it as the user `postgres`. The database sorts as
English does and not by bytes, as most servers do: what leans on the order of bytes shows.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg
from psycopg.sql import SQL, Identifier

INSTALLED = Path("/usr/lib/postgresql")  # Debian keeps the server's commands off the PATH
ACCOUNT = "postgres"
PATIENCE = 60.0  # seconds to start, to recover or to stop
PORTS_TRIED = 5  # a port that was free may be taken before the server has it
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "shared_buffers": "64MB",
    # A file in the data folder: a killed server then leaves nothing in the machine's shared memory.
    "dynamic_shared_memory_type": "mmap",
}


class NotStarted(RuntimeError):
    """The server ended while it was being started; the message ends with its log."""


def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`, newest version first; None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = [one for one in INSTALLED.glob("*/bin") if (one / "initdb").exists()]
    return max(versions, key=lambda one: float(one.parent.name), default=None)


def may_be_absent() -> bool:
    """Whether a test without PostgreSQL is skipped; where it is asked for or in CI, it fails."""
    return os.environ.get("CI") != "true" and os.environ.get("REQUIRE_POSTGRES") != "1"


@dataclass
class Cluster:
    """One server with its data. `url` is its superuser's, on the database `postgres`."""

    folder: Path
    port: int
    commands: Path
    fast: bool
    password: str = field(repr=False)
    _server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the server listens: loopback alone."""
        return f"postgresql://{ACCOUNT}:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "log"

    @property
    def pid(self) -> int | None:
        """The process number of the postmaster; None while it does not run."""
        running = self._server is not None and self._server.poll() is None
        return self._server.pid if running and self._server else None

    def start(self) -> None:
        """Start the server and wait until it takes connections; after a kill it recovers first.

        Raises:
            NotStarted: it ended by itself, or took longer than a minute.
        """
        chosen = SETTINGS | {"fsync": "off" if self.fast else "on"}
        words = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        command = [self.commands / "postgres", "-D", self.data, "-k", self.folder]
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                [*command, "-p", str(self.port), *words],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_as_account(self.folder),
            )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self.pid is None or time.monotonic() > until:
                self.kill()
                raise NotStarted(f"port {self.port}: {self.log.read_text('utf-8')[-2000:]}")
            time.sleep(0.02)

    def _is_ready(self) -> bool:
        # The first line of the lock file is the postmaster's number, the eighth its state; after a
        # kill the old file still stands.
        told = self._lock()
        return len(told) > 7 and told[0] == str(self.pid) and told[7].strip() == "ready"

    def _lock(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []

    def stop(self) -> None:
        """Stop the server as a machine that shuts down does: what is open is rolled back."""
        if self._server is None or self.pid is None:
            return
        self._server.send_signal(signal.SIGINT)  # `pg_ctl stop --mode=fast`
        try:
            self._server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the postmaster and every process of its own with SIGKILL; the data stays as it is."""
        if self._server is None:
            return
        mine = _descendants(self._server.pid)
        self._server.kill()
        self._server.wait()
        for one in mine:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        until = time.monotonic() + PATIENCE
        while any(_lives(one) for one in mine) and time.monotonic() < until:
            time.sleep(0.01)
        self._release_memory()

    def _release_memory(self) -> None:
        # The seventh line of the lock file: key and number of the segment a killed server leaves.
        told = self._lock()
        if len(told) > 6 and told[6].strip():
            subprocess.run(["ipcrm", "-m", told[6].split()[1]], capture_output=True, check=False)


def _descendants(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []


def _lives(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False


def _as_account(folder: Path) -> dict[str, Any]:
    env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    whole: dict[str, Any] = {"cwd": folder, "env": env}
    if os.geteuid() == 0:
        whole |= {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}
    return whole


@contextmanager
def cluster(*, fast: bool = False) -> Iterator[Cluster]:
    """A server that runs, with checksums on its pages; stopped and removed at the end.

    `fast` does without fsync: for tests that ask whether it is right, not whether it lasts.

    Raises:
        NotStarted: there is no PostgreSQL here, or it would not start.
    """
    commands = binaries()
    if commands is None:
        raise NotStarted(f"no initdb on the PATH nor in {INSTALLED}")
    folder = Path(tempfile.mkdtemp(prefix="regard-postgres-"))
    made = Cluster(folder, 0, commands, fast, password=secrets.token_hex(16))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT, ACCOUNT)
        _initialise(made)
        _start_on_a_free_port(made)
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(made: Cluster) -> None:
    secret = made.folder / "password"
    secret.write_text(made.password, encoding="utf-8")
    if os.geteuid() == 0:
        shutil.chown(secret, ACCOUNT, ACCOUNT)
    done = subprocess.run(
        [
            made.commands / "initdb", "-D", made.data, "-U", ACCOUNT, f"--pwfile={secret}",
            "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8",
            "--locale-provider=icu", "--icu-locale=en-GB", "--no-sync", "--no-instructions",
        ],
        capture_output=True, text=True, check=False, timeout=PATIENCE, **_as_account(made.folder),
    )  # fmt: skip
    secret.unlink()
    if done.returncode != 0:
        raise NotStarted(f"initdb in {made.data}: {done.stderr}")


def _start_on_a_free_port(made: Cluster) -> None:
    for tries_left in reversed(range(PORTS_TRIED)):
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            made.port = asked.getsockname()[1]
        try:
            made.start()
        except NotStarted as ended:
            if not tries_left or "Address already in use" not in str(ended):
                raise
        else:
            return


def new_database(server: str, *, template: str = "") -> str:
    """Make a database on the server of that URL, and give the URL of the new one.

    `template` is the URL of a database to copy; nobody may be connected to it meanwhile.
    """
    name = f"regard_{secrets.token_hex(6)}"
    make = SQL("CREATE DATABASE {}").format(Identifier(name))
    if template:
        make += SQL(" TEMPLATE {}").format(Identifier(_name_in(template)))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(make)
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def drop_database(server: str, url: str) -> None:
    """Remove a database again, whoever is connected to it."""
    drop = SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(_name_in(url)))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(drop)


def _name_in(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
