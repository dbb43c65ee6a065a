"""How a rule suggests a level. It advises: a named post judges, and may depart with a reason.

Levels are ordinal. Nothing here averages them: the worst of several counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from regard.core.errors import DefinitionRefused, NotEnoughData, shown
from regard.library.levels import (
    MATRIX,
    MET_SHARE,
    NO_EVIDENCE,
    TOGETHER,
    UNAIDED,
    WORST_OF,
    Rule,
    Scale,
)

_SHOWN_SHARE = Decimal("0.0001")  # a share is cut here, never rounded up to a target


@dataclass(frozen=True)
class Reached:
    """A figure beside its target.

    Attributes:
        what: What is counted, in words.
        have: How much there is, in the unit of the target (0 or more).
        need: How much is asked (more than 0).
        sustained: Whether `have` could be kept up for as long as is asked.
    """

    what: str
    have: Decimal
    need: Decimal
    sustained: bool = False


@dataclass(frozen=True)
class Held:
    """An indicator or position that is held at a level.

    Attributes:
        what: Which, in words.
        scale: The scale of its level, with its version.
        level: The code of the level.
    """

    what: str
    scale: str
    level: str


@dataclass(frozen=True)
class Evidence:
    """How many pieces of evidence there are (counts).

    Attributes:
        current: Those that count at the date.
        expired: Those that no longer do.
    """

    current: int
    expired: int = 0


@dataclass(frozen=True)
class Inputs:
    """What is put to a rule. What is absent is named in `unknown`, and never taken as a level.

    Attributes:
        reached: Figures beside their targets.
        held: Indicators and positions.
        evidence: How much evidence there is; None if nobody counted.
        unknown: What was asked for and is not there, with the reason, such as
            `("officers in date", "not measured")`.
    """

    reached: tuple[Reached, ...] = ()
    held: tuple[Held, ...] = ()
    evidence: Evidence | None = None
    unknown: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Because:
    """One thing that led to a suggestion.

    Attributes:
        what: What it is about, in words.
        found: What was found, in words; empty where numbers say it.
        level: The level that it suggests; empty if it suggests none.
        have, need: The numbers found and asked, in one unit; None where there are none.
        share: `have` over `need`, cut after four places; None where there is none.
    """

    what: str
    found: str = ""
    level: str = ""
    have: Decimal | None = None
    need: Decimal | None = None
    share: Decimal | None = None

    def __str__(self) -> str:
        told = self.found
        if self.have is not None and self.need is not None:
            told = (
                f"{self.have:f} of {self.need:f}, a share of {self.share:f}{told and f', {told}'}"
            )
        suggests = f" suggests {self.level}" if self.level else ""
        return f"{self.what}: {told}{suggests}"


@dataclass(frozen=True)
class Suggestion:
    """What a rule suggests.

    Attributes:
        rule: The rule with its version, to be kept with the judgement.
        scale: The scale with its version.
        level: The code of the level; None where the rule has nothing to go by.
        because: What led to it, the worst first.
    """

    rule: str
    scale: str
    level: str | None
    because: tuple[Because, ...]

    def __str__(self) -> str:
        told = "; ".join(str(one) for one in self.because)
        return f"{self.level or 'no level'} by {self.rule} ({told})"


def suggest(
    rule: Rule, inputs: Inputs, *, scales: Mapping[str, Scale], rules: Mapping[str, Rule]
) -> Suggestion:
    """The level that a rule suggests for what is put to it, and what led to it.

    Args:
        rule: The rule.
        inputs: What is known and what is not.
        scales: The scales of the library, by name with version.
        rules: The rules of the library, by name with version; only a rule that takes others
            together asks for them.

    Raises:
        NotEnoughData: a target is nought, so that no share of it has a meaning.
        DefinitionRefused: a level is none of its scale, or a number is below nought.
    """
    found = _ASKED[rule.kind](_Asked(rule, inputs, scales, rules))
    codes = scales[rule.scale].codes
    in_order = tuple(
        sorted(found, key=lambda one: codes.index(one.level) if one.level else len(codes))
    )
    level = in_order[0].level if in_order and in_order[0].level else None
    unknown = tuple(Because(what, found=reason) for what, reason in inputs.unknown)
    return Suggestion(rule.name, rule.scale, level, in_order + unknown)


@dataclass(frozen=True)
class _Asked:
    """A rule with what is put to it."""

    rule: Rule
    inputs: Inputs
    scales: Mapping[str, Scale]
    rules: Mapping[str, Rule]

    def of_scale(self, name: str) -> list[Held]:
        """What is held at a level of a scale, each level known."""
        codes = self.scales[name].codes
        found = [one for one in self.inputs.held if one.scale == name]
        for one in found:
            if one.level not in codes:
                raise DefinitionRefused(
                    f"{one.what} is held at {shown(one.level)}",
                    expected=f"a level of {name}: {', '.join(codes)}",
                )
        return found

    def label(self, scale: str, code: str) -> str:
        """A level's label."""
        levels = self.scales[scale].levels
        return next(level.label for level in levels if level.code == code)


def _unaided(asked: _Asked) -> list[Because]:
    return [Because("the words of the requirement", found="the post judges without a suggestion")]


def _worst_of(asked: _Asked) -> list[Because]:
    maps, of = dict(asked.rule.maps), asked.rule.of
    return [
        Because(one.what, found=asked.label(of, one.level), level=maps[one.level])
        for one in asked.of_scale(of)
    ]


def _met_share(asked: _Asked) -> list[Because]:
    shares = [(one, _share(one)) for one in asked.inputs.reached]
    plain = [band for band in asked.rule.bands if not band.sustained]
    kept_up = [band for band in asked.rule.bands if band.sustained]
    found = []
    for one, share in shares:
        band = next(band for band in plain if share >= Fraction(band.at_least))
        level = band.level
        if band is plain[0] and any(other.sustained for other, _ in shares):
            # Only a whole target is lifted: a figure that falls short keeps its band.
            level = next((up.level for up in kept_up if share >= Fraction(up.at_least)), band.level)
        cut = (Decimal(share.numerator) / Decimal(share.denominator)).quantize(
            _SHOWN_SHARE, ROUND_DOWN
        )
        told = "kept up for as long as is asked" if one.sustained else ""
        found.append(Because(one.what, told, level, one.have, one.need, cut))
    return found


def _share(one: Reached) -> Fraction:
    if one.have < 0 or one.need < 0:
        raise DefinitionRefused(
            f"{one.what}: {one.have} of {one.need}", expected="two numbers that are 0 or more"
        )
    if one.need == 0:
        raise NotEnoughData(
            f"{one.what}: a share of a target of {one.need} has no meaning",
            expected="a target above 0",
            next_step="say that it is not applicable, or name the target",
        )
    return Fraction(one.have) / Fraction(one.need)


def _no_evidence(asked: _Asked) -> list[Because]:
    evidence = asked.inputs.evidence
    if evidence is None:
        return []
    if evidence.current < 0 or evidence.expired < 0:
        raise DefinitionRefused(
            f"evidence: {evidence.current} current and {evidence.expired} expired",
            expected="two counts that are 0 or more",
        )
    if evidence.current:
        return []
    if evidence.expired:
        return [Because("evidence", "all of it has expired", asked.rule.expired)]
    return [Because("evidence", "there is none", asked.rule.none)]


def _together(asked: _Asked) -> list[Because]:
    found = []
    for name in asked.rule.parts:
        part = asked.rules[name]
        found += _ASKED[part.kind](_Asked(part, asked.inputs, asked.scales, asked.rules))
    return found


def _matrix(asked: _Asked) -> list[Because]:
    rule = asked.rule
    rows, columns = asked.of_scale(rule.rows), asked.of_scale(rule.columns)
    if not rows or not columns:
        return []
    if len(rows) > 1 or len(columns) > 1:
        twice = rows if len(rows) > 1 else columns
        raise DefinitionRefused(
            f"{rule.name} was given {', '.join(f'{one.what} ({one.level})' for one in twice)}",
            expected=f"one level of {twice[0].scale}",
        )
    row, column = rows[0], columns[0]
    place = asked.scales[rule.columns].codes.index(column.level)
    told = f"{asked.label(rule.rows, row.level)} and {asked.label(rule.columns, column.level)}"
    return [Because(f"{row.what} and {column.what}", told, dict(rule.cells)[row.level][place])]


_ASKED: dict[str, Callable[[_Asked], list[Because]]] = {
    UNAIDED: _unaided,
    WORST_OF: _worst_of,
    MET_SHARE: _met_share,
    NO_EVIDENCE: _no_evidence,
    TOGETHER: _together,
    MATRIX: _matrix,
}
