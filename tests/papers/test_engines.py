"""What could fetch does not: a server and a file outside the folder are never touched."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from papers.canary import SECRET, Canary
from papers.sample import crime_chart, paper, words
from regard.core.errors import PaperRefused
from regard.papers import Heading, Paragraph, render
from regard.papers import lock as lock_module
from regard.papers.lock import Lock, closest_lock, run_locked
from regard.papers.pdf import TEMPLATE

pytestmark = [pytest.mark.slow, pytest.mark.paper]

ROOM = Path(lock_module.__file__).parent


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    with Canary(tmp_path / "canary.csv") as canary:
        yield canary


def specifications(canary: Canary) -> dict[str, dict[str, Any]]:
    """Every element of a specification that could fetch."""
    text = {"mark": "text", "encoding": {"text": {"field": "name"}}}
    csv = {"format": {"type": "csv"}}
    near, far = canary.file.as_posix(), f"{canary.address}/data.csv"
    return {
        "data from a server": {"data": {"url": far, **csv}, **text},
        "data from a file": {"data": {"url": near, **csv}, **text},
        "data from a file address": {"data": {"url": f"file://{near}", **csv}, **text},
        "a picture from a server": {
            "data": {"values": [{"u": f"{canary.address}/x.png"}]},
            "mark": {"type": "image", "width": 20, "height": 20},
            "encoding": {"url": {"field": "u"}},
        },
        "a picture by value": {
            "data": {"values": [{"a": 1}]},
            "mark": {"type": "image", "url": f"{canary.address}/x.png", "width": 9, "height": 9},
        },
        "a map": {
            "data": {
                "url": f"{canary.address}/m.json",
                "format": {"type": "topojson", "feature": "a"},
            },
            "mark": "geoshape",
        },
        "a lookup": {
            "data": {"values": [{"name": "a"}]},
            "transform": [
                {
                    "lookup": "name",
                    "from": {"data": {"url": far, **csv}, "key": "name", "fields": ["count"]},
                }
            ],
            **text,
        },
        "a schema": {
            "$schema": f"{canary.address}/v6.json",
            "data": {"values": [{"name": 1}]},
            **text,
        },
    }


NAMES = list(specifications(Canary(Path("x"))))


def attempt(engine: str, files: dict[str, bytes], wanted: list[str], held: Lock) -> bytes:
    """All that an engine made of some files, or nothing where it refused them."""
    try:
        return b"".join(run_locked(engine, files, wanted, lock=held).files.values())
    except PaperRefused:
        return b""


@pytest.mark.parametrize(
    "held", [closest_lock(), Lock.LIMITS], ids=["closest lock", "limits alone"]
)
@pytest.mark.parametrize("name", [one for one in NAMES if "picture" not in one])
def test_no_specification_makes_the_engine_fetch(name: str, held: Lock, canary: Canary) -> None:
    job = {"specs": [specifications(canary)[name]], "kinds": ["svg", "png"], "scale": 1}

    made = attempt(
        "draw_engine", {"job.json": json.dumps(job).encode()}, ["chart-1.svg", "chart-1.png"], held
    )

    assert SECRET.encode() not in made
    assert canary.connections == []


@pytest.mark.parametrize("name", [one for one in NAMES if "picture" in one])
def test_no_picture_in_a_specification_is_fetched(name: str, canary: Canary) -> None:
    job = {"specs": [specifications(canary)[name]], "kinds": ["svg", "png"], "scale": 1}

    attempt(
        "draw_engine",
        {"job.json": json.dumps(job).encode()},
        ["chart-1.svg", "chart-1.png"],
        closest_lock(),
    )

    assert canary.connections == []


@pytest.mark.parametrize("name", [one for one in NAMES if one != "a schema"])  # never followed
def test_a_paper_with_such_a_chart_is_refused_before_any_engine_starts(
    name: str, canary: Canary
) -> None:
    from_elsewhere = replace(crime_chart(), spec=specifications(canary)[name])

    with pytest.raises(PaperRefused, match="outside the paper"):
        render(paper(blocks=(from_elsewhere,)))

    assert canary.connections == []


def lifted(engine: str, folder: Path, change: tuple[str, str]) -> None:
    """Run an engine with one of its own guards taken away and no lock at all."""
    source = (ROOM / f"{engine}.py").read_text(encoding="utf-8")
    assert change[0] in source
    script = folder / f"{engine}.py"
    script.write_text(source.replace(*change), encoding="utf-8")
    subprocess.run([sys.executable, "-I", str(script)], cwd=folder, timeout=60, check=False)


def test_with_its_guard_and_lock_lifted_the_engine_does_fetch(
    canary: Canary, tmp_path: Path
) -> None:
    specs = specifications(canary)
    job = {"specs": [specs["data from a server"]], "kinds": ["svg"], "scale": 1}
    (tmp_path / "job.json").write_text(json.dumps(job), encoding="utf-8")

    lifted("draw_engine", tmp_path, ("FETCH_FROM: list[str] = []", "FETCH_FROM = None"))

    assert canary.connections
    assert SECRET in (tmp_path / "chart-1.svg").read_text(encoding="utf-8")


def test_with_its_guard_lifted_the_lock_alone_holds_the_engine(
    canary: Canary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if closest_lock() is Lock.LIMITS:
        pytest.skip("this machine has no lock that shuts the network")
    source = (ROOM / "draw_engine.py").read_text(encoding="utf-8")
    unguarded = source.replace("FETCH_FROM: list[str] = []", "FETCH_FROM = None")
    (tmp_path / "draw_engine.py").write_text(unguarded, encoding="utf-8")
    monkeypatch.setattr(lock_module, "HERE", tmp_path)
    for name in NAMES:
        job = {"specs": [specifications(canary)[name]], "kinds": ["svg", "png"], "scale": 1}
        made = attempt(
            "draw_engine",
            {"job.json": json.dumps(job).encode()},
            ["chart-1.svg", "chart-1.png"],
            closest_lock(),
        )

        assert SECRET.encode() not in made

    assert canary.connections == []


def typst_words(canary: Canary) -> list[str]:
    """Words that would fetch or read, were they run as Typst."""
    near = canary.file.as_posix()
    return [
        f'#read("{near}")',
        f'#csv("{near}")',
        f'#image("{near}")',
        f'#image("{canary.address}/x.png")',
        f'#plugin("{near}")',
        f'#include "{near}"',
        f'#import "{near}": *',
        '#import "@preview/cetz:0.2.0": *',
        f'#link("{canary.address}")[x]',
        f'#eval("read(\\"{near}\\")")',
        f'"); #read("{near}"); ("',
    ]


def test_no_words_of_a_paper_make_the_typesetter_read_or_fetch(canary: Canary) -> None:
    blocks = tuple(
        block
        for text in typst_words(canary)
        for block in (Heading(words(text)), Paragraph(words(text), (words(text),)))
    )

    (made,) = render(paper(blocks=blocks, banner=typst_words(canary)[0]), ["pdf"])

    assert SECRET.encode() not in made.content
    assert canary.connections == []


@pytest.mark.parametrize("source", range(11))
def test_even_as_code_they_reach_nothing_from_inside_the_lock(source: int, canary: Canary) -> None:
    if closest_lock() is Lock.LIMITS:
        pytest.skip("this machine has no lock that hides files")
    head = '#set document(title: "x")\n'
    data = json.dumps({"timestamp": 0})
    files = {
        "paper.typ": (head + typst_words(canary)[source]).encode(),
        "paper.json": data.encode(),
    }

    made = attempt("typeset_engine", files, ["paper.pdf"], closest_lock())

    assert SECRET.encode() not in made
    assert canary.connections == []


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="90" height="90">'
)


@pytest.mark.parametrize("where", ["server", "file"])
def test_a_picture_with_a_picture_in_it_is_not_followed(where: str, canary: Canary) -> None:
    target = f"{canary.address}/x.png" if where == "server" else canary.file.as_posix()
    picture = f'{SVG}<image xlink:href="{target}" width="9" height="9"/></svg>'
    source = '#set document(title: "x")\n#image("chart-1.svg", alt: "x")'
    files = {
        "paper.typ": source.encode(),
        "paper.json": json.dumps({"timestamp": 0}).encode(),
        "chart-1.svg": picture.encode(),
    }

    made = attempt("typeset_engine", files, ["paper.pdf"], closest_lock())

    assert SECRET.encode() not in made
    assert canary.connections == []


def test_with_lock_and_root_lifted_the_typesetter_does_leak(canary: Canary, tmp_path: Path) -> None:
    (tmp_path / "paper.json").write_text(json.dumps({"timestamp": 0}), encoding="utf-8")
    head = '#set document(title: "x")\n'
    (tmp_path / "link.csv").symlink_to(canary.file)
    (tmp_path / "paper.typ").write_text(
        head + '#let found = read("link.csv")\n#assert(found.len() == 0, message: found)',
        encoding="utf-8",
    )

    done = subprocess.run(
        [sys.executable, "-I", str(ROOM / "typeset_engine.py")],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert SECRET in done.stderr


def test_the_template_itself_opens_only_the_papers_own_files() -> None:
    code = TEMPLATE.read_text(encoding="utf-8")

    opened = [line for line in code.splitlines() if "json(" in line or "image(" in line]

    assert [line.strip().split("(")[0] for line in opened] == [
        "#let paper = json",
        "image",
        "image",
    ]
    assert not [
        one for one in ("read(", "eval(", "plugin(", "#import", "#include", "http") if one in code
    ]
