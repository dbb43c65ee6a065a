"""A small library to plant faults in, and editions and crosswalks made up by the hundred."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from regard.library.crosswalks import crosswalk_of
from regard.library.editions import edition_of
from regard.library.model import (
    CROSSINGS,
    DROPPED,
    MERGED,
    NEW,
    NODE_KINDS,
    SAME,
    SPLIT,
    WORDS,
    Crosswalk,
    EditionFile,
)
from regard.library.tables import Problems

SCHEME = """
[scheme]
id = "town-threats"
version = "1"
title = "Threats of a town"
source = "The town's plan, page 1"

[[term]]
code = "flood"
label = "Flood"
"""
SCALE = """
[scale]
id = "ladder"
version = 1
title = "A ladder"
worst = "low"
source = "The town's plan, page 2"

[[level]]
code = "low"
label = "Low"
meaning = "Not there."
words = "Regard's own"

[[level]]
code = "middle"
label = "Middle"
meaning = "Half there."
words = "Regard's own"

[[level]]
code = "high"
label = "High"
meaning = "There."
words = "Regard's own"

[[rule]]
id = "climb"
version = 1
kind = "unaided"
title = "Judge it."
source = "The town's plan, page 2"
"""
EDITION = """
[edition]
id = "town-2020"
instrument = "town"
title = "Plan of a town"
label = "Town 2020"
issuer = "The town"
form = "plan"
legal_force = "aim"
in_force_from = 2020-01-01
in_force_to = 2021-12-31
document = "plan"

[edition.documents]
plan = "The town's plan"

[edition.terms]
threat = "town-threats-1"
aspect = "cs-5"

[judging]
scale = "ladder@1"
rule = "climb@1"
aspects = ["capacity", "capability"]

[[node]]
code = "flood"
kind = "threat"
text = "Flood"
words = "quoted"
cites = ["plan: page 3"]
terms = { threat = "flood" }

[[node]]
code = "flood/boats"
kind = "capability"
text = "Keep boats"
words = "paraphrased"
cites = ["plan: page 4"]
judged = true
"""
LATER = (
    EDITION.replace("town-2020", "town-2022")
    .replace("Town 2020", "Town 2022")
    .replace("in_force_from = 2020-01-01", "in_force_from = 2022-01-01")
    .replace("in_force_to = 2021-12-31\n", "")
    .replace("Keep boats", "Keep boats and crews")
)
CROSSWALK = """
[crosswalk]
earlier = "town-2020"
later = "town-2022"
source = "The town's plan, annex"
same = ["flood"]

[[crossing]]
kind = "widened"
earlier = "flood/boats"
later = "flood/boats"
note = "Crews are named."
"""
WHOLE = {
    "terms/threats.toml": SCHEME,
    "scales/ladder.toml": SCALE,
    "editions/town-2020.toml": EDITION,
    "editions/town-2022.toml": LATER,
    "crosswalks/town.toml": CROSSWALK,
}


def shelved(folder: Path, **changed: str) -> Path:
    """The small library in a folder; each file named by its stem may be another."""
    for name, text in WHOLE.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem.replace("-", "_"), text), encoding="utf-8")
    return folder


words_of = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30
).filter(lambda text: bool(text.split()))


@st.composite
def heads(draw: st.DrawFn, **fixed: Any) -> dict[str, Any]:
    """The head of an edition with one document."""
    first = draw(st.dates(date(2000, 1, 1), date(2030, 1, 1)))
    made = {
        "id": "made-up",
        "instrument": "made",
        "title": draw(words_of),
        "label": draw(words_of),
        "issuer": draw(words_of),
        "form": draw(st.sampled_from(["requirement", "plan", "strategy"])),
        "legal_force": draw(st.sampled_from(["must", "have regard", "aim"])),
        "in_force_from": first,
        "document": "book",
        "documents": {"book": draw(words_of)},
        "terms": {"aspect": "cs-5", "threat": "threats-1"},
    }
    if draw(st.booleans()):
        made["in_force_to"] = draw(st.dates(first, date(2040, 1, 1)))
    if draw(st.booleans()):
        made["note"] = draw(words_of)
    return {**made, **fixed}


@st.composite
def nodes(draw: st.DrawFn, code: str, *, text: str | None = None) -> dict[str, Any]:
    """A node of that code."""
    made: dict[str, Any] = {
        "code": code,
        "kind": draw(st.sampled_from(NODE_KINDS)),
        "text": text or draw(words_of),
        "words": draw(st.sampled_from(WORDS)),
        "cites": [f"book: {draw(words_of)}"],
    }
    if draw(st.booleans()):
        made["terms"] = {"threat": draw(st.sampled_from(["flood", "fire"]))}
    if draw(st.booleans()):
        aspects = st.lists(st.sampled_from(["capacity", "capability"]), unique=True)
        made |= {"judged": True, "scale": "ladder@1", "rule": "climb@1", "aspects": draw(aspects)}
    if draw(st.booleans()):
        made["note"] = draw(words_of)
    return made


@st.composite
def edition_tables(draw: st.DrawFn) -> dict[str, Any]:
    """The tables of an edition whose nodes stand in a tree."""
    codes: list[str] = []
    for number in range(draw(st.integers(1, 8))):
        above = draw(st.sampled_from(["", *codes]))
        codes.append(f"{above}/n{number}" if above else f"n{number}")
    return {"edition": draw(heads()), "node": [draw(nodes(code)) for code in codes]}


def edition_from(tables: dict[str, Any]) -> EditionFile:
    """The edition of some tables, which must be sound."""
    problems = Problems()
    made = edition_of(tables, "made-up.toml", problems)
    problems.settle("made-up.toml")
    assert made is not None
    return made


ARITY = {SPLIT: (1, 2), MERGED: (2, 1), DROPPED: (1, 0), NEW: (0, 1)}


@st.composite
def crosswalks(draw: st.DrawFn) -> Crosswalk:
    """Two editions and what became of every node, made up together."""
    was: list[dict[str, Any]] = []
    now: list[dict[str, Any]] = []
    crossings = []
    kinds = draw(st.lists(st.sampled_from(CROSSINGS), min_size=1, max_size=10))
    for number, kind in enumerate(kinds):
        before, after = ARITY.get(kind, (1, 1))
        earlier = [f"e{number}-{place}" for place in range(before)]
        later = [f"l{number}-{place}" for place in range(after)]
        was += [draw(nodes(code, text=f"Words {number}")) for code in earlier]
        fresh = f"Words {number}" if kind == SAME else f"Other words {number}"
        now += [draw(nodes(code, text=fresh)) for code in later]
        crossings.append({"kind": kind, "earlier": earlier, "later": later, "note": "Because."})
    first = draw(heads(id="was", in_force_from=date(2010, 1, 1), in_force_to=date(2011, 1, 1)))
    second = draw(heads(id="now", in_force_from=date(2012, 1, 1), in_force_to=date(2013, 1, 1)))
    held = {
        one["id"]: edition_from({"edition": one, "node": placed})
        for one, placed in ((first, was), (second, draw(st.permutations(now))))
    }
    problems = Problems()
    tables = {
        "crosswalk": {"earlier": "was", "later": "now", "source": "Made up"},
        "crossing": draw(st.permutations(crossings)),
    }
    made = crosswalk_of(tables, "made-up.toml", held, problems)
    problems.settle("made-up.toml")
    assert made is not None
    return made
