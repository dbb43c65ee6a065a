"""The ways in which printed numbers hang together, each recomputed from the others."""

from __future__ import annotations

from datetime import timedelta
from math import ceil, floor

from regard.core.periods import MONTHS_A_YEAR, Period
from regard.core.quantities import PERCENT, POINTS
from regard.papers.findings import Finding, Given, Relation, Verdict, judged, told
from regard.papers.printed import Rounded
from regard.papers.reckoning import plain

YEAR_DAYS = 365


def _base(given: Given, change: str = "change", count: str = "count") -> Rounded:
    """What a change in per cent that is so many makes the base to be."""
    return given.number(count) / abs(given.part(change))


def _change_implies_base(given: Given) -> Finding:
    count, change = given.number("count"), given.number("change")
    base = _base(given)
    after = base + count if change.value > 0 else base - count
    whole = floor(base.high) >= ceil(base.low)
    return given.found(
        Verdict.OK if whole else Verdict.BAD,
        f"{told(abs(change.value), PERCENT)} is {told(count.value)} of {told(base.value)}, "
        f"which leaves {told(after.value)}",
        base,
        after=after.value,
        after_a_month=after.value / MONTHS_A_YEAR,
    )


def _fall_from_earlier(given: Given) -> Finding:
    base, fewer = _base(given), given.number("fewer")
    earlier = base + fewer
    share = fewer / earlier * 100
    return given.found(
        judged(share, given.printed("printed"), fails=Verdict.BAD),
        f"{told(fewer.value)} fewer than {told(earlier.value)} is {told(share.value, PERCENT)}",
        share,
        PERCENT,
        earlier=earlier.value,
    )


def _average_implies_base(given: Given) -> Finding:
    base, change = _base(given, "of"), given.part("change")
    year = given.number("average") * MONTHS_A_YEAR
    implied = year / (change + 1)
    target = base - given.number("count")
    miss = year - target
    off = implied.value / base.value * 100 - 100
    slack = given.number("slack").value if given.has("slack") else 0.0
    agrees = implied.meets(base)
    within = abs(off) <= slack
    return given.found(
        Verdict.OK if agrees else Verdict.OK_R if within else Verdict.BAD,
        f"twelve months at that average are {told(year.value)}; the change makes the base "
        f"{told(implied.value)}, {told(abs(off), PERCENT)} from {told(base.value)}",
        implied,
        year=year.value,
        change_on_base=year.value / base.value * 100 - 100,
        off=off,
        miss=miss.value,
        miss_percent=miss.value / target.value * 100,
    )


def _change_implies_average(given: Given) -> Finding:
    base = _base(given)
    now = base + given.number("count")
    average = now / (given.number("days").value / YEAR_DAYS * MONTHS_A_YEAR)
    return given.found(
        judged(average, given.printed("average"), fails=Verdict.BAD),
        f"the base is {told(base.value)} and the count {told(now.value)}, "
        f"which is {told(average.value)} a month",
        average,
        base=base.value,
        now=now.value,
    )


def _attribution(given: Given) -> Finding:
    days = given.number("days").value / YEAR_DAYS
    rise = given.part("change") * _base(given, "of") * days
    volume = given.number("rate") * given.number("residents_thousand")
    part_rise = given.part("other_change")
    other = volume * part_rise / (part_rise + 1)
    claimed = given.number("claimed")
    share, other_share = claimed / rise * 100, other / rise * 100
    supported = claimed.value > other.value and share.value > 50
    return given.found(
        Verdict.OK if supported else Verdict.X,
        f"of a rise of {told(rise.value)}, {told(claimed.value)} is {told(share.value, PERCENT, 0)}"
        f" and the other {told(other.value)} is {told(other_share.value, PERCENT, 0)}",
        share,
        PERCENT,
        rise=rise.value,
        other=other.value,
        other_share=other_share.value,
    )


def _step_and_stable(given: Given) -> Finding:
    """The level before a step, which an average after it and a change on the year leave.

    Parts of a month or of a season are taken at their share of the days.
    """
    change = given.printed("change")
    if not (given.has("step") and given.has("average")):
        return given.found(
            Verdict.X,
            f"a change of {change} with a step whose month or new average is not printed: it is "
            "stable only if the average was drawn anew",
        )
    base, now = given.days("base_days"), given.days("now_days")
    step, averaged_to = given.day("step_on"), given.day("averaged_to")
    earlier = Period(base.start, step - timedelta(days=1))
    later = Period(step, now.start - timedelta(days=1))
    of_base = (base.days - earlier.days) / later.days
    of_now = Period(now.start, averaged_to).days / now.days
    average = given.number("average")
    total = average * Period(step, averaged_to).in_months
    since = total - (_base(given) + given.number("count")) * of_now
    level = (_base(given) - since * of_base) / earlier.in_months
    down = given.words("step") == "down"
    plainly = level.value > average.value if down else level.value < average.value
    possibly = level.high > average.low if down else level.low < average.high
    return given.found(
        Verdict.OK if plainly else Verdict.OK_R if possibly else Verdict.BAD,
        f"the year to date compares across the step; as far as rounding tells, the level before "
        f"it lies from {told(level.low)} to {told(level.high)} a month, against "
        f"{told(average.value)} since",
        level,
        "a month",
    )


def _other_part(given: Given) -> Finding:
    whole, part = given.printed("whole"), given.printed("part")
    side = "below" if part.value > whole.value else "above"
    return given.found(
        Verdict.ND,
        f"a part changed by {part} within a whole that changed by {whole}: the other part lies "
        f"{side} {whole}, and how far is not printed",
        whole.number,
        PERCENT,
    )


def _change_over_part_year(given: Given) -> Finding:
    base, change = _base(given, "of"), abs(given.part("change"))
    days = given.number("days").value / YEAR_DAYS
    fall, printed = base * change * days, given.printed("printed")
    low, high = (end * change.value * days for end in (base.low, base.high))
    return given.found(
        judged(fall, printed, fails=Verdict.BAD),
        f"{told(change.value * 100, PERCENT)} of a base of {told(base.value)} over "
        f"{told(given.number('days').value)} days is {told(fall.value)}, and {told(low)} to "
        f"{told(high)} as the base was rounded; {printed} was printed",
        fall,
        base_rounded_low=low,
        base_rounded_high=high,
        on_full_year=base.value * change.value,
        base_needed=given.number("target").value / change.value,
    )


def _shares_imply_rise(given: Given) -> Finding:
    before = _base(given)
    now = before + given.number("count")
    part_before, part_now = before * given.part("share_before"), now * given.part("share_now")
    rise, printed = part_now - part_before, given.printed("printed")
    total = given.number("count").value
    beyond = f", more than the whole rise of {told(total)}" if rise.value > total else ""
    return given.found(
        judged(rise, printed, fails=Verdict.X),
        f"the shares make it {told(part_before.value)} and {told(part_now.value)}, a rise of "
        f"{told(rise.value)}{beyond}; {told(printed.value)} was printed",
        rise,
        before=part_before.value,
        now=part_now.value,
        whole_rise=total,
    )


def _share_of(given: Given) -> Finding:
    part, whole, printed = given.number("part"), given.number("whole"), given.printed("printed")
    share, needed = part / whole * 100, part / (printed.number / 100)
    return given.found(
        judged(share, printed, fails=Verdict.BAD),
        f"{told(part.value)} of {told(whole.value)} is {told(share.value, PERCENT)}; "
        f"{told(printed.value, PERCENT, 0)} needs a whole of {told(needed.value)}",
        share,
        PERCENT,
        whole_needed=needed.value,
    )


def _rates_and_volumes(given: Given) -> Finding:
    before = _base(given)
    now = before + given.number("count")
    volume_before = before * given.part("share_before")
    volume_now = now * given.part("share_now")
    more = volume_now - volume_before
    return given.found(
        Verdict.OK if more.value > 0 else Verdict.BAD,
        f"{told(volume_now.value)} against {told(volume_before.value)}: the rate fell and the "
        f"volume {'rose' if more.value > 0 else 'fell'} by {told(abs(more.value))}",
        more,
        now=volume_now.value,
        before=volume_before.value,
    )


def _rest_of_whole(given: Given) -> Finding:
    share = given.part("share")
    whole, part = given.part("whole_change") + 1, given.part("part_change") + 1
    before, part_before = Rounded.exact(1) / whole, share / part
    rest = ((Rounded.exact(1) - share) / (before - part_before) - 1) * 100
    part_rise, whole_rise = share - part_before, Rounded.exact(1) - before
    return given.found(
        Verdict.OK if rest.value > -100 else Verdict.BAD,
        f"the part rose by {told(part_rise.value * 100, PERCENT)} of the whole and the whole by "
        f"{told(whole_rise.value * 100, PERCENT)}, so the rest changed by "
        f"{told(rest.value, PERCENT)}",
        rest,
        PERCENT,
        part_rise=part_rise.value,
        whole_rise=whole_rise.value,
    )


def _difference(given: Given) -> Finding:
    gap, meant = given.number("one") - given.number("other"), given.printed("means")
    unit = given.words("unit") if given.has("unit") else POINTS
    return given.found(
        judged(gap, meant, fails=Verdict.BAD),
        f"{told(given.number('one').value, PERCENT)} is {told(abs(gap.value), unit)} "
        f"{'below' if gap.value < 0 else 'above'} {told(given.number('other').value, PERCENT)}: "
        f"{meant.words}",
        gap,
        unit,
    )


def _rate_against_average(given: Given) -> Finding:
    rate, average = given.number("rate"), given.number("average")
    off = (rate / average - 1) * 100
    volume = rate * given.number("residents_thousand")
    whole = volume / given.part("share")
    return given.found(
        judged(off, given.printed("means"), fails=Verdict.BAD),
        f"{told(rate.value, '', 1)} is {told(abs(off.value), PERCENT)} "
        f"{'below' if off.value < 0 else 'above'} {told(average.value, '', 1)}; the rate makes "
        f"{told(volume.value)}, and the whole {told(whole.value)}",
        off,
        PERCENT,
        volume=volume.value,
        whole=whole.value,
    )


def _same_value(given: Given) -> Finding:
    one, other = given.printed("one"), given.printed("other")
    short = given.number("target") - one.number
    same = one.value == other.value
    return given.found(
        Verdict.X if same else Verdict.OK,
        f"{one} is printed for {given.words('first')} and for {given.words('second')}; "
        f"it is {told(short.value, POINTS)} short of {told(given.number('target').value, PERCENT)}",
        one.number,
        PERCENT,
        short=short.value,
    )


def _division(given: Given) -> Finding:
    each = given.number("number") / given.number("by")
    more = given.number("number") / given.number("or_by")
    return given.found(
        Verdict.DERIVED,
        f"{told(given.number('number').value)} is {told(each.value)} {given.words('each')} and "
        f"{told(more.value)} {given.words('or_each')}",
        each,
        other=more.value,
    )


def _sum(given: Given) -> Finding:
    parts = given.numbers("parts")
    total = sum(parts, start=Rounded.exact(0))
    verdict = Verdict.OK
    if given.has("printed"):
        verdict = judged(total, given.printed("printed"), fails=Verdict.BAD)
    said = f"{' and '.join(plain(one) for one in parts)} are {plain(total)}"
    if verdict is Verdict.BAD:
        said += f"; {given.printed('printed')} was printed"
    return given.found(verdict, said, total)


def _same_throughout(given: Given) -> Finding:
    numbers = given.numbers("numbers")
    same = len({one.value for one in numbers}) == 1
    return given.found(
        Verdict.OK if same else Verdict.X,
        f"printed {len(numbers)} times: {', '.join(told(one.value) for one in numbers)}",
        numbers[0],
    )


OF_NUMBERS = (
    Relation("change-implies-base", "A change in per cent that is so many makes the base.",
             ("change", "count"), (), _change_implies_base),
    Relation("fall-from-earlier", "So many fewer than an earlier year is that share of it.",
             ("change", "count", "fewer", "printed"), (), _fall_from_earlier),
    Relation("average-implies-base", "Twelve months at the average, less the change, are the base.",
             ("average", "change", "of", "count"), ("slack", "slack_because"),
             _average_implies_base),
    Relation("change-implies-average", "A change that is so many makes the monthly average.",
             ("change", "count", "days", "average"), (), _change_implies_average),
    Relation("attribution", "What is named as the cause is the larger part of the rise.",
             ("change", "of", "count", "days", "claimed", "rate", "residents_thousand",
              "other_change"), (), _attribution),
    Relation("step-and-stable", "A dated step and a new average allow the change on the year.",
             ("change",), ("step", "step_on", "average", "averaged_to", "count", "base_days",
                           "now_days"),
             _step_and_stable),
    Relation("other-part", "One part and the whole bound the other part.",
             ("whole", "part"), (), _other_part),
    Relation("change-over-part-year", "A change on a base over part of a year is so many.",
             ("change", "of", "count", "days", "printed", "target"), (), _change_over_part_year),
    Relation("shares-imply-rise", "Two shares of two totals make the printed rise.",
             ("change", "count", "share_before", "share_now", "printed"), (), _shares_imply_rise),
    Relation("share-of", "A part of a whole is the printed share.",
             ("part", "whole", "printed"), (), _share_of),
    Relation("rates-and-volumes", "A rate may fall while its volume rises.",
             ("change", "count", "share_before", "share_now"), (), _rates_and_volumes),
    Relation("rest-of-a-whole", "A part and the whole say how the rest changed.",
             ("share", "part_change", "whole_change"), (), _rest_of_whole),
    Relation("difference", "Two numbers differ by what the words mean.",
             ("one", "other", "means"), ("unit",), _difference),
    Relation("rate-against-average", "A rate against an average, and the volume that it makes.",
             ("rate", "average", "means", "residents_thousand", "share"), (),
             _rate_against_average),
    Relation("same-value-two-measures", "One number is printed for two measures.",
             ("one", "other", "first", "second", "target"), (), _same_value),
    Relation("division", "A number divided; nothing printed to compare with.",
             ("number", "by", "each", "or_by", "or_each"), (), _division),
    Relation("sum", "Parts add up.", ("parts",), ("printed",), _sum),
    Relation("same-throughout", "One number is the same wherever it is printed.",
             ("numbers",), (), _same_throughout),
)  # fmt: skip
