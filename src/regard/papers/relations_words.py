"""The ways in which a paper's words, lists and dates hang together."""

from __future__ import annotations

from datetime import timedelta

from regard.core.periods import Period, day_said
from regard.core.quantities import PERCENT, POINTS
from regard.papers.findings import Finding, Given, Relation, Verdict, told
from regard.papers.listed import leads, passage, repeated
from regard.papers.printed import Rounded
from regard.papers.reckoning import several


def _counted(given: Given) -> Finding:
    items = (*given.items(), *(given.items("extra") if given.has("extra") else ()))
    printed = given.printed("printed")
    found = len(items)
    said = f"{told(printed.value)} announced, {found} listed"
    verdict = Verdict.OK if printed.prints(found) else Verdict.BAD
    if not given.has("otherwise"):
        return given.found(verdict, said, Rounded.exact(found))
    other = given.number("otherwise").value
    said = f"{said}; {told(other)} {given.words('otherwise_because')}"
    return given.found(verdict, said, Rounded.exact(found), otherwise=other)


def _listed_and_lifted(given: Given) -> Finding:
    items, lifted = given.items(), given.words("lifted")
    return given.found(
        Verdict.X if lifted in items else Verdict.OK,
        f"{lifted} is among the {len(items)} named and said to have left them"
        if lifted in items
        else f"{lifted} is not among those named",
    )


def _asserted(given: Given) -> Finding:
    because = given.words("because")
    if given.has("percent_higher"):
        factor = given.part("percent_higher") + 1
        said = f"asserted as {told(factor.value, 'times', 2)} what it was; {because}"
        return given.found(Verdict.ND, said, factor)
    if given.has("if_apart"):
        total = sum(given.numbers("if_apart"), start=Rounded.exact(0))
        said = f"asserted; {told(total.value)} if the parts lie apart; {because}"
        return given.found(Verdict.ND, said, total)
    if given.has("so_many_of"):
        part, whole = several(given, "so_many_of", count=2)
        share = part / whole * 100
        said = f"asserted, {told(share.value, PERCENT)}; {because}"
        return given.found(Verdict.ND, said, share, PERCENT)
    return given.found(Verdict.ND, f"asserted; {because}")


def _wider_base(given: Given) -> Finding:
    one, other = given.words("since"), given.words("since_elsewhere")
    return given.found(
        Verdict.OK if one == other else Verdict.BAD,
        f"ranked “{one}” in one place and “{other}” in another"
        + ("" if one == other else f": “{one}” is overstated"),
    )


def _dated_outside(given: Given) -> Finding:
    day, year = given.day("on"), given.days("within")
    return given.found(
        Verdict.OK if day in year else Verdict.X,
        f"{day:%B %Y} lies {'in' if day in year else 'outside'} {year}",
    )


def _moved(given: Given) -> Finding:
    value, base, target = given.number("value"), given.number("base"), given.number("target")
    gap, moved = target - value, value - base
    return given.found(
        Verdict.OK if given.printed("base").prints(value.value) else Verdict.X,
        f"{told(gap.value, POINTS)} short of {told(target.value, PERCENT, 0)}, and "
        f"{told(moved.value, POINTS)} against the {told(base.value, PERCENT, 0)} of the earlier "
        "paper",
        gap,
        POINTS,
        moved=moved.value,
    )


def _as_at_differs(given: Given) -> Finding:
    day, elsewhere = given.day("on"), given.day("elsewhere")
    gap = given.number("actual") - given.number("target")
    return given.found(
        Verdict.OK if day == elsewhere else Verdict.X,
        f"at {day_said(day)}, the rest at {day_said(elsewhere)}; {told(gap.value, POINTS, 0)} from "
        "the target",
        gap,
        POINTS,
    )


def _lag(given: Given) -> Finding:
    incidents, said = given.days("incidents"), given.days("said")
    lag = timedelta(weeks=given.number("weeks").value)
    asked = Period(incidents.start + lag, incidents.end + lag)
    inside = said.start <= asked.start and asked.end <= said.end
    covered = asked.start <= said.start and said.end <= asked.end
    return given.found(
        Verdict.OK if inside or covered else Verdict.X,
        f"incidents of {incidents} are asked about from {asked}, not {said}",
    )


def _run_rule(given: Given) -> Finding:
    run, rule = given.number("run"), given.number("rule")
    enough = run.value >= rule.value
    return given.found(
        Verdict.OK if enough else Verdict.BAD,
        f"{told(run.value)} months on one side, where {told(rule.value)} make a shift",
        run,
        "months",
    )


def _repeated(given: Given) -> Finding:
    titles = repeated(leads(given.text)) if given.text is not None else given.items()
    return given.found(
        Verdict.X if titles else Verdict.OK,
        f"{len(titles)} printed more than once: {'; '.join(titles)}",
        Rounded.exact(len(titles)),
    )


def _missing(given: Given) -> Finding:
    if given.text is not None and given.has("announced"):
        held = passage(given.text, given.words("announced"), given.words("next"))
        if any(line.strip().rstrip(".").isalpha() for line in held.splitlines()):
            return given.found(Verdict.OK, f"{given.words('what')} stands in the text")
    return given.found(Verdict.GAP, f"{given.words('what')} is missing from the text")


def _lead_lines(given: Given) -> Finding:
    """How often each deliverable is reported, and how many have nothing to say here."""
    if given.text is not None:
        held = leads(given.text)
        quarterly = [one.title for one in held if one.cadence == "quarterly"]
        half_yearly = [one.title for one in held if one.cadence == "6 monthly"]
        to_come = [one.title for one in held if one.to_come]
    else:
        quarterly, half_yearly, to_come = (
            list(given.items(name)) for name in ("quarterly", "half_yearly", "to_come")
        )
    return given.found(
        Verdict.DERIVED,
        f"{len(quarterly)} lead lines are marked quarterly ({len(set(quarterly))} unique), "
        f"{len(half_yearly)} 6-monthly; {len(to_come)} entries ({len(set(to_come))} unique) are "
        "still to be reported",
        Rounded.exact(len(set(to_come))),
        quarterly=len(quarterly),
        quarterly_unique=len(set(quarterly)),
        half_yearly=len(half_yearly),
        to_come=len(to_come),
    )


def _two_bases(given: Given) -> Finding:
    compared, called = given.words("compared"), given.words("called")
    return given.found(
        Verdict.OK if compared == called else Verdict.BASIS,
        f"a {compared} is compared and called a {called}",
    )


OF_WORDS = (
    Relation("counted", "As many items are listed as announced.",
             ("printed", "items"), ("listing", "extra", "otherwise", "otherwise_because"),
             _counted),
    Relation("listed-and-lifted", "Nothing is named among those that it is said to have left.",
             ("items", "lifted"), (), _listed_and_lifted),
    Relation("asserted", "Nothing printed lets it be derived.",
             ("because",), ("percent_higher", "if_apart", "so_many_of"), _asserted),
    Relation("wider-base", "A rank is given on the same base wherever it is printed.",
             ("since", "since_elsewhere"), (), _wider_base),
    Relation("dated-outside", "A date lies in the period that it reports on.",
             ("on", "within"), (), _dated_outside),
    Relation("moved", "A value stands where an earlier paper left it.",
             ("value", "target", "base"), (), _moved),
    Relation("as-at-differs", "A figure is at the day of the rest of the paper.",
             ("on", "elsewhere", "actual", "target"), (), _as_at_differs),
    Relation("lag", "Answers come as long after the incidents as the method says.",
             ("incidents", "weeks", "said"), (), _lag),
    Relation("run-rule", "A run is long enough for the rule that calls it a shift.",
             ("run", "rule"), (), _run_rule),
    Relation("repeated", "Nothing is printed twice.", ("items",), (), _repeated),
    Relation("missing", "What is announced stands in the text.",
             ("what",), ("announced", "next"), _missing),
    Relation("lead-lines", "How often deliverables are reported; nothing printed to compare with.",
             ("quarterly", "half_yearly", "to_come"), (), _lead_lines),
    Relation("two-bases", "What is compared is what it is called.",
             ("compared", "called"), (), _two_bases),
)  # fmt: skip
