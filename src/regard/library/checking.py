"""What must hold between files: terms, scales and rules that exist, periods that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from regard.core.errors import DefinitionRefused, shown
from regard.library.levels import MATRIX, TOGETHER, WORST_OF, Rule, Scale
from regard.library.model import ASPECT, EditionFile, Node, Scheme


@dataclass(frozen=True)
class Known:
    """What an edition may name.

    Attributes:
        scales, rules: By name with version.
        schemes: By name with version.
    """

    scales: Mapping[str, Scale]
    rules: Mapping[str, Rule]
    schemes: Mapping[str, Scheme]


def faults_of_edition(edition: EditionFile, known: Known) -> Iterator[DefinitionRefused]:
    """What an edition names that does not exist or does not fit."""
    for role, name in edition.schemes:
        if name not in known.schemes:
            yield DefinitionRefused(
                f"{edition.file}: {edition.id} takes its {role} from {shown(name)}",
                expected=_one_of(known.schemes, "a scheme of the library"),
            )
    aspects = dict(edition.schemes).get(ASPECT, "")
    for node in edition.nodes:
        yield from _terms(edition, node, known)
        if node.judged:
            yield from _judging(edition, node, known)
            yield from _aspects(edition, node, known.schemes.get(aspects))


def _terms(edition: EditionFile, node: Node, known: Known) -> Iterator[DefinitionRefused]:
    for term in node.terms:
        scheme, _, code = term.rpartition("/")
        if scheme in known.schemes and code not in known.schemes[scheme].codes:
            yield _fault(
                edition,
                node,
                f"belongs to {shown(term)}",
                _one_of(known.schemes[scheme].codes, f"a term of {scheme}"),
            )


def _judging(edition: EditionFile, node: Node, known: Known) -> Iterator[DefinitionRefused]:
    if node.scale not in known.scales:
        yield _fault(
            edition,
            node,
            f"is judged on the scale {shown(node.scale)}",
            _one_of(known.scales, "a scale of the library"),
        )
    rule = known.rules.get(node.rule)
    if rule is None:
        yield _fault(
            edition,
            node,
            f"is judged by the rule {shown(node.rule)}",
            _one_of(known.rules, "a rule of the library"),
        )
    elif rule.scale != node.scale:
        yield _fault(
            edition,
            node,
            f"is judged on {node.scale} by {rule.name}, which suggests levels of {rule.scale}",
            f"a rule of {node.scale}",
        )


def _aspects(
    edition: EditionFile, node: Node, scheme: Scheme | None
) -> Iterator[DefinitionRefused]:
    twice = len(set(node.aspects)) != len(node.aspects)
    codes = scheme.codes if scheme else ()
    for aspect in node.aspects:
        if aspect not in codes or twice:
            yield _fault(
                edition,
                node,
                f"is judged under {', '.join(node.aspects)}",
                _one_of(codes, "none: the edition names no scheme of aspects") + ", none twice",
            )
            return


def _fault(edition: EditionFile, node: Node, what: str, expected: str) -> DefinitionRefused:
    return DefinitionRefused(
        f"{edition.file}: node {shown(node.code)} of {edition.id} {what}", expected=expected
    )


def _one_of(names: Mapping[str, object] | tuple[str, ...], otherwise: str) -> str:
    return f"one of {', '.join(names)}" if names else otherwise


def faults_of_rule(rule: Rule, known: Known) -> Iterator[DefinitionRefused]:
    """What a rule names that does not exist or does not fit."""
    if rule.kind == TOGETHER:
        for part in rule.parts:
            other = known.rules.get(part)
            if other is None or other.scale != rule.scale or other.kind == TOGETHER:
                found = "no rule" if other is None else f"{other.kind} on {other.scale}"
                yield _wrong(
                    rule,
                    f"takes together {shown(part)}, which is {found}",
                    f"a rule of {rule.scale} that is not itself of kind together",
                )
    if rule.kind == WORST_OF:
        yield from _mapped(rule, known)
    if rule.kind == MATRIX:
        yield from _filled(rule, known)


def _mapped(rule: Rule, known: Known) -> Iterator[DefinitionRefused]:
    taken = known.scales.get(rule.of)
    if taken is None:
        yield _wrong(
            rule,
            f"takes levels of {shown(rule.of)}",
            _one_of(known.scales, "a scale of the library"),
        )
        return
    maps = dict(rule.maps)
    if set(maps) != set(taken.codes):
        yield _wrong(
            rule,
            f"maps {', '.join(maps)}",
            f"every level of {taken.name}: {', '.join(taken.codes)}",
        )
        return
    ranks = [known.scales[rule.scale].codes.index(maps[code]) for code in taken.codes]
    if ranks != sorted(ranks):
        yield _wrong(
            rule,
            f"maps {', '.join(f'{code} to {maps[code]}' for code in taken.codes)}",
            "no worse level for a better one",
        )


def _filled(rule: Rule, known: Known) -> Iterator[DefinitionRefused]:
    for side in (rule.rows, rule.columns):
        if side not in known.scales:
            yield _wrong(
                rule,
                f"takes levels of {shown(side)}",
                _one_of(known.scales, "a scale of the library"),
            )
            return
    rows, columns = known.scales[rule.rows], known.scales[rule.columns]
    cells = dict(rule.cells)
    if set(cells) != set(rows.codes) or any(
        len(row) != len(columns.codes) for row in cells.values()
    ):
        yield _wrong(
            rule,
            f"has cells of {', '.join(f'{row} ({len(cells[row])})' for row in sorted(cells))}",
            f"a row for each of {', '.join(rows.codes)}, each of {len(columns.codes)} levels, "
            f"in the order {', '.join(columns.codes)}",
        )


def _wrong(rule: Rule, what: str, expected: str) -> DefinitionRefused:
    return DefinitionRefused(f"{rule.file}: rule {rule.name} {what}", expected=expected)


def standing(editions: Mapping[str, EditionFile]) -> list[EditionFile]:
    """The editions that no other corrects, by instrument and first day."""
    corrected = {one.corrects for one in editions.values()}
    return sorted(
        (one for name, one in editions.items() if name not in corrected),
        key=lambda one: (one.instrument, one.in_force_from, one.id),
    )


def corrections(editions: Mapping[str, EditionFile]) -> Iterator[DefinitionRefused]:
    """Editions that say they correct one of other days or another instrument, or none there is."""
    for one in editions.values():
        was = editions.get(one.corrects)
        fits = was is not None and (was.instrument, was.in_force_from) == (
            one.instrument,
            one.in_force_from,
        )
        if one.corrects and (not fits or was is one):
            found = f", of {was.instrument} from {was.in_force_from}" if was else ""
            yield DefinitionRefused(
                f"{one.file}: {one.id} has corrects = {shown(one.corrects)}{found}",
                expected=f"another edition of {one.instrument} in force from {one.in_force_from}",
            )


def overlaps(editions: Mapping[str, EditionFile]) -> Iterator[DefinitionRefused]:
    """Editions of one instrument that are in force on the same day, corrected ones left aside."""
    for was, now in pairwise(standing(editions)):
        if was.instrument == now.instrument and was.in_force_on(now.in_force_from):
            until = was.in_force_to or "no day on which it ends"
            yield DefinitionRefused(
                f"{now.file}: {now.id} is in force from {now.in_force_from}, and {was.id} "
                f"({was.file}) until {until}",
                expected=f"one edition of {now.instrument} in force on any day",
                next_step=f"give {was.id} an in_force_to before {now.in_force_from}",
            )
