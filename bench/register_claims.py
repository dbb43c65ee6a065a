"""What the project claims of its register, as the lines of evidence have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Told = dict[str, Any]
DATABASES = ("sqlite", "postgresql")
COMMAND = "python -m bench.register {}"


def register_claims() -> Iterator[Told]:
    """The fields of every line of the area `register`, without what a run finds."""
    for name in DATABASES:
        yield from _of_large(name)
    yield _told(
        "large.round-trip", "large",
        "exports that differ from what was imported: export, import, export of 1 million entries",
        target=0, relation="==", unit="files",
    )  # fmt: skip
    for name in DATABASES:
        yield from _of_tampering(name)
    yield from _of_forging()
    for name in DATABASES:
        yield from _of_killing(name)
    yield from _of_server()
    yield from _of_erasing()
    yield from _of_rounds()
    yield from _of_access()
    yield from _of_papers()


def _told(claim: str, part: str, what: str, **fields: Any) -> Told:
    return {"id": f"register.{claim}", "what": what, "command": COMMAND.format(part), **fields}


def _of_large(name: str) -> Iterator[Told]:
    most: Told = {"relation": "<="}
    of = f"of 1 million entries, {_called(name)}"
    yield _told(
        f"large.page-as-at.{name}", "large",
        "milliseconds in which 95% of pages are read as at a random position, the matrix of a "
        f"force with its figures, {of}",
        target=300, unit="ms", **most,
    )  # fmt: skip
    for claim, what, seconds in (
        ("verify", "seconds to verify a register", 30),
        ("rebuild", "seconds to make the projections anew, identical to those before,", 60),
        ("export", "seconds to export a register", None),
        ("import", "seconds to import and verify an export", None),
        ("restore", "seconds to restore and verify a backup", 60),
        ("backup-restore", "seconds to back up, restore and verify a register", 60),
    ):
        yield _told(
            f"large.{claim}.{name}", "large", f"{what} {of}", target=seconds, unit="s", **most
        )
    yield _told(
        f"entry-adds.{name}", "large",
        "milliseconds that an entry adds to the 95th percentile of a bare write, both with every "
        f"commit on the disk, {_called(name)}",
        target=5, unit="ms", **most,
    )  # fmt: skip


def _of_tampering(name: str) -> Iterator[Told]:
    on = f", {_called(name)}"
    for claim, what, goal in (
        ("found", "random edits of a register's tables and witness file that verify finds", 100),
        ("named", "the same that it lays at the very entry, head or line that was edited", 100),
        ("rewritten", "journals rewritten to their end that a witness shows", 100),
    ):
        yield _told(
            f"tampered.{claim}.{name}", "tampering", what + on, target=goal, relation="==", unit="%"
        )
    yield _told(
        f"tampered.command.{name}", "tampering",
        "edits committed to a database of their own that `regard register verify` refuses by its "
        "exit code and names" + on,
        target=100, relation="==", unit="%",
    )  # fmt: skip
    for claim, what, goal in (
        ("rewritten-unwitnessed", "a control: the same without a witness must all be missed", 0),
        ("forged-witness-keyless", "a control: a forged witness must be missed without the key", 0),
        (
            "control",
            "a control: a checker that hashes nothing anew must miss edits it is shown",
            90,
        ),
    ):
        yield _told(
            f"tampered.{claim}.{name}", "tampering", what + on,
            target=goal, relation="<=" if goal else "==", unit="%",
        )  # fmt: skip


def _of_forging() -> Iterator[Told]:
    yield _told(
        "forged", "forging", "forged proofs that are accepted",
        target=0, relation="==", unit="proofs",
    )  # fmt: skip
    for fault in ("unmarked", "unmeasured", "unweighed", "headless"):
        yield _told(
            f"forged-control.{fault}", "forging",
            "a control: forged proofs that a verifier with a fault accepts, at the same effort",
            target=1, unit="proofs",
        )  # fmt: skip
    yield _told(
        "vectors", "forging",
        "test vectors of transparency-dev/merkle that are classed as that project does, of 196",
        target=195, unit="vectors",
    )  # fmt: skip


def _of_killing(name: str) -> Iterator[Told]:
    on = f"{_called(name)}"
    yield _told(
        f"killed.{name}", "killing",
        f"kill -9 during appending after which the register is not whole or an act is not, {on}",
        target=0, relation="==", unit="kills",
    )  # fmt: skip
    for fault, what in (
        ("one-by-one", "an appender that commits an act entry by entry"),
        ("head-first", "an appender that commits the head before the entries"),
    ):
        yield _told(
            f"killed-control.{fault}.{name}", "killing",
            f"a control: kills that catch {what}, at the same effort, {on}",
            target=1, unit="kills",
        )  # fmt: skip


def _of_server() -> Iterator[Told]:
    yield _told(
        "server-killed", "killing",
        "kill -9 of a PostgreSQL server during appending after which the register is not whole, "
        "or an acknowledged act is lost",
        target=0, relation="==", unit="kills",
    )  # fmt: skip
    yield _told(
        "server-killed-control", "killing",
        "a control: kills that catch an appender that does not wait for the disk, same effort",
        target=1, unit="kills",
    )  # fmt: skip
    yield _told(
        "power-cut", "killing", "acknowledged acts lost when power is cut, SQLite",
        target=0, relation="==", unit="acts",
        note="not measured: it needs a file system of its own under SQLite (apsw), which is no "
        "dependency; synchronous=FULL is asserted by a test instead",
    )  # fmt: skip


def _of_erasing() -> Iterator[Told]:
    for name in DATABASES:
        yield _told(
            f"erased.{name}", "erasing",
            "erased words still found by their bytes in the database's files, an export or a "
            f"backup made later, {_called(name)}",
            target=0, relation="==", unit="words",
        )  # fmt: skip
        yield _told(
            f"erased-control.{name}", "erasing",
            f"a control: the same words found where nothing was erased, {_called(name)}",
            target=1, unit="words",
        )  # fmt: skip
    yield _told(
        "corrupted-backup", "erasing", "backups with one byte changed that are restored",
        target=0, relation="==", unit="backups",
    )  # fmt: skip
    yield _told(
        "corrupted-backup-control", "erasing",
        "a control: the same restored where the hash at the end is not compared",
        target=1, unit="backups",
    )  # fmt: skip


def _of_rounds() -> Iterator[Told]:
    most: Told = {"relation": "<="}
    for name in DATABASES:
        yield _told(
            f"carry-forward.{name}", "rounds",
            f"seconds to carry a full round of 18,060 cells into the next, {_called(name)}",
            target=5, unit="s", **most,
        )  # fmt: skip
        yield _told(
            f"matrix.{name}", "rounds",
            f"seconds to read the matrix of 43 forces, {_called(name)}",
            target=1, unit="s", **most,
        )  # fmt: skip
    yield _told(
        "upgrades", "rounds",
        "earlier judgements lost or altered by generated upgrades of editions",
        target=0, relation="==", unit="judgements",
    )  # fmt: skip
    yield _told(
        "upgrades-control", "rounds",
        "a control: judgements lost where each upgrade takes one away from what readers find",
        target=1, unit="judgements",
    )  # fmt: skip


def _of_access() -> Iterator[Told]:
    yield _told(
        "access-cases", "access",
        "cases of role, kind, verb, marking and whose that are asked of a register",
        target=5_000, unit="cases",
    )  # fmt: skip
    yield _told(
        "access-wrong", "access",
        "the same that let in or refuse otherwise than the table by hand, or leave something "
        "behind when refused",
        target=0, relation="==", unit="cases",
    )  # fmt: skip
    yield _told(
        "access-control", "access",
        "a control: cases of reading that turn red where all may be read",
        target=25, unit="%",
    )  # fmt: skip
    yield _told(
        "unjournalled", "access",
        "statements writing a table of the register that stand in no transaction with an entry",
        target=0, relation="==", unit="statements",
    )  # fmt: skip
    yield _told(
        "unjournalled-control", "access",
        "a control: the same where one statement a database writes past the journal",
        target=1, unit="statements",
    )  # fmt: skip


def _of_papers() -> Iterator[Told]:
    yield _told(
        "paper", "paper",
        "seconds to write the composite and the SPR paper from a closed round",
        target=10, relation="<=", unit="s",
    )  # fmt: skip
    yield _told(
        "paper-again", "paper",
        "formats of that paper that differ when it is written again from the text that is kept",
        target=0, relation="==", unit="formats",
    )  # fmt: skip


def _called(name: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[name]
