"""Groups of most similar forces: a TOML file in, `SimilarForces` out, or its faults named."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from regard.core.errors import MOST_PROBLEMS, DefinitionRefused, FileUnreadable, shown
from regard.core.figures import Source
from regard.plan.fields import Item
from regard.records.forces import forces
from regard.signals.comparing import SimilarForces

GROUPS = "groups"
SHAPE = (
    'edition = "..." and source = "..." in words, and below [groups] each force with its most '
    'similar ones, such as merseyside = ["greater-manchester", "west-midlands"]'
)


def load_similar(path: Path) -> SimilarForces:
    """Read the groups of most similar forces that somebody published.

    Args:
        path: A TOML file with `edition`, `source`, and a table `groups` that gives each force
            the list of those most similar to it, all as police.uk names them.

    Raises:
        FileUnreadable: there is no such file, or it is not TOML in UTF-8.
        DefinitionRefused: an edition, a source or the groups are missing, or a group names a
            force nobody knows, itself, or one twice; every such group is named, up to fifty.
    """
    item = Item(path.name, "similar forces", 0, _tables(path))
    edition, source = item.text("edition"), item.text("source")
    groups = item.raw(GROUPS, expected=SHAPE)
    item.nothing_else()
    if not isinstance(groups, dict) or not groups:
        raise item.refused(f"has {GROUPS} = {shown(groups)}", expected=SHAPE)
    faults = [fault for force, group in groups.items() for fault in _faults(force, group)]
    if faults:
        listed = "".join(f"\n  {fault}" for fault in faults[:MOST_PROBLEMS])
        raise DefinitionRefused(
            f"{path.name} was not read: {len(faults)} "
            f"problem{'' if len(faults) == 1 else 's'}{listed}",
            expected="forces as police.uk names them, each once in a group and none in its own",
            next_step="put them right and give the command again",
        )
    return SimilarForces(
        edition=edition,
        source=Source("document", source),
        groups={force: tuple(group) for force, group in groups.items()},
    )


def _tables(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as reason:
        raise FileUnreadable(
            f"{path} cannot be read: {reason.strerror or reason}",
            expected="a TOML file of most similar forces",
        ) from reason
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise FileUnreadable(
            f"{path.name} is not TOML: {reason}",
            expected="a TOML file of most similar forces, UTF-8",
        ) from reason


def _faults(force: str, group: Any) -> Iterator[str]:
    """What is wrong with one force's group."""
    if force not in forces():
        yield f"[{GROUPS}] has {shown(force)}, {_nearest(force)}"
    if not isinstance(group, list) or not group or not all(isinstance(one, str) for one in group):
        yield f"{force} = {shown(group)} is no list of forces"
        return
    for one in dict.fromkeys(group):
        if one == force:
            yield f"{force} is in its own group"
        elif one not in forces():
            yield f"the group of {force} has {shown(one)}, {_nearest(one)}"
        elif group.count(one) > 1:
            yield f"the group of {force} has {one} {group.count(one)} times"


def _nearest(name: str) -> str:
    near = get_close_matches(name, forces(), n=1)
    return "which is no force" + (f"; the nearest is {near[0]}" if near else "")
