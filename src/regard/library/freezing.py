"""Frozen by hash: what was once published is never edited, and a change to it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from regard.core.errors import DefinitionRefused, NotStored, shown
from regard.library.tables import toml_of

LOCK = "frozen.toml"
SECTIONS = ("editions", "rules", "scales", "schemes")
_ABOUT = (
    "# What was published, by SHA-256 over its content. A revision is a new edition or a new\n"
    "# version, never an edit: a line is added here, and none is changed.\n"
)
Digests = Mapping[str, Mapping[str, str]]


def frozen_in(folder: Path) -> dict[str, dict[str, str]]:
    """The digests that a folder's lock holds, by section and name; none if it has no lock.

    Raises:
        DefinitionRefused: the lock holds something else than digests by name.
    """
    path = folder / LOCK
    if not path.exists():
        return {section: {} for section in SECTIONS}
    read = toml_of(path)
    for section, held in read.items():
        if section not in SECTIONS or not isinstance(held, dict):
            raise DefinitionRefused(
                f"{path.name} holds {shown(section)}", expected=f"[{'], ['.join(SECTIONS)}]"
            )
        for name, digest in held.items():
            if not isinstance(digest, str):
                raise DefinitionRefused(
                    f"{path.name}: {name} has the digest {shown(digest)}", expected="a SHA-256"
                )
    return {section: dict(read.get(section, {})) for section in SECTIONS}


def edited(frozen: Digests, found: Digests) -> Iterator[DefinitionRefused]:
    """What was frozen and is gone, or no longer says the same."""
    for section in SECTIONS:
        for name, digest in frozen[section].items():
            now = found[section].get(name)
            if now == digest:
                continue
            happened = "is gone" if now is None else f"has changed ({digest[:12]} to {now[:12]})"
            yield DefinitionRefused(
                f"{name} of the {section} is frozen and {happened}",
                expected="its content as it was published: a revision is a new edition, "
                "never an edit",
                next_step="put the file back as it was, and write what changed as a new one",
            )


def lock_text(frozen: Digests, found: Digests) -> str:
    """The text of a lock to which everything found has been added.

    Raises:
        DefinitionRefused: something that is frozen has changed or is gone.
    """
    for refusal in edited(frozen, found):
        raise refusal
    lines = [_ABOUT]
    for section in SECTIONS:
        lines.append(f"\n[{section}]\n")
        lines += [f'"{name}" = "{found[section][name]}"\n' for name in sorted(found[section])]
    return "".join(lines)


def written(folder: Path, text: str) -> Path:
    """Write a folder's lock, whole or not at all.

    Raises:
        NotStored: the disk did not take it.
    """
    path, beside = folder / LOCK, folder / f"{LOCK}.new"
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as reason:
        raise NotStored(
            f"{path} was not written: {reason.strerror}", expected="a folder that may be written to"
        ) from reason
    return path
