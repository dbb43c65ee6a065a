"""The project's own files as the house rules read them."""

from __future__ import annotations

import ast
import gc
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
NOT_OURS = {"__pycache__", "build", "dist", "demo", "regard-home", "node_modules"}
HIDDEN_BUT_OURS = {".ci", ".gitignore"}


@dataclass(frozen=True)
class Module:
    """One Python module: where it stands and what it says."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The module as a syntax tree, parsed once and left out of every look for rubbish."""
        gc.disable()
        try:
            return ast.parse(self.text, filename=str(self.path))
        finally:
            gc.freeze()
            gc.enable()

    @property
    def lines(self) -> int:
        """How many lines the module has."""
        return len(self.text.splitlines())

    @property
    def where(self) -> str:
        """The path from the root of the project, or the name alone for a planted module."""
        return self.path.relative_to(ROOT).as_posix() if ROOT in self.path.parents else "planted"

    @property
    def name(self) -> str:
        """The dotted name under src, such as `regard.core.periods`."""
        return ".".join(self.path.relative_to(SRC).with_suffix("").parts)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree, walked once."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def functions(self) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
        """Every function and method, however deep."""
        return tuple(
            node for node in self.nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        )


def planted(text: str, name: str = "planted.py") -> Module:
    """A module that holds a fault on purpose, for the control of a rule."""
    return Module(Path(name), text)


@lru_cache(maxsize=1)
def source_modules() -> tuple[Module, ...]:
    """Every module of the package."""
    return tuple(_modules(SRC))


def all_modules() -> Iterator[Module]:
    """Every module of the package, its tests, its benchmarks and its documentation scripts."""
    yield from source_modules()
    for part in ("tests", "bench", "docs"):
        yield from _modules(ROOT / part)


def _modules(folder: Path) -> Iterator[Module]:
    found = sorted(p for p in folder.rglob("*.py") if not NOT_OURS & set(p.parts))
    return (Module(path, path.read_text(encoding="utf-8")) for path in found)


@lru_cache(maxsize=1)
def text_files() -> tuple[Path, ...]:
    """Every text file that belongs to the project; what it builds or keeps is left out."""
    return tuple(sorted(path for path in _walk(ROOT) if _is_text(path)))


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if _ours(one)]
        yield from (Path(place) / one for one in files if _ours(one))


def _ours(name: str) -> bool:
    if name.endswith(".egg-info"):
        return False
    return name in HIDDEN_BUT_OURS or not (name.startswith(".") or name in NOT_OURS)


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\0" not in file.read(2048)
