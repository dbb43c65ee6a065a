"""Who records: police forces and national bodies under every name they go by."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from regard.core.errors import DefinitionRefused, NotKnown

KINDS = ("territorial", "territorial-beyond", "special", "national")


@dataclass(frozen=True)
class Force:
    """A force or national body, and what others call it.

    Attributes:
        slug: As police.uk names it, such as `south-yorkshire`.
        name: As people name it.
        kind: `territorial` (the 43 of England and Wales), `territorial-beyond`, `special`
            (British Transport Police) or `national` (bodies in the Home Office tables).
        code: Police force area of the Office for National Statistics, such as `E23000011`;
            empty where there is none.
        home_office: Name in the Home Office recorded-crime tables; empty if not in them.
        falls_within: Name in police.uk files; empty if not in them.
        also: Other names of the same force.
    """

    slug: str
    name: str
    kind: str
    code: str = ""
    home_office: str = ""
    falls_within: str = ""
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, the slug first, none twice."""
        every = (self.slug, self.name, self.code, self.home_office, self.falls_within, *self.also)
        return tuple(dict.fromkeys(name for name in every if name))


@cache
def forces() -> dict[str, Force]:
    """Every force by its slug.

    Raises:
        DefinitionRefused: two forces share a name, or one is of an unknown kind.
    """
    text = files("regard.records").joinpath("forces.toml").read_text(encoding="utf-8")
    return read_forces(text)


def read_forces(text: str) -> dict[str, Force]:
    """Forces from the text of a `forces.toml`.

    Raises:
        DefinitionRefused: two forces share a name, or one is of an unknown kind.
    """
    found: dict[str, Force] = {}
    owner: dict[str, str] = {}
    for entry in tomllib.loads(text)["forces"]:
        force = Force(**{**entry, "also": tuple(entry.get("also", ()))})
        if force.kind not in KINDS:
            raise DefinitionRefused(
                f"force {force.slug} is of kind {force.kind!r}", expected=", ".join(KINDS)
            )
        for name in {name.casefold() for name in force.names}:
            if name in owner:
                raise DefinitionRefused(
                    f"{owner[name]} and {force.slug} are both called {name!r}",
                    expected="a name that belongs to one force",
                )
            owner[name] = force.slug
        found[force.slug] = force
    return found


@cache
def names_to_slugs() -> dict[str, str]:
    """Every name of every force, in lower case, with the slug it leads to."""
    return {name.casefold(): f.slug for f in forces().values() for name in f.names}


def force_named(name: str) -> Force:
    """The force that goes by a name: slug, common name, official code or any other.

    Raises:
        NotKnown: no force goes by it.
    """
    slug = names_to_slugs().get(name.strip().casefold())
    if slug is None:
        raise NotKnown("force", name, forces())
    return forces()[slug]
