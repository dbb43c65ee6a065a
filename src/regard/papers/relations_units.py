"""How public order units hang together: shares of a region, rules of training, mobilisation."""

from __future__ import annotations

from math import floor, prod

from regard.core.errors import DefinitionRefused
from regard.core.quantities import PERCENT
from regard.papers.findings import Finding, Given, Relation, Verdict, judged, told
from regard.papers.printed import Rounded
from regard.papers.reckoning import fits_said, implied_whole, joined, plain, several


def _product(given: Given) -> Finding:
    factors = given.numbers("factors")
    made = prod(factors, start=Rounded.exact(1))
    return given.found(
        judged(made, given.printed("printed"), fails=Verdict.BAD),
        f"{' times '.join(plain(one) for one in factors)} is {plain(made)}; "
        f"{given.printed('printed')} was printed",
        made,
    )


def _implied_factor(given: Given) -> Finding:
    """The factor that the printed product needs, against the usual one."""
    known = prod(given.numbers("factors"), start=Rounded.exact(1))
    factor, usual = given.number("printed") / known, given.number("usual")
    others = {plain(one): (known * one).value for one in (usual, *_others(given))}
    whole = factor.value == floor(factor.value)
    basis = Verdict.OK if factor.value == usual.value else Verdict.BASIS
    instead = "; ".join(f"{made} at {one}" for one, made in _said(others).items())
    return given.found(
        basis if whole else Verdict.BAD,
        f"{given.printed('printed')} holds only at {plain(factor)} each, where {plain(usual)} are "
        f"usual; it would be {instead}",
        factor,
        "",
        **{f"at_{one}": made for one, made in others.items()},
    )


def _others(given: Given) -> tuple[Rounded, ...]:
    return given.numbers("others") if given.has("others") else ()


def _said(numbers: dict[str, float]) -> dict[str, str]:
    return {name: plain(number) for name, number in numbers.items()}


def _share_implies_whole(given: Given) -> Finding:
    part, share = given.number("part"), given.printed("share")
    whole, fits = implied_whole(part, given.part("share"))
    exact = whole.low == whole.high
    one = (Verdict.OK if exact else Verdict.OK_R) if len(fits) == 1 else Verdict.ND
    first = fits[0] if fits else whole.value
    return given.found(
        one if fits else Verdict.BAD,
        f"{plain(part)} is {share} of {fits_said(fits)}: "
        f"{told(part.value / first * 100, PERCENT)} of {plain(first)}",
        Rounded(first, whole.low, whole.high),
        share=part.value / first * 100,
        at_the_share=whole.value,
    )


def _which_base(given: Given) -> Finding:
    """Whether a product stands on the base that the words name, or on a part of it."""
    factor = prod(given.numbers("factors"), start=Rounded.exact(1))
    part, printed = given.number("part"), given.printed("printed")
    _, fits = implied_whole(part, given.part("share"))
    if len(fits) != 1:
        return given.found(Verdict.ND, f"{plain(part)} is that share of {fits_said(fits)}")
    on_named, on_part = factor * fits[0], factor * part
    other = Verdict.BASIS if printed.prints(on_part.value) else Verdict.BAD
    return given.found(
        Verdict.OK if printed.prints(on_named.value) else other,
        f"{plain(fits[0])}, {given.words('named')}, would make {plain(on_named)}; {printed} is "
        f"{plain(factor)} times {plain(part)}, {given.words('used')}",
        on_named,
        on_part=on_part.value,
    )


def _against_rule(given: Given) -> Finding:
    """People trained against so many times the people in the units promised."""
    trained, units, times = (given.number(name) for name in ("trained", "units", "times"))
    also, says = {}, []
    for name in ("each", "or_each"):
        if given.has(name):
            needed = units * given.number(name)
            also[f"{name}_times"] = (trained / needed).value
            also[f"{name}_needed"] = (needed * times).value
            says.append(
                f"at {plain(given.number(name))} a unit {told((trained / needed).value, '', 2)} "
                f"times, where {plain(times)} times are {plain(needed * times)}"
            )
    a_unit = trained / units
    enough = trained.high >= (units * given.number("each") * times).low
    return given.found(
        Verdict.OK if enough else Verdict.X,
        f"{told(a_unit.value, '', 1)} for each of {plain(units)} units: {'; '.join(says)}",
        a_unit,
        "",
        **also,
    )


def _beyond_commitment(given: Given) -> Finding:
    sent, promised, days = (given.number(name) for name in ("sent", "promised", "days"))
    unit_days = sent * days
    over = sent - promised
    return given.found(
        Verdict.X if over.low > 0 else Verdict.OK,
        f"{plain(sent)} sent at once are {plain(over)} more than the {plain(promised)} promised, "
        f"{plain(unit_days)} unit days; spread over {plain(days)} days they would be "
        f"{told((sent / days).value, '', 1)} a day",
        over,
        unit_days=unit_days.value,
        officer_days=(unit_days * given.number("each")).value,
        a_day=(sent / days).value,
    )


def _stock_for_units(given: Given) -> Finding:
    stock, each, units = (given.number(name) for name in ("stock", "each", "units"))
    carried, needed = floor((stock / each).value), units * each
    return given.found(
        Verdict.DERIVED,
        f"{plain(stock)} at {plain(each)} a unit are enough for {carried} units; {plain(units)} "
        f"need {plain(needed)}",
        Rounded.exact(carried),
        needed=needed.value,
    )


def _steps_of_whole(given: Given) -> Finding:
    whole, steps = given.number("whole"), several(given, "steps")
    made = [whole * one / 100 for one in steps]
    ordered = all(one.value < other.value for one, other in zip(steps, steps[1:], strict=False))
    broken = [told(one.value, PERCENT) for one, part in zip(steps, made, strict=True)
              if part.value != floor(part.value)]  # fmt: skip
    rule = f"; a rule for rounding is needed at {', '.join(broken)}" if broken else ""
    return given.found(
        Verdict.OK if ordered and made[-1].meets(whole) else Verdict.BAD,
        f"the steps of {plain(whole)} are {joined(made)}{rule}",
        made[-1],
        "",
        **{f"at_{plain(one)}": part.value for one, part in zip(steps, made, strict=True)},
    )


def _growth_a_year(given: Given) -> Finding:
    factor, years = given.part("change") + 1, given.number("years").value
    if factor.value < 0 or years <= 0:
        raise DefinitionRefused(
            f"{given.place}: {plain(factor.value)} times over {plain(years)} years is no growth",
            expected="a change of −100% or more, over more than no time",
        )
    a_year = (factor.value ** (1 / years) - 1) * 100
    return given.found(
        Verdict.DERIVED,
        f"{told(factor.value, 'times', 2)} over {plain(years)} years is "
        f"{told(a_year, PERCENT)} a year",
        factor,
        a_year=a_year,
    )


OF_UNITS = (
    Relation("product", "Numbers multiplied are the printed one.",
             ("factors", "printed"), (), _product),
    Relation("implied-factor", "A printed product needs the usual factor.",
             ("printed", "factors", "usual"), ("others",), _implied_factor),
    Relation("share-implies-whole", "A part that is a share makes the whole.",
             ("part", "share"), (), _share_implies_whole),
    Relation("which-base", "A product stands on the base that its words name.",
             ("printed", "factors", "part", "share", "named", "used"), (), _which_base),
    Relation("against-rule", "As many are trained as the rule asks for.",
             ("trained", "units", "times", "each"), ("or_each",), _against_rule),
    Relation("beyond-commitment", "No more units are sent than promised.",
             ("sent", "promised", "days", "each"), (), _beyond_commitment),
    Relation("stock-for-units", "A stock shared out by units; nothing printed to compare with.",
             ("stock", "each", "units"), (), _stock_for_units),
    Relation("steps-of-a-whole", "Steps in per cent of a whole rise to all of it.",
             ("whole", "steps"), (), _steps_of_whole),
    Relation("growth-a-year", "Growth over years as growth a year; nothing printed to compare.",
             ("change", "years"), (), _growth_a_year),
)  # fmt: skip
