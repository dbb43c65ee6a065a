"""The glossary as data: the words the house uses, and those it does not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from house.sources import ROOT, Module

ROW = re.compile(r"^\|\s*(.+?)\s*\|\s*(.+?)\s*\|(?:\s*(.*?)\s*\|)?$")
UNUSED_HEADING = "## Words not used"


def glossary_text() -> str:
    """GLOSSARY.md as it stands."""
    return (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")


def entries(text: str) -> list[tuple[str, str, str]]:
    """Word, meaning and source of every row above the words not used."""
    used = text.partition(UNUSED_HEADING)[0]
    return [
        (row[0], row[1], row[2])
        for row in _rows(used)
        if row[0] != "word" and not row[0].startswith("--")
    ]


def unused(text: str) -> dict[str, str]:
    """The words that stand in no public name, with what stands there instead."""
    below = text.partition(UNUSED_HEADING)[2]
    return {row[0]: row[1] for row in _rows(below) if row[0] != "not" and row[0][0] != "-"}


def _rows(text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.splitlines():
        found = ROW.match(line)
        if found:
            yield found[1], found[2], found[3] or ""


def names_against(module: Module, words: dict[str, str]) -> Iterator[str]:
    """A public name holds a word the house does not use."""
    any_of_them = re.compile(rf"(^|_)({'|'.join(words)})s?(_|$)")
    for name, line in _public_names(module.tree):
        if not any_of_them.search(snake(name)):
            continue
        for word, better in words.items():
            if re.search(rf"(^|_){word}s?(_|$)", snake(name)):
                yield f"{module.where}:{line} {name}: say {better}, not {word}"


def _public_names(parent: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if node.name.startswith("_"):
                continue
            yield node.name, node.lineno
            if isinstance(node, ast.ClassDef):
                yield from _public_names(node)
            else:
                arguments = [*node.args.args, *node.args.kwonlyargs]
                yield from ((one.arg, one.lineno) for one in arguments)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.lineno


def snake(name: str) -> str:
    """`FinancialYear` as `financial_year`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
