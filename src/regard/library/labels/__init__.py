"""What scales, levels and Cs are called in other languages than English.

The words lie beside the files that are frozen: a label in another language says nothing new, so
that it can be added and mended while the digest of a scale stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regard.core.errors import DefinitionRefused, shown
from regard.library.tables import toml_of

FOLDER = Path(__file__).parent
ENGLISH = "en"
WELSH = "cy"


@dataclass(frozen=True)
class Labels:
    """The words of one language.

    Attributes:
        titles: Of scales, by their name with version, such as `spr-position@1`.
        levels: Of levels by their code, by scale.
        aspects: Of the Cs and other aspects, by their code.
    """

    titles: Mapping[str, str]
    levels: Mapping[str, Mapping[str, str]]
    aspects: Mapping[str, str]

    def level(self, scale: str, code: str) -> str:
        """What a level is called; empty where that is not known."""
        return self.levels.get(scale, {}).get(code, "")


@cache
def labels_in(language: str) -> Labels:
    """The words of a language; none of one in which Regard ships no labels.

    Raises:
        DefinitionRefused: the file of that language holds something else than words by name.
    """
    path = FOLDER / f"{language}.toml"
    if not path.is_file():
        return Labels({}, {}, {})
    return labels_of(path)


def labels_of(path: Path) -> Labels:
    """The labels that a file holds.

    Raises:
        FileUnreadable: it is not TOML.
        DefinitionRefused: it holds something else than words by name.
    """
    read = toml_of(path)
    if strange := sorted(set(read) - {"titles", "levels", "aspects"}):
        raise DefinitionRefused(
            f"{path.name} holds {shown(strange[0])}", expected="titles, levels and aspects"
        )
    levels = read.get("levels", {})
    named = {"titles": read.get("titles", {}), "aspects": read.get("aspects", {}), **levels}
    for place, held in named.items():
        for code, label in held.items():
            if not isinstance(label, str) or not label.strip():
                raise DefinitionRefused(
                    f"{path.name}: {code} of {place} is called {shown(label)}", expected="a word"
                )
    return Labels(named["titles"], levels, named["aspects"])
