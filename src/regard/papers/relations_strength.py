"""How establishment, strength and vacancies hang together, in a sentence and in a table."""

from __future__ import annotations

from regard.core.quantities import PERCENT, rounded
from regard.papers.findings import Finding, Given, Relation, Verdict, judged, told
from regard.papers.printed import Rounded
from regard.papers.reckoning import NOUGHT, fits_said, implied_whole, joined, plain, several


def _subtraction(given: Given) -> Finding:
    whole, less = given.number("of"), given.numbers("less")
    taken = sum(less, start=NOUGHT)
    rest = whole - taken
    says = f"{plain(whole)} less {joined(less)} is {plain(rest)}"
    verdict = Verdict.DERIVED
    if given.has("printed"):
        verdict = judged(rest, given.printed("printed"), fails=Verdict.BAD)
        says += f"; {given.printed('printed')} was printed" if verdict is Verdict.BAD else ""
    elif given.has("items"):
        others = len(given.items())
        verdict = Verdict.OK if rest.high >= others else Verdict.BAD
        says += f", for {others} others"
    return given.found(verdict, says, rest, less=taken.value)


def _rows_differ(given: Given) -> Finding:
    """One row of a table less another, column by column and in the totals."""
    of = several(given, "of")
    less = several(given, "less", count=len(of))
    columns = [one - other for one, other in zip(of, less, strict=True)]
    of_total, less_total = several(given, "totals", count=2)
    total, across = of_total - less_total, sum(columns, start=NOUGHT)
    printed = several(given, "columns", count=len(of)) if given.has("columns") else tuple(columns)
    agrees = (
        all(one.meets(other) for one, other in zip(columns, printed, strict=True))
        and total.meets(across)
        and (not given.has("printed") or across.meets(given.number("printed")))
    )
    over = sum((one.value for one in columns if one.value < 0), start=0.0)
    gross = f" net, {plain(across.value - over)} gross of those over" if over else ""
    return given.found(
        Verdict.OK if agrees else Verdict.BAD,
        f"by column {joined(columns)}, together {plain(across)}{gross}; "
        f"the totals differ by {plain(total)}",
        across,
        gross=across.value - over,
    )


def _share_of_columns(given: Given) -> Finding:
    """A share of each column, rounded by itself, against the share of the total, rounded.

    With the strength held in each column, the row is of what is held beyond that share.
    """
    share, bases, total = given.part("share"), several(given, "bases"), given.number("total")
    printed = several(given, "columns", count=len(bases))
    exact = [share * one for one in bases]
    if given.has("held"):
        held = several(given, "held", count=len(bases))
        exact = [one - part for one, part in zip(held, exact, strict=True)]
    whole, across = sum(exact, start=NOUGHT), sum(printed, start=NOUGHT)
    rounds = [rounded(one.value, 0) for one in (*exact, whole)]
    by_itself = rounds == [rounded(one.value, 0) for one in (*printed, total)]
    adds_up = across.value == total.value
    as_is = plain(whole) == plain(across)
    verdict = Verdict.OK_R if by_itself and not as_is else Verdict.OK
    why = "each was rounded by itself" if by_itself else "rounding does not explain it"
    return given.found(
        verdict if adds_up and by_itself else Verdict.BAD,
        f"the columns add up to {plain(across)} and {plain(total)} is printed; unrounded they are "
        f"{joined(exact)}, together {plain(whole)}: {why}",
        across,
        unrounded=whole.value,
        by_itself=float(by_itself),
    )


def _count_on_two_bases(given: Given) -> Finding:
    """One word, two numbers, each less the same from a base of its own."""
    less, base, other_base = (given.number(name) for name in ("less", "base", "other_base"))
    printed, elsewhere = given.number("printed"), given.number("elsewhere")
    gap, own = printed - elsewhere, base - other_base
    each = (base - less).meets(printed) and (other_base - less).meets(elsewhere)
    verdict = Verdict.BASIS if each else Verdict.BAD
    return given.found(
        Verdict.OK if printed.meets(elsewhere) else verdict,
        f"{plain(base)} less {plain(less)} is {plain(base - less)} and {plain(other_base)} less "
        f"{plain(less)} is {plain(other_base - less)}: {plain(printed)} and {plain(elsewhere)} "
        f"lie {plain(gap)} apart, their bases {plain(own)}",
        gap,
        bases_apart=own.value,
    )


def _two_populations(given: Given) -> Finding:
    parts = sum(given.numbers("parts"), start=NOUGHT)
    rest, other = given.number("whole") - parts, given.number("elsewhere")
    who, who_elsewhere = given.words("counted"), given.words("counted_elsewhere")
    same = Verdict.OK if rest.meets(other) else Verdict.BAD
    return given.found(
        same if who == who_elsewhere else Verdict.BASIS,
        f"{plain(parts)} of {plain(given.number('whole'))} leave {plain(rest)} {who}; "
        f"{plain(other)} {who_elsewhere} are printed, {plain(other - rest)} more",
        rest,
        more=(other - rest).value,
    )


def _parts_make_change(given: Given) -> Finding:
    change = given.number("after") - given.number("before")
    parts = sum(given.numbers("parts"), start=NOUGHT)
    rest = change - parts
    others = sum(given.numbers("others"), start=NOUGHT) if given.has("others") else NOUGHT
    return given.found(
        Verdict.OK if change.meets(parts) else Verdict.BAD,
        f"from {plain(given.number('before'))} to {plain(given.number('after'))} are "
        f"{plain(change)}; {plain(parts)} are named, {plain(rest)} unexplained",
        parts,
        change=change.value,
        unexplained=rest.value,
        with_others=(parts + others).value,
    )


def _share_gives(given: Given) -> Finding:
    share, whole = given.part("share"), given.number("whole")
    part = share * whole
    says = f"{told(share.value * 100, PERCENT)} of {plain(whole)} is {plain(part)}"
    also = {"rest": (whole - part).value}
    if given.has("not_of"):
        other = share * given.number("not_of")
        says += f", of {plain(given.number('not_of'))} it would be {told(other.value, '', 2)}"
        also["of_other"] = other.value
    if not given.has("printed"):
        verdict = Verdict.OK if 0 <= share.value <= 1 else Verdict.BAD
        return given.found(verdict, f"{says}, {plain(whole - part)} short of it", part, "", **also)
    printed = given.printed("printed")
    verdict = judged(part, printed, fails=Verdict.BAD)
    if verdict is Verdict.OK and plain(part) != plain(printed.value):
        verdict = Verdict.OK_R
    return given.found(verdict, f"{says}; {printed} was printed", part, "", **also)


def _part_within(given: Given) -> Finding:
    part, whole = given.number("part"), given.number("whole")
    share, rest = part / whole * 100, (whole - part).value
    within = share.low >= 0 and share.high <= 100
    return given.found(
        Verdict.OK if within else Verdict.BAD,
        f"{plain(part)} of {plain(whole)} is {told(share.value, PERCENT)}, {plain(abs(rest))} "
        f"{'short' if rest >= 0 else 'over'}",
        share,
        PERCENT,
        rest=rest,
    )


def _ratio(given: Given) -> Finding:
    part, whole = given.number("part"), given.number("whole")
    share, rest = part / whole * 100, (whole - part).value
    return given.found(
        Verdict.DERIVED,
        f"{plain(part)} of {plain(whole)} is {told(share.value, PERCENT)}, which leaves "
        f"{plain(rest)}, {told(100 - share.value, PERCENT)}",
        share,
        PERCENT,
        rest=rest,
        rest_share=100 - share.value,
    )


def _rate_without_base(given: Given) -> Finding:
    rate, count = given.printed("rate"), given.number("if_count")
    base, fits = implied_whole(count, given.part("rate"))
    return given.found(
        Verdict.ND,
        f"no base is printed; if {plain(count)} are {rate}, it is {plain(base)}, and "
        f"{fits_said(fits)} would do",
        base,
        fits=float(len(fits)),
        first_fit=float(fits[0]) if fits else 0.0,
    )


def _between_parts(given: Given) -> Finding:
    whole, parts = given.number("whole"), several(given, "parts")
    low, high = min(one.low for one in parts), max(one.high for one in parts)
    lacking = Rounded.exact(100) - whole
    within = low <= whole.high and whole.low <= high
    return given.found(
        Verdict.ND if within else Verdict.BAD,
        f"{told(whole.value, PERCENT)} lies {'within' if within else 'outside'} "
        f"{told(low, PERCENT)} to {told(high, PERCENT)}; how much each part weighs is not printed",
        lacking,
        PERCENT,
    )


OF_STRENGTH = (
    Relation("subtraction", "A number less others is the printed one, or leaves what it leaves.",
             ("of", "less"), ("printed", "items", "listing"), _subtraction),
    Relation("rows-differ", "A row of a table is one row less another, with its total.",
             ("of", "less", "totals"), ("columns", "printed"), _rows_differ),
    Relation("share-of-columns", "Rounded shares of the columns add up to that of the total.",
             ("share", "bases", "columns", "total"), ("held",), _share_of_columns),
    Relation("count-on-two-bases", "One word has one number, or two with a base each.",
             ("printed", "base", "elsewhere", "other_base", "less"), (), _count_on_two_bases),
    Relation("two-populations", "What is left of a whole is what is printed of the same people.",
             ("whole", "parts", "counted", "elsewhere", "counted_elsewhere"), (),
             _two_populations),
    Relation("parts-make-change", "Those named make the change from before to after.",
             ("before", "after", "parts"), ("others",), _parts_make_change),
    Relation("share-gives", "A share of a whole is the printed number.",
             ("share", "whole"), ("printed", "not_of"), _share_gives),
    Relation("part-within", "A part is no more than its whole.",
             ("part", "whole"), (), _part_within),
    Relation("ratio", "A part as a share; nothing printed to compare with.",
             ("part", "whole"), (), _ratio),
    Relation("rate-without-base", "A rate of which the base is not printed.",
             ("rate", "if_count"), (), _rate_without_base),
    Relation("between-parts", "A share of the whole lies among those of its parts.",
             ("whole", "parts"), (), _between_parts),
)  # fmt: skip
