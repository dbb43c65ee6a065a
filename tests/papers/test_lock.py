from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from papers.canary import SECRET, Canary
from regard.core.errors import PaperRefused
from regard.papers import lock
from regard.papers.lock import Limits, Lock, closest_lock, run_locked

BY_ITS_NATURE = [pytest.mark.slow, pytest.mark.paper]  # a second is the shortest limit
LOCKS = [Lock.BUBBLEWRAP, Lock.NAMESPACE, Lock.LIMITS]


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    with Canary(tmp_path / "canary.csv") as canary:
        yield canary


@pytest.fixture
def engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a test writes engines of its own."""
    folder = tmp_path / "engines"
    folder.mkdir()
    monkeypatch.setattr(lock, "HERE", folder)
    return folder


def must_have(one: Lock) -> None:
    if closest_lock() is not Lock.BUBBLEWRAP and one is not Lock.LIMITS:
        pytest.skip(f"this machine holds engines by {closest_lock().name} alone, not {one.name}")


def probing(engines: Path, canary: Canary) -> str:
    """An engine that tries to get out by every way it knows, and reports how far it came."""
    outside = canary.file.with_name("written.txt")
    (engines / "probe.py").write_text(
        f"""
import json, os, socket, urllib.request
told = {{}}
def attempt(name, way):
    try:
        told[name] = way()
    except Exception as error:
        told[name] = type(error).__name__
attempt("read", lambda: open({str(canary.file)!r}).read())
attempt("write", lambda: open({str(outside)!r}, "w").write("x"))
attempt("fetch", lambda: urllib.request.urlopen({canary.address!r}, timeout=2).read().decode())
attempt("environment", lambda: sorted(set(os.environ) - {{"PWD", "LC_CTYPE"}}))
attempt("folder", lambda: sorted(os.listdir(".")))
json.dump(told, open("told.json", "w"))
""",
        encoding="utf-8",
    )
    return "probe"


@pytest.mark.parametrize("held", LOCKS)
def test_each_lock_holds_what_it_says_it_holds(
    held: Lock, engines: Path, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    must_have(held)
    monkeypatch.setenv("A_SECRET", SECRET)

    made = run_locked(probing(engines, canary), {"job.json": b"{}"}, ["told.json"], lock=held)

    told = json.loads(made.files["told.json"])
    assert made.lock is held
    assert told["environment"] == ["HOME", "LC_ALL", "PATH", "TZ"]
    assert told["folder"] == ["complaints.txt", "job.json"]
    # The planted fault is the loosest lock: by it the same engine gets out, and is seen.
    assert (SECRET in told["fetch"]) is (held is Lock.LIMITS)
    assert bool(canary.connections) is (held is Lock.LIMITS)
    assert (SECRET in told["read"]) is (held is not Lock.BUBBLEWRAP)
    assert canary.file.with_name("written.txt").exists() is (held is not Lock.BUBBLEWRAP)


@pytest.mark.parametrize(
    ("body", "limits", "why"),
    [
        pytest.param(
            "while True: pass", Limits(wall_seconds=1), "ran past 1 s", marks=BY_ITS_NATURE
        ),
        pytest.param("while True: pass", Limits(cpu_seconds=1), "ended with", marks=BY_ITS_NATURE),
        ("x = bytearray(1 << 30)", Limits(memory=1 << 28), "MemoryError"),
        (
            "open('big', 'wb').write(bytes(1 << 20))",
            Limits(file_size=1 << 16),
            "ended with|File too",
        ),
    ],
    ids=["wall clock", "processor", "memory", "file size"],
)
def test_an_engine_past_a_limit_is_ended_and_the_paper_refused(
    body: str, limits: Limits, why: str, engines: Path
) -> None:
    (engines / "greedy.py").write_text(body, encoding="utf-8")

    with pytest.raises(PaperRefused, match=why):
        run_locked("greedy", {}, [], limits=limits)


def test_within_the_same_limits_a_modest_engine_is_let_through(engines: Path) -> None:
    (engines / "modest.py").write_text("open('made', 'wb').write(bytes(1 << 10))", encoding="utf-8")
    limits = Limits(wall_seconds=20, cpu_seconds=1, memory=1 << 28, file_size=1 << 16)

    assert len(run_locked("modest", {}, ["made"], limits=limits).files["made"]) == 1 << 10


def test_a_link_that_an_engine_leaves_is_not_followed(engines: Path, canary: Canary) -> None:
    (engines / "sly.py").write_text(
        f"import os; os.symlink({str(canary.file)!r}, 'paper.pdf')", encoding="utf-8"
    )

    with pytest.raises(PaperRefused, match="sly made no plain file paper.pdf"):
        run_locked("sly", {}, ["paper.pdf"])


def test_an_engine_that_makes_nothing_is_told_of(engines: Path) -> None:
    (engines / "idle.py").write_text("", encoding="utf-8")

    with pytest.raises(PaperRefused, match="idle made no plain file paper.pdf: No such file"):
        run_locked("idle", {}, ["paper.pdf"])


def test_without_bubblewrap_the_next_lock_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    must_have(Lock.NAMESPACE)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    closest_lock.cache_clear()

    found = closest_lock()

    monkeypatch.undo()
    closest_lock.cache_clear()
    assert found is Lock.NAMESPACE


def test_the_child_knows_nothing_of_the_system_but_python(engines: Path) -> None:
    must_have(Lock.BUBBLEWRAP)
    (engines / "look.py").write_text(
        "import json, os; json.dump([os.path.exists(p) for p in "
        "('/etc/passwd', '/var', '/home', '/opt')], open('told.json', 'w'))",
        encoding="utf-8",
    )

    made = run_locked("look", {}, ["told.json"], lock=Lock.BUBBLEWRAP)

    assert json.loads(made.files["told.json"]) == [False] * 4
