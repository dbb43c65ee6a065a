"""A register with its posts, and a round on a small edition, for commands to be tried on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assurance.round_setting import FORCE, Setting, duties, found
from regard.assurance.publishing import publish
from regard.library.shelf import library

BODY = "west-midlands"
EDITION = "npr-2012"  # the smallest of the library that is judged under Cs
KEEPER = ("--by", f"{BODY}-keeper")


def founded(folder: Path) -> Setting:
    """A register in the data folder that the fixture `regard` uses, with a post for each line."""
    return found(folder / "home")


def published(folder: Path) -> Setting:
    """The same, with an edition."""
    setting = founded(folder)
    publish(setting.register, library().edition(EDITION), by=setting.keeper)
    return setting


def opened(folder: Path) -> Setting:
    """The same, with a round on one C and a duty at each line."""
    setting = published(folder)
    setting.open(
        editions=(f"edition:{EDITION}",),
        scopes=(FORCE,),
        aspects=("capacity",),
        duties=duties(setting, 1, 20, 2, 0),
        as_at=date(2014, 12, 31),
    )
    return setting
