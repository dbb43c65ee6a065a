"""What the documentation must say of the command line, and what it must not make up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CALL = re.compile(r"^\s*(?:\$ )?regard ((?:[^\n\\]|\\\n)+)", re.MULTILINE)
CODE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`regard ([^`]+)`")
PLACEHOLDER = re.compile(r"[A-Z<…]|\.\.\.")


def unexplained(path: str, command: Any) -> Iterator[str]:
    """A command or option whose help is missing or does not end in a full stop."""
    if not (command.help or "").split("\n\n")[0].strip().endswith("."):
        yield f"{path}: help {command.help!r}"
    for one in command.params:
        if one.name != "help" and not (getattr(one, "help", "") or "").endswith("."):
            yield f"{path} {one.name}: help {getattr(one, 'help', None)!r}"


def unnamed(page: str, wanted: list[str]) -> list[str]:
    """What a page of the reference ought to name in code letters and does not."""
    return [one for one in wanted if f"`{one}" not in page and f"\n## {one}\n" not in page]


def made_up(page: str, text: str, known: dict[str, set[str]]) -> Iterator[str]:
    """Commands and options that a page shows and the command line does not have.

    Args:
        page: Its name, for the message.
        text: What it says, in Markdown.
        known: The options of each command, by `noun verb`.
    """
    calls = [call for block in CODE.findall(text) for call in CALL.findall(block)]
    calls += INLINE.findall(text)
    for call in calls:
        words = [one for one in call.replace("\\\n", " ").split() if one != "|"]
        if words[0] in ("--home", "--version", "--help") or PLACEHOLDER.match(words[0]):
            continue
        if len(words) < 2:
            if not any(one.split()[0] == words[0] for one in known):
                yield f"{page}: regard {call}"
            continue
        name = " ".join(words[:2])
        if PLACEHOLDER.match(words[1]):
            continue
        if name not in known:
            yield f"{page}: regard {name} is no command"
            continue
        options = {word.split("=")[0] for word in words[2:] if word.startswith("--")}
        for option in sorted(options - known[name] - {"--help"}):
            yield f"{page}: regard {name} has no {option}"
