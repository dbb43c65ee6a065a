"""The library as it is loaded: what Regard ships, and what a force adds in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from regard.core.errors import DefinitionRefused, NotKnown
from regard.library.checking import (
    Known,
    corrections,
    faults_of_edition,
    faults_of_rule,
    overlaps,
    standing,
)
from regard.library.crosswalks import crosswalk_of
from regard.library.editions import edition_of
from regard.library.freezing import Digests, edited, frozen_in, lock_text, written
from regard.library.levels import Rule, Scale
from regard.library.model import Crosswalk, EditionFile, Scheme
from regard.library.scales import scale_of
from regard.library.schemes import scheme_of
from regard.library.tables import Problems, toml_of

SHIPPED = Path(__file__).parent
FOLDERS = ("editions", "crosswalks", "scales", "terms")  # within the library's folder, or a force's

Named = TypeVar("Named", EditionFile, Crosswalk, Scale, Rule, Scheme)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Library:
    """Everything that is known, checked together.

    Attributes:
        editions: By id, in the order of instrument and first day.
        crosswalks: By id, such as `spr-2012-to-spr-2015`.
        scales, rules: By name with version, such as `spr-position@1`.
        schemes: By name with version, such as `spr-threats-2015`.
    """

    editions: Mapping[str, EditionFile]
    crosswalks: Mapping[str, Crosswalk]
    scales: Mapping[str, Scale]
    rules: Mapping[str, Rule]
    schemes: Mapping[str, Scheme]

    @property
    def digests(self) -> Digests:
        """SHA-256 of everything that can be frozen, by section and name."""
        held = ("editions", "rules", "scales", "schemes")
        return {
            section: {name: one.digest for name, one in getattr(self, section).items()}
            for section in held
        }

    def edition(self, name: str) -> EditionFile:
        """The edition of that id.

        Raises:
            NotKnown: there is no such edition.
        """
        return _found("edition", name, self.editions)

    def in_force(self, instrument: str, day: date) -> EditionFile:
        """The edition of an instrument that is in force on a day; of a corrected one, what
        corrects it.

        Raises:
            NotKnown: none was in force on that day.
        """
        held = [one for one in standing(self.editions) if one.instrument == instrument]
        found = [one for one in held if one.in_force_on(day)]
        if not found:
            known = (f"{one.id} from {one.in_force_from}" for one in held)
            raise NotKnown(f"edition in force on {day}", instrument, known)
        return found[0]

    def crosswalk(self, earlier: str, later: str) -> Crosswalk:
        """The crosswalk from one edition to another.

        Raises:
            NotKnown: there is no such crosswalk.
        """
        return _found("crosswalk", f"{earlier}-to-{later}", self.crosswalks)

    def scale(self, name: str) -> Scale:
        """The scale of that name and version.

        Raises:
            NotKnown: there is no such scale.
        """
        return _found("scale", name, self.scales)

    def rule(self, name: str) -> Rule:
        """The rule of that name and version.

        Raises:
            NotKnown: there is no such rule.
        """
        return _found("rule", name, self.rules)

    def scheme(self, name: str) -> Scheme:
        """The vocabulary of that name and version.

        Raises:
            NotKnown: there is no such vocabulary.
        """
        return _found("scheme", name, self.schemes)


def _found(kind: str, name: str, known: Mapping[str, Named]) -> Named:
    if name not in known:
        raise NotKnown(kind, name, known)
    return known[name]


def library(*folders: Path) -> Library:
    """What Regard ships together with the folders given, all of it checked.

    A folder holds `editions`, `crosswalks`, `scales` and `terms`, each with TOML files, and may
    hold a lock of what is frozen.

    Raises:
        FileUnreadable: a file is not TOML.
        DefinitionRefused: a file breaks a rule, a name is used twice, or something frozen was
            changed. Everything that is wrong is named, up to fifty.
    """
    return _read((SHIPPED, *folders)) if folders else _shipped()


@cache
def _shipped() -> Library:
    return _read((SHIPPED,))


def editions(*folders: Path) -> Mapping[str, EditionFile]:
    """Every edition by its id, those of a force's own folders included.

    Raises:
        DefinitionRefused: a file of the library breaks a rule.
    """
    return library(*folders).editions


def edition(name: str, folder: Path | None = None) -> EditionFile:
    """One edition by its id.

    Raises:
        NotKnown: there is no such edition.
        DefinitionRefused: a file of the library breaks a rule.
    """
    return (library(folder) if folder else library()).edition(name)


def _read(folders: tuple[Path, ...]) -> Library:
    problems = Problems()
    schemes = _by_name(_each(folders, "terms", partial(scheme_of, problems=problems)), problems)
    pairs = _each(folders, "scales", partial(scale_of, problems=problems))
    scales = _by_name((scale for scale, _ in pairs), problems)
    rules = _by_name((rule for _, held in pairs for rule in held), problems)
    read = _each(folders, "editions", partial(edition_of, problems=problems))
    in_order = sorted(
        (one for one in read if one is not None),
        key=lambda one: (one.instrument, one.in_force_from),
    )
    held = _by_name(in_order, problems)
    _between(Known(scales, rules, schemes), held, problems)
    crossed = _each(folders, "crosswalks", partial(crosswalk_of, editions=held, problems=problems))
    made = Library(
        editions=held,
        crosswalks=_by_name(crossed, problems),
        scales=scales,
        rules=rules,
        schemes=schemes,
    )
    for folder in folders:
        for refusal in edited(frozen_in(folder), made.digests):
            problems.add(refusal)
    problems.settle("the library")
    return made


def _each(
    folders: Iterable[Path], within: str, maker: Callable[[dict[str, Any], str], Made]
) -> list[Made]:
    """What a maker makes of every TOML file of a kind, in the order of folders and names."""
    files = (file for folder in folders for file in sorted((folder / within).glob("*.toml")))
    return [maker(toml_of(file), file.name) for file in files]


def _by_name(found: Iterable[Named | None], problems: Problems) -> Mapping[str, Named]:
    named: dict[str, Named] = {}
    for one in found:
        if one is None:
            continue
        name = one.id if isinstance(one, EditionFile | Crosswalk) else one.name
        if name in named:
            problems.add(
                DefinitionRefused(
                    f"{one.file}: {name} stands in {named[name].file} already",
                    expected="a name of its own; a revision is a new edition or version",
                )
            )
        named.setdefault(name, one)
    return MappingProxyType(named)


def _between(known: Known, held: Mapping[str, EditionFile], problems: Problems) -> None:
    """What is wrong between files."""
    for rule in known.rules.values():
        for refusal in faults_of_rule(rule, known):
            problems.add(refusal)
    for one in held.values():
        for refusal in faults_of_edition(one, known):
            problems.add(refusal)
    for refusal in (*corrections(held), *overlaps(held)):
        problems.add(refusal)


def freeze(folder: Path) -> tuple[str, ...]:
    """Write down the digest of everything in a folder, so that it is never edited.

    Args:
        folder: A force's own, or `SHIPPED`.

    Returns:
        The names that were not frozen before, such as `editions: plan-2026`.

    Raises:
        DefinitionRefused: something that was frozen before has changed or is gone, or a file
            breaks a rule.
        NotStored: the disk did not take the lock.
    """
    mine = _read((SHIPPED,)).digests
    if folder.resolve() != SHIPPED.resolve():
        whole = library(folder).digests
        mine = {
            section: {name: one for name, one in held.items() if name not in mine[section]}
            for section, held in whole.items()
        }
    before = frozen_in(folder)
    written(folder, lock_text(before, mine))
    return tuple(
        f"{section}: {name}"
        for section, held in mine.items()
        for name in sorted(held)
        if name not in before[section]
    )
