"""Numbers that a document prints about people, held against what they should come to.

Nothing is put right: a number that differs stays as it was printed, beside the one that was
computed, with a verdict and the reason in words. Verdicts are those of `core.verdicts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, Source, derived
from regard.core.quantities import PERCENT, rounded
from regard.core.statements import Statement, Value, together
from regard.core.verdicts import Verdict
from regard.workforce.wording import say

ROUNDING, BASE, POPULATION = "rounding", "base", "population"
PRINTED = "printed"
MOST_PLACES = 6  # decimal places after which a printed number is taken as it is


@dataclass(frozen=True)
class Finding:
    """How a printed number stands.

    Attributes:
        verdict: The verdict.
        reason: What explains a difference: `rounding`, `base`, `population`, or nothing.
        computed: What it should come to; None where nothing gives it.
        printed: What was printed; None where nothing was.
        statement: The same in a sentence.
    """

    verdict: Verdict
    reason: str
    computed: Figure | None
    printed: Figure | None
    statement: Statement


def as_printed(value: float, like: Figure, *, at: str) -> Figure:
    """A number as a document prints it, of the same thing and in the same unit as another.

    Args:
        value: The number.
        like: The figure that it is printed for.
        at: Where it stands, such as a paragraph.
    """
    return replace(
        like,
        value=value,
        method=PRINTED,
        sources=(Source(PRINTED, at),),
        parts=(),
        interval=None,
        missing="",
        places=places_of(value),
    )


def places_of(value: float) -> int:
    """Decimal places with which a number is written."""
    places = -int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
    return min(max(places, 0), MOST_PLACES)


def agrees(computed: float, printed: float) -> Verdict:
    """OK where two numbers are the same, OK-R where rounding the first gives the second, or BAD.

    A number is rounded to as many decimal places as the other is printed with, halves away from
    nought; one that is printed with none may stand for any whole number of rounding.
    """
    if abs(computed - printed) < 10.0**-MOST_PLACES:
        return Verdict.OK
    by_rule = float(rounded(computed, places_of(printed)))
    return Verdict.OK_R if by_rule == printed else Verdict.BAD


def held_against(printed: Figure, computed: Figure, *, others: Sequence[Figure] = ()) -> Finding:
    """A printed number against the same number computed, or computed on other bases.

    Args:
        printed: What was printed.
        computed: What it comes to on the base that the document names.
        others: What it would come to on other bases. The first that the printed number agrees
            with makes the verdict BASIS.
    """
    verdict = agrees(computed.known, printed.known)
    said = {"printed": printed, "computed": _plainly(computed)}
    if verdict is Verdict.OK:
        text = say("{printed} was printed and {computed:number} computed.", **said)
        return Finding(verdict, "", computed, printed, text)
    if verdict is Verdict.OK_R:
        text = say("{printed} was printed: {computed:number}, rounded.", **said)
        return Finding(verdict, ROUNDING, computed, printed, text)
    for other in others:
        if agrees(other.known, printed.known) is not Verdict.BAD:
            text = say(
                "{printed} was printed: that is on another base ({other}); on {base} it is "
                "{computed:number}.",
                other=other.basis,
                base=computed.basis,
                **said,
            )
            return Finding(Verdict.BASIS, BASE, computed, printed, text)
    text = say("{printed} was printed, but {computed:number} computed.", **said)
    return Finding(Verdict.BAD, "", computed, printed, text)


def adds_up(parts: Sequence[Figure], total: Figure, *, exact: Sequence[Figure] = ()) -> Finding:
    """Whether printed parts add up to a printed total.

    Args:
        parts: The parts as printed.
        total: The total as printed.
        exact: The same parts before they were rounded. Where parts and total are each the exact
            number rounded by itself, a difference is one of rounding.

    Raises:
        DefinitionRefused: there are not as many exact parts as printed ones.
    """
    if exact and len(exact) != len(parts):
        raise DefinitionRefused(
            f"{len(exact)} exact parts of {len(parts)} printed", expected="one for each, or none"
        )
    across = _sum(parts, total)
    said = {"total": total, "sum": across}
    if agrees(across.known, total.known) is Verdict.OK:
        text = say("The parts add up to the {total} printed.", total=total)
        return Finding(Verdict.OK, "", across, total, text)
    whole = _sum(exact, total) if exact else across
    each = [*zip(exact, parts, strict=True), (whole, total)] if exact else []
    if each and all(agrees(one.known, two.known) is not Verdict.BAD for one, two in each):
        text = say(
            "The parts add up to {sum:number} and {total} was printed: each was rounded by "
            "itself, and unrounded they come to {whole:number}.",
            whole=whole,
            **said,
        )
        return Finding(Verdict.BAD, ROUNDING, across, total, text)
    text = say("The parts add up to {sum:number}, but {total} was printed.", **said)
    return Finding(Verdict.BAD, "", across, total, text)


def listed_of(total: Figure, listed: Mapping[str, float], *, what: str = "listed") -> Finding:
    """How many of a total are told apart in a list, and how many are not.

    Args:
        total: The total that was printed.
        listed: How many there are of each kind, in the total's unit.
        what: What was done with those in the list, such as `in process`.

    Returns:
        What the list comes to: OK where it is the total, derived where the list leaves some out,
        BAD where it holds more than there are.
    """
    parts = tuple(_listed(total, kind, number) for kind, number in listed.items())
    across = _sum(parts, total)
    rest = derived(
        (total, across),
        value=abs(total.known - across.known),
        unit=total.unit,
        method=f"total less those {what}",
    )
    if rest.known == 0:
        text = say("All {total} are {what}.", total=total, what=what)
        return Finding(Verdict.OK, "", across, total, text)
    said: dict[str, Value] = {"sum": across, "total": total, "what": what, "rest": rest}
    if across.known > total.known:
        text = say("{sum:number} are {what} of {total}: {rest:number} too many.", **said)
        return Finding(Verdict.BAD, "", across, total, text)
    text = say("{sum:number} of {total} are {what}; {rest:number} are not.", **said)
    return Finding(Verdict.DERIVED, "", across, total, text)


def all_of(total: Figure, listed: Mapping[str, float], *, what: str = "listed") -> Finding:
    """The same count where the document says that it lists all of them: any other sum is BAD.

    Args:
        total: As of `listed_of`.
        listed: As of `listed_of`.
        what: As of `listed_of`.
    """
    found = listed_of(total, listed, what=what)
    return found if found.verdict is Verdict.OK else replace(found, verdict=Verdict.BAD)


def change_named(before: Figure, after: Figure, named: Mapping[str, float]) -> Finding:
    """Whether the people named as coming make up the change between two counts.

    Args:
        before: The count now.
        after: The count when those named have come.
        named: How many come, by how they are named.
    """
    change = derived(
        (after, before),
        value=after.known - before.known,
        unit=after.unit,
        method="count after less count before",
    )
    across = _sum(tuple(_listed(after, kind, many) for kind, many in named.items()), after)
    rest = derived(
        (change, across),
        value=change.known - across.known,
        unit=after.unit,
        method="change less those named",
    )
    said = {"change": change, "sum": across}
    if rest.known == 0:
        text = say("{change} come, and {sum:number} are named.", **said)
        return Finding(Verdict.OK, "", across, change, text)
    text = say(
        "{change} come, but {sum:number} are named: {rest:number} are not explained.",
        rest=rest,
        **said,
    )
    return Finding(Verdict.BAD, "", across, change, text)


def two_populations(rest: Figure, printed: Figure, *, who: str, who_printed: str) -> Finding:
    """Two counts that could only be one if they were of the same people.

    Args:
        rest: What remains of one count.
        printed: What is printed elsewhere for the same.
        who: Who the first are, such as `officers`.
        who_printed: Who the second are, such as `officers and staff`.
    """
    same = agrees(rest.known, printed.known) is not Verdict.BAD
    if who == who_printed:
        return held_against(printed, rest)
    gap = derived(
        (printed,),
        value=abs(printed.known - rest.known),
        unit=printed.unit,
        method="difference of two populations",
    )
    text = say(
        "{rest:number} are {who} and {printed:number} are {other}: two populations"
        + (", and it is chance that they are as many." if same else "; {gap:number} lie between."),
        rest=rest,
        printed=printed,
        who=who,
        other=who_printed,
        **({} if same else {"gap": gap}),
    )
    return Finding(Verdict.BASIS, POPULATION, rest, printed, text)


def base_implied(rate: Figure, count: Figure) -> Finding:
    """The base that a printed rate without one would have, if a count were its numerator.

    Args:
        rate: A printed rate in per cent, above nought.
        count: The count that is taken for its numerator.

    Raises:
        DefinitionRefused: the rate is nought or below.
    """
    if rate.known <= 0:
        raise DefinitionRefused(f"the base of a rate of {rate}", expected="a rate above 0")
    base = derived(
        (count, rate),
        value=100 * count.known / rate.known,
        unit=count.unit,
        method="count over rate",
        measure=f"base of {rate.measure}",
    ).printed(places=1)
    text = say(
        "No base is printed for {rate}: if it is {count:number} of something, it is of "
        "{base:number}.",
        rate=rate,
        count=count,
        base=base,
    )
    return Finding(Verdict.ND, BASE, base, rate, text)


def within_parts(whole: Figure, parts: Sequence[Figure]) -> Finding:
    """A printed share of the whole against the shares of its parts, whose weights are not printed.

    ND where it lies between the least and the most of them, as any weights would have it, else
    BAD.

    Raises:
        DefinitionRefused: there are no parts.
    """
    if not parts:
        raise DefinitionRefused(f"{whole} of no parts", expected="the share of each part")
    ranked = sorted(parts, key=lambda one: one.known)
    rest = derived((whole,), value=100 - whole.known, unit=PERCENT, method="100% less the share")
    said = {"whole": whole, "low": ranked[0], "high": ranked[-1]}
    if not ranked[0].known <= whole.known <= ranked[-1].known:
        text = say("{whole} lies outside {low} to {high}.", **said)
        return Finding(Verdict.BAD, "", rest, whole, text)
    text = say(
        "{whole} lies within {low} to {high}, but how much each part weighs is not printed; it "
        "leaves {rest}.",
        rest=rest,
        **said,
    )
    return Finding(Verdict.ND, "", rest, whole, text)


def part_of(part: Figure, whole: Figure, *, printed: Figure | None = None) -> Finding:
    """A part in per cent of a whole, and what is short of it.

    Args:
        part: The part, in the whole's own unit.
        whole: The whole, above nought.
        printed: The share in per cent that was printed, if one was.

    Raises:
        DefinitionRefused: the whole is nought or below.
    """
    if whole.known <= 0:
        raise DefinitionRefused(f"{part} of {whole}", expected="a whole above 0")
    share = derived(
        (part, whole),
        value=100 * part.known / whole.known,
        unit=PERCENT,
        method="part over whole",
        measure=f"{part.measure} of {whole.measure}",
    )
    short = derived(
        (whole, part),
        value=abs(whole.known - part.known),
        unit=whole.unit,
        method="whole less part",
    )
    text = say(
        "{part:number} of {whole} is {share}, {short:number} "
        + ("short." if part.known <= whole.known else "over."),
        part=part,
        whole=whole,
        share=share,
        short=short,
    )
    if printed is None:
        return Finding(Verdict.DERIVED, "", share, None, text)
    found = held_against(printed, share)
    return replace(found, statement=together((text, found.statement)))


def only_asserted(printed: Figure) -> Finding:
    """A printed number of which nothing else is printed, so that nothing gives it."""
    text = say("{printed} was printed; nothing else gives it.", printed=printed)
    return Finding(Verdict.ND, "", None, printed, text)


def _plainly(computed: Figure) -> Figure:
    """A computed figure printed with as many places as it needs, at most three."""
    places = min(places_of(round(computed.known, 3)), 3)
    return replace(computed, places=places)


def _sum(parts: Sequence[Figure], like: Figure) -> Figure:
    across = sum(one.known for one in parts)
    return replace(
        like,
        value=across,
        method="sum of parts",
        sources=(Source("figures", "sum of parts"),),
        parts=tuple(parts),
        places=min(places_of(round(across, 3)), 3),
    )


def _listed(total: Figure, kind: str, number: float) -> Figure:
    return replace(total, value=number, method=f"listed as {kind}", parts=(), places=None)
