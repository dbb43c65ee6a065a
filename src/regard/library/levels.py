"""What the library holds to judge by: scales with their levels, and rules that suggest one."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

OWN = "Regard's own"  # words of a scale that come from no other document
UNAIDED, WORST_OF, MET_SHARE = "unaided", "worst-of", "met-share"
NO_EVIDENCE, TOGETHER, MATRIX = "no-evidence", "together", "matrix"
RULE_KINDS = (UNAIDED, WORST_OF, MET_SHARE, NO_EVIDENCE, TOGETHER, MATRIX)


@dataclass(frozen=True)
class Level:
    """One level of a scale.

    Attributes:
        code: Such as `partly-met`.
        label, label_cy: In English and in Welsh; the Welsh is empty where it is not known.
        meaning: What the level says.
        words: Whether the meaning is quoted, paraphrased, from memory or Regard's own.
        colour: `red`, `amber` or `green` where a paper shows one; never without the label.
    """

    code: str
    label: str
    meaning: str
    words: str
    label_cy: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Scale:
    """Levels in order. They are ordinal: they are counted and compared, never averaged.

    Attributes:
        id, version: Its name and version; levels of two versions do not compare.
        title, title_cy: In English and in Welsh.
        levels: The worst first.
        worst: The code of the worst level.
        source: Where the scale comes from.
        file: The name of the file it was read from.
        digest: SHA-256 over its content, without its rules.
    """

    id: str
    version: int
    title: str
    levels: tuple[Level, ...]
    worst: str
    source: str
    title_cy: str = ""
    file: str = field(default="", compare=False)
    digest: str = ""

    @property
    def name(self) -> str:
        """Its name with its version, such as `spr-position@1`."""
        return f"{self.id}@{self.version}"

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its levels, the worst first."""
        return tuple(level.code for level in self.levels)

    @property
    def best(self) -> str:
        """The code of the best level."""
        return self.levels[-1].code


@dataclass(frozen=True)
class Band:
    """From which share of a target on a level is suggested.

    Attributes:
        at_least: The share, 1 being the whole target.
        level: The level.
        sustained: Whether the share must also be reached for as long as is asked.
    """

    at_least: Decimal
    level: str
    sustained: bool = False


@dataclass(frozen=True)
class Rule:
    """How indicators and figures suggest a level. A new way is a new version.

    Attributes:
        id, version: Its name and version, kept with every judgement made by it.
        scale: The scale whose levels it suggests.
        kind: One of `RULE_KINDS`; the fields below belong to one kind each.
        title: What it does, in words.
        source: Where its thresholds come from.
        own_default: Whether the thresholds are Regard's own, for a force to settle otherwise.
        bands: Of `met-share`: shares and levels, the highest share first.
        of: Of `worst-of`: the scale of what is put in.
        maps: Of `worst-of`: levels of that scale and the levels they suggest.
        none, expired: Of `no-evidence`: the level that nothing exceeds where there is no
            evidence, or only evidence that has expired.
        parts: Of `together`: the rules whose worst suggestion is taken.
        rows, columns: Of `matrix`: the scales of the two things put in.
        cells: Of `matrix`: a level for each level of `rows` and each of `columns`.
        file: The name of the file it was read from.
        digest: SHA-256 over its content.
    """

    id: str
    version: int
    scale: str
    kind: str
    title: str
    source: str
    own_default: bool = False
    bands: tuple[Band, ...] = ()
    of: str = ""
    maps: tuple[tuple[str, str], ...] = ()
    none: str = ""
    expired: str = ""
    parts: tuple[str, ...] = ()
    rows: str = ""
    columns: str = ""
    cells: tuple[tuple[str, tuple[str, ...]], ...] = ()
    file: str = field(default="", compare=False)
    digest: str = ""

    @property
    def name(self) -> str:
        """Its name with its version, such as `reached-share@1`."""
        return f"{self.id}@{self.version}"
