"""Passwords as Argon2id, and no more of that work at once than a machine can bear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

from regard.core.errors import RegisterBusy

AT_ONCE = 4  # hashes a process works on at one time: 64 MiB each
PATIENCE = 3.0  # seconds that one more waits for its turn

_TURNS = BoundedSemaphore(AT_ONCE)


@contextmanager
def _turn() -> Iterator[None]:
    if not _TURNS.acquire(timeout=PATIENCE):
        raise RegisterBusy(
            f"{AT_ONCE} passwords are being checked at this moment, and more wait",
            expected="fewer sign-ins at once",
            next_step="try again in a few seconds",
        )
    try:
        yield
    finally:
        _TURNS.release()


class Argon2id(Argon2PasswordHasher):
    """Argon2id with three passes over 64 MiB in one lane: 0.16 s on one core of the reference.

    The passes and the memory are the second choice of RFC 9106, section 4; one lane, so that a
    sign-in takes one core and not all of them.
    """

    time_cost = 3
    memory_cost = 64 * 1024  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash of a password, when its turn has come."""
        with _turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether a password is the one of a hash, when its turn has come."""
        with _turn():
            return super().verify(password, encoded)

    def harden_runtime(self, *args: Any) -> None:
        """Nothing: all hashes cost the same, and an older one is made anew at the sign-in."""
