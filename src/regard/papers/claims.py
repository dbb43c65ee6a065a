"""The printed claims of an existing paper, recomputed: what adds up, and what does not."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from regard.core.errors import DefinitionRefused, FileUnreadable, NotKnown, shown
from regard.core.figures import Figure
from regard.core.periods import Period
from regard.papers.findings import MEANINGS, Finding, Given, Relation, Verdict
from regard.papers.printed import Printed
from regard.papers.relations_elsewhere import OF_ELSEWHERE
from regard.papers.relations_numbers import OF_NUMBERS
from regard.papers.relations_strength import OF_STRENGTH
from regard.papers.relations_texts import OF_TEXTS
from regard.papers.relations_units import OF_UNITS
from regard.papers.relations_words import OF_WORDS

_ALL = (*OF_NUMBERS, *OF_STRENGTH, *OF_UNITS, *OF_WORDS, *OF_TEXTS, *OF_ELSEWHERE)
RELATIONS: dict[str, Relation] = {one.name: one for one in _ALL}
"""The closed set of ways in which printed claims can be checked."""

_NO_FAULT = (Verdict.OK, Verdict.OK_R, Verdict.DERIVED, Verdict.ND)
_FIGURE_KEYS = {"id", "claim", "at", "what", "measure", "scope", "printed", "start", "end",
                "method"}  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One relation with the inputs that a claim puts into it."""

    relation: Relation
    inputs: Mapping[str, Any]


@dataclass(frozen=True)
class Claim:
    """Something a paper says that can be checked; it never carries its own verdict.

    Attributes:
        id: By which it is called, such as `S4-24`.
        at: The paragraph or paragraphs.
        says: The words, quoted.
        checks: What is to hold.
    """

    id: str
    at: str
    says: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class PrintedFigure:
    """A number on paper that Regard can count from records.

    Attributes:
        id: By which it is called.
        claim: The claim in which it stands; empty if in none.
        at: The paragraph.
        what: What it is, in words.
        measure, scope: As of a figure.
        period: The days it covers.
        method: What a figure's method must begin with; empty if any will do.
        printed: The number as printed.
    """

    id: str
    claim: str
    at: str
    what: str
    measure: str
    scope: str
    period: Period
    method: str
    printed: Printed

    def matches(self, figure: Figure) -> bool:
        """Whether a figure is about the same thing over the same days."""
        return (
            figure.measure == self.measure
            and figure.scope == self.scope
            and figure.period == self.period
            and figure.unit == (self.printed.unit or figure.unit)
            and figure.method.startswith(self.method)
        )


@dataclass(frozen=True)
class Claims:
    """The claims file of one paper.

    Attributes:
        paper: Which paper.
        claims: What it says that can be checked.
        figures: What it prints that can be counted.
        file, sha256: The file that was read, and its digest.
    """

    paper: str
    claims: tuple[Claim, ...]
    figures: tuple[PrintedFigure, ...]
    file: str
    sha256: str

    def claim(self, named: str) -> Claim:
        """The claim of that id.

        Raises:
            NotKnown: there is none.
        """
        held = {one.id: one for one in self.claims}
        if named not in held:
            raise NotKnown("claim", named, held)
        return held[named]


@dataclass(frozen=True)
class Checked:
    """A claim with what its checks found, in their order."""

    claim: Claim
    findings: tuple[Finding, ...]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts in the order of the checks."""
        return tuple(one.verdict for one in self.findings)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that the board should be told of."""
        return tuple(one for one in self.findings if one.verdict not in _NO_FAULT)

    def __str__(self) -> str:
        told = "; ".join(f"{MEANINGS[one.verdict][0]}: {one.says}" for one in self.findings)
        return f"{self.claim.id} ({self.claim.at}), “{self.claim.says}” {told}."


class Agreement(StrEnum):
    """How a printed number stands against the one counted from records."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_COMPUTED = "not computed"


@dataclass(frozen=True)
class Comparison:
    """A printed number beside the figure counted from records, if there is one."""

    printed: PrintedFigure
    figure: Figure | None

    @property
    def agreement(self) -> Agreement:
        """Whether the figure, rounded as the paper rounds, is what the paper prints."""
        if self.figure is None or self.figure.value is None:
            return Agreement.NOT_COMPUTED
        same = self.printed.printed.prints(self.figure.value)
        return Agreement.AGREES if same else Agreement.DIFFERS

    def __str__(self) -> str:
        one = self.printed
        head = f"{one.at}: {one.what}, printed {one.printed}"
        if self.figure is None:
            return f"{head}: {self.agreement}"
        why = f" ({self.figure.missing})" if self.figure.value is None else ""
        return f"{head}, counted {self.figure}: {self.agreement}{why}"


def load_claims(path: Path) -> Claims:
    """The claims of a paper from their TOML file.

    Raises:
        FileUnreadable: the file is not there, or not TOML in UTF-8.
        DefinitionRefused: a claim without words or checks, a repeated id, an input that its
            relation does not take, or a verdict typed where it is to be computed.
        NotKnown: a relation that does not exist.
    """
    try:
        raw = path.read_bytes()
        told = tomllib.loads(raw.decode())
    except (OSError, ValueError) as error:
        raise FileUnreadable(
            f"the claims {path.name} cannot be read: {error}", expected="a TOML file in UTF-8"
        ) from error
    claims = tuple(_claim(one, path.name) for one in told.get("claim", ()))
    figures = tuple(_figure(one, path.name) for one in told.get("figure", ()))
    for ids in ([one.id for one in claims], [one.id for one in figures]):
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise DefinitionRefused(
                f"{path.name}: {', '.join(twice)} stand more than once", expected="every id once"
            )
    digest = hashlib.sha256(raw).hexdigest()
    return Claims(told.get("paper", ""), claims, figures, path.name, digest)


def _claim(told: Mapping[str, Any], file: str) -> Claim:
    named = f"{file}: claim {shown(told.get('id', ''))}"
    if set(told) != {"id", "at", "says", "check"} or not told["check"]:
        raise DefinitionRefused(
            f"{named} has {', '.join(sorted(told))}", expected="id, at, says and checks, no more"
        )
    return Claim(
        told["id"], told["at"], told["says"], tuple(_check(one, named) for one in told["check"])
    )


def _check(told: Mapping[str, Any], named: str) -> Check:
    relation = told.get("relation", "")
    if relation not in RELATIONS:
        raise NotKnown("relation", relation, RELATIONS, next_step=f"look at {named}")
    inputs = {name: value for name, value in told.items() if name != "relation"}
    RELATIONS[relation].fits(named, inputs)
    return Check(RELATIONS[relation], inputs)


def _figure(told: Mapping[str, Any], file: str) -> PrintedFigure:
    named = f"{file}: figure {shown(told.get('id', ''))}"
    lacking = sorted(_FIGURE_KEYS - {"claim", "method"} - set(told))
    strange = sorted(set(told) - _FIGURE_KEYS)
    if lacking or strange:
        raise DefinitionRefused(
            f"{named} lacks {lacking} and does not take {strange}",
            expected=", ".join(sorted(_FIGURE_KEYS)),
        )
    return PrintedFigure(
        id=told["id"],
        claim=told.get("claim", ""),
        at=told["at"],
        what=told["what"],
        measure=told["measure"],
        scope=told["scope"],
        period=Period(told["start"], told["end"]),
        method=told.get("method", ""),
        printed=Printed.read(told["printed"], named),
    )


def check_claims(claims: Iterable[Claim], *, text: str | None = None) -> tuple[Checked, ...]:
    """Recompute claims from what the paper prints.

    Args:
        claims: The claims.
        text: The paper's own text, from which lists, ranks and lead lines are then counted;
            without it they are counted from the claims file.

    Raises:
        NotEnoughData: the text is not that of the paper.
    """
    return tuple(
        Checked(claim, tuple(_found(claim, check, text) for check in claim.checks))
        for claim in claims
    )


def _found(claim: Claim, check: Check, text: str | None) -> Finding:
    place = f"claim {claim.id}, {check.relation.name}"
    return check.relation.check(Given(place, check.relation.name, check.inputs, text))


def check_against(
    printed: Iterable[PrintedFigure], figures: Iterable[Figure]
) -> tuple[Comparison, ...]:
    """Put printed numbers beside the figures counted from records.

    Args:
        printed: What the paper prints.
        figures: Figures, each searched with everything it was computed from.

    Returns:
        One comparison for each printed number; the first figure that matches is taken, one
        with a value before one without.
    """
    counted = [part for figure in figures for part in figure.walk()]
    counted.sort(key=lambda one: one.value is None)
    return tuple(
        Comparison(one, next((figure for figure in counted if one.matches(figure)), None))
        for one in printed
    )


def summary(checked: Iterable[Checked]) -> str:
    """How many claims stand how, and those that do not add up, in a few lines."""
    held = list(checked)
    counts = {
        verdict: sum(one.verdicts[0] == verdict for one in held)
        for verdict in Verdict
        if any(one.verdicts[0] == verdict for one in held)
    }
    head = ", ".join(f"{count} {MEANINGS[verdict][count > 1]}" for verdict, count in counts.items())
    lines = [f"{len(held)} printed claims: {head}."]
    lines += [f"  {one.claim.id} {one.claim.at}: {fault}" for one in held for fault in one.faults]
    return "\n".join(lines)
