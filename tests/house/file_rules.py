"""What the house asks of every file: its words, its paths, its locks and its reasons."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

# Put together here so that this file does not itself hold what it looks for.
REGISTRIES = re.compile(
    "|".join(
        re.escape(a + b)
        for a, b in [
            ("files.python", "hosted.org"),
            ("pypi", ".org/simple"),
            ("registry.npm", "js.org"),
            ("index-", "url ="),
            ("artifact", "ory/api"),
        ]
    )
)
MACHINE = re.compile(
    "(?<![\\w.~}])/(?:"
    + "|".join(["ho" + "me", "ro" + "ot", "Us" + "ers", "wo" + "rk", "mn" + "t"])
    + r")/[\w.-]+"
)
FOREIGN = re.compile(
    r"\b("
    + "|".join(
        a + b
        for a, b in [
            ("clau", "de"), ("anthro", "pic"), ("open", "ai"), ("chat", "gpt"), ("gp", "t-\\d"),
            ("cop", "ilot"), ("as an a", "i"), ("language mo", "del"), ("this ses", "sion"),
            ("previous ses", "sion"), ("sub", "agent"), ("ai assis", "tant"), ("my br", "ief"),
        ]
    )
    + r")\b",
    re.IGNORECASE,
)  # fmt: skip
ADDRESS = re.compile(r"https?://|git\+|file:|--(extra-)?index-url|--find-links")


def no_place_of_a_machine(name: str, text: str) -> Iterator[str]:
    """No path of one machine and no registry's host stands in a file."""
    if not MACHINE.search(text) and not REGISTRIES.search(text):
        return
    for number, line in enumerate(text.splitlines(), start=1):
        for found in (*MACHINE.finditer(line), *REGISTRIES.finditer(line)):
            yield f"{name}:{number}: {found[0]}"


def the_project_alone(name: str, text: str) -> Iterator[str]:
    """The words of the project are about the project alone."""
    if not FOREIGN.search(text):
        return
    for number, line in enumerate(text.splitlines(), start=1):
        for found in FOREIGN.finditer(line):
            yield f"{name}:{number}: {found[0]}"


def lock_names_no_host(name: str, text: str) -> Iterator[str]:
    """A lock file holds versions and hashes, and no address."""
    for number, line in enumerate(text.splitlines(), start=1):
        if ADDRESS.search(line):
            yield f"{name}:{number}: {line.strip()}"


def lock_is_hashed(name: str, text: str) -> Iterator[str]:
    """Every package of a lock file is pinned and carries at least one hash."""
    entries = re.split(r"\n(?=[a-z0-9])", "\n" + text)
    for entry in entries[1:]:
        package = entry.splitlines()[0].strip()
        if "==" not in package or "--hash=sha256:" not in entry:
            yield f"{name}: {package}"


def dependencies_give_reasons(text: str) -> Iterator[str]:
    """Every dependency in pyproject.toml has its reason beside it."""
    data = tomllib.loads(text)
    groups = [
        data["build-system"]["requires"],
        data["project"]["dependencies"],
        *data["project"].get("optional-dependencies", {}).values(),
        *data.get("dependency-groups", {}).values(),
    ]
    lines = text.splitlines()
    for one in (one for group in groups for one in group if isinstance(one, str)):
        stands = [line for line in lines if f'"{one}"' in line]
        if not any(re.search(r"#\s*\w+", line) for line in stands):
            yield one


LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def links_resolve(path: Path, text: str) -> Iterator[str]:
    """Every relative link leads to a file of the project and to a heading in it."""
    for target in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        leads = (path.parent / file).resolve() if file else path
        if not leads.exists():
            yield f"{path.name}: {target} leads nowhere"
        elif anchor and anchor not in anchors(leads.read_text(encoding="utf-8")):
            yield f"{path.name}: {target} names no heading"


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings make."""
    plain = (re.sub(r"[^\w\s-]", "", head.lower()) for head in HEADING.findall(text))
    return {head.strip().replace(" ", "-") for head in plain}
