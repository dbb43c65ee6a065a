"""Readying the site's own tables, and serving it on one machine with its worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from regard.core.errors import DefinitionRefused, EngineMissing
from regard.web.settings import configure

LOOPBACK = "127.0.0.1"
PORT = 8000  # the port at which the site is served unless another is named
THREADS = 8  # requests at once a process of the server
WORKERS = 2  # processes of the server
LIFETIME = 30  # seconds that a request may take before its process is begun anew
PATIENCE = 60.0  # seconds within which the site must answer
LOOK_EVERY = 0.2  # seconds between two looks at the processes
HIGHEST_PORT = 65_535
AT_FAULT = 500  # the first status by which a server says that it failed


def settle(home: Path, *, demo: bool = False) -> Any:
    """Set Django up for the site of a data folder, and give what keeps it.

    Args:
        home: The data folder.
        demo: Whether it holds the example.

    Returns:
        The module `regard.web.keeping`, which can be read only once Django is set up.

    Raises:
        DefinitionRefused: this process serves another data folder, or the environment is wrong.
    """
    configure(home, {**os.environ, "REGARD_DEMO": "1"} if demo else None)
    if Path(settings.REGARD_HOME) != home:  # type: ignore[misc]
        raise DefinitionRefused(
            f"this process keeps the site of {settings.REGARD_HOME}, and {home} was named",  # type: ignore[misc]
            expected="one data folder a process",
        )
    django.setup()
    return import_module("regard.web.keeping")


def ready() -> None:
    """Make the tables of accounts, sessions and work, or bring them up to date."""
    # An app at a time and never the register's: where both lie in one database, its tables would
    # be noted as made there although `Apart` keeps them from being made.
    apps = MigrationLoader(connections["default"]).migrated_apps - {"register"}
    for app in sorted(apps):
        call_command("migrate", app, database="default", verbosity=0, interactive=False)


def environment(home: Path, *, demo: bool = False) -> dict[str, str]:
    """What a process of the site is told of where its data lies."""
    return {**os.environ, "REGARD_HOME": str(home), "REGARD_DEMO": "1" if demo else ""}


def server_words(address: str, *, workers: int) -> list[str]:
    """The command that serves the site at an address.

    Args:
        address: The host and the port.
        workers: The number of processes.
    """
    return [
        sys.executable, "-m", "gunicorn", "regard.web.wsgi:application",
        "--bind", address, "--workers", str(workers), "--worker-class", "gthread",
        "--threads", str(THREADS), "--timeout", str(LIFETIME), "--keep-alive", "65",
        "--max-requests", "10000", "--max-requests-jitter", "1000", "--log-level", "warning",
        "--no-control-socket",
    ]  # fmt: skip


def worker_words() -> list[str]:
    """The command that does long work in the background."""
    return [sys.executable, "-m", "regard.web", "worker"]


@contextmanager
def running(words: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the site for as long as the block lasts; ended by its own id."""
    process = subprocess.Popen(words, env=env)  # noqa: S603 - words of this module
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=LIFETIME)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def serve(
    home: Path,
    address: str,
    *,
    workers: int = WORKERS,
    demo: bool = False,
    told: Callable[[str], None],
) -> None:
    """Serve the site with its worker until this process is asked to end.

    Args:
        home: The data folder.
        address: The host and the port, such as `127.0.0.1:8000`.
        workers: The number of processes of the server.
        demo: Whether it shows the example, and says so on every page.
        told: Told the address once the site answers there.

    Raises:
        DefinitionRefused: it cannot be served at that address.
        EngineMissing: the server or the worker ended by itself.
    """
    host, port = place(address)
    must_be_free(host, port)
    env = environment(home, demo=demo)
    with (
        _asked_to_end(),
        running(server_words(address, workers=workers), env) as server,
        running(worker_words(), env) as worker,
    ):
        until = time.monotonic() + PATIENCE
        while not answers(host, port):
            _must_run(server, worker)
            if time.monotonic() > until:
                raise EngineMissing(
                    f"the site did not answer at {address} within {PATIENCE:.0f} seconds",
                    expected="a site that answers; what it says stands above",
                )
            time.sleep(LOOK_EVERY)
        told(f"http://{address}/")
        while True:
            _must_run(server, worker)
            time.sleep(LOOK_EVERY)


def place(address: str) -> tuple[str, int]:
    """The host and the port of an address.

    Returns:
        The host, and the port as a number.

    Raises:
        DefinitionRefused: it is none, or it is open to others and no host is named.
    """
    host, colon, port = address.rpartition(":")
    if not colon or not port.isascii() or not port.isdecimal() or int(port) > HIGHEST_PORT:
        raise DefinitionRefused(
            f"{address!r} is no address", expected=f"a host and a port: {LOOPBACK}:{PORT}"
        )
    if not is_loopback(host) and not os.environ.get("REGARD_HOSTS"):
        raise DefinitionRefused(
            f"{address} is open to others, and no host of the site is named",
            expected=f"{LOOPBACK}:{port}, with a proxy before it that speaks HTTPS",
            next_step="name the host under which it is reached: REGARD_HOSTS=regard.example.org",
        )
    return host.strip("[]"), int(port)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens at a port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((host, port))
        except OSError:
            return False
    return True


def must_be_free(host: str, port: int) -> None:
    """Refuse a port at which somebody listens, or that this account may not take.

    Raises:
        DefinitionRefused: it cannot be taken.
    """
    if not is_free(host, port):
        raise DefinitionRefused(
            f"{host}:{port} cannot be taken: somebody listens there, or it is not ours to take",
            expected="a free port above 1023",
            next_step=f"name another one: --address {host}:{port + 1}",
        )


def a_free_port(host: str = LOOPBACK, wanted: int = PORT) -> int:
    """The port that is wanted, or any other where that one is taken; any at all for 0."""
    if wanted and is_free(host, wanted):
        return wanted
    with socket.socket() as asked:
        asked.bind((host, 0))
        return int(asked.getsockname()[1])


def answers(host: str, port: int) -> bool:
    """Whether a site answers at a port, and not by a fault of its own."""
    asked = HTTPConnection(host, port, timeout=PATIENCE)
    try:
        asked.request("GET", "/sign-in")
        return asked.getresponse().status < AT_FAULT
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


def _must_run(*processes: subprocess.Popen[bytes]) -> None:
    for one in processes:
        if one.poll() is not None:
            raise EngineMissing(
                f"{' '.join(map(str, one.args[1:4]))} ended with {one.returncode}",  # type: ignore[index]
                expected="a server and a worker that run until they are asked to end",
                next_step="read what it said above; then: regard site check",
            )


@contextmanager
def _asked_to_end() -> Iterator[None]:
    """Take what asks a service to end as Ctrl-C is taken, so that its processes end with it."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    held = {one: signal.signal(one, end) for one in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for one, before in held.items():
            signal.signal(one, before)
