"""The templates of this room: fixed files of its own, filled with words that stay words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).resolve().parent / "templates"
# No template is ever made from what a paper says, and everything filled in is escaped.
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


def read(name: str) -> str:
    """A template file as it is."""
    return (FOLDER / name).read_text(encoding="utf-8")


def filled(name: str, **values: Any) -> bytes:
    """A template with its places filled, in UTF-8."""
    return _ENVIRONMENT.get_template(name).render(**values).encode()
