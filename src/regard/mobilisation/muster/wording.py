"""What a muster and a deployment say to a board, in sentences of a closed set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from regard.core.markings import OFFICIAL
from regard.core.quantities import Range
from regard.core.statements import Statement, Value
from regard.mobilisation.muster.about import About
from regard.mobilisation.muster.duties import Cost
from regard.mobilisation.muster.supply import HIGH, LOW, METHOD, Supply
from regard.mobilisation.muster.sustaining import Longest, RestRules
from regard.mobilisation.muster.thresholds import ROUNDING_SAID, UP, Binding, Met

TEMPLATES = {
    "generated": "These numbers were generated to show the method: they are no force's own.",
    "paper": "On paper {scope} can make {paper} of make-up {make_up}.",
    "raised": (
        "Within {hour} of the call {raised} would stand ready ({raised:level} range {low} to "
        "{high})."
    ),
    "out of date": "Left out because training is not in date: {people}.",
    "met": (
        "The test of {share} of the commitment within {hour} asks for {needed}, and is met in "
        "{chance} of draws ({chance:level} range {chance:range} from drawing alone)."
    ),
    "when": "Half of the draws have raised them within {hour}.",
    "when, late": "Half of the draws have raised them within {hour}, nine in ten within {late}.",
    "not within": "Fewer than half of the draws raise them within {hours}.",
    "rounding": "Of a share that is no whole number of PSUs, {rule}.",
    "binds": "By then {role} numbers stand in the way in {share} of draws.",
    "one more": (
        "{people} more in the role of {role}, and nothing else, would add a PSU to the median."
    ),
    "on average": "One more {role} would add {gain} on average.",
    "no more": "More in the role of {role} alone would not add a PSU to the median.",
    "longest": "{psus} can be kept on the ground for {days}, of {raised} raised; {limit} ends it.",
    "no end": (
        "{psus} can be kept on the ground, of {raised} raised, with no end set by the rules given."
    ),
    "none": "{psus} cannot be kept on the ground of {raised} raised.",
    "secondment": "Beyond {weeks} it would normally be a secondment and no longer a mobilisation.",
    "sustained": "By {rule}, {psus} of {raised} raised can be kept on the ground.",
    "cost": (
        "It takes {duties} of one person each and {rest} that are cancelled, {short} of them at "
        "too short notice."
    ),
}  # fmt: skip


def about(supply: Supply, as_at: date) -> About:
    """What the figures of a supply are about, at the day to which its inputs are true."""
    return About(supply.roll.force, as_at, METHOD, supply.digest, supply.roll.generated)


def supply_said(supply: Supply, hours: Sequence[int], as_at: date) -> tuple[Statement, ...]:
    """What a muster says: capacity on paper, then PSUs raised by each of some hours."""
    told = about(supply, as_at)
    said = [_said("generated")] if supply.roll.generated else []
    paper = told.figure(supply.paper, "PSUs", "PSUs on paper")
    name = supply.make_up.name
    said.append(_said("paper", scope=supply.roll.force, paper=paper, make_up=name))
    for hour in hours:
        band = supply.band(hour)
        span = Range(band.low, band.high, HIGH - LOW)
        raised = told.figure(band.median, "PSUs", "PSUs raised", interval=span)
        ends = [told.figure(one, "", "PSUs raised") for one in (band.low, band.high)]
        when = told.figure(hour, "hours", "hours from the call")
        said.append(_said("raised", hour=when, raised=raised, low=ends[0], high=ends[1]))
    if supply.roll.out_of_date:
        people = told.figure(supply.roll.out_of_date, "people", "people out of date")
        said.append(_said("out of date", people=people))
    return tuple(said)


def met_said(
    supply: Supply, tests: Sequence[Met], as_at: date, *, rounding: str = UP
) -> tuple[Statement, ...]:
    """What the tests of a mobilisation say, one sentence after another."""
    told = about(supply, as_at)
    said = [_said("rounding", rule=ROUNDING_SAID[rounding])]
    for one in tests:
        said.append(
            _said(
                "met",
                share=told.percent(one.threshold.percent / 100, "share of the commitment"),
                hour=told.figure(one.threshold.hours, "hours", "hours from the call"),
                needed=told.figure(one.needed, "PSUs", "PSUs needed"),
                chance=told.percent(one.chance, "chance of meeting the test", one.interval),
            )
        )
        said.append(_when(told, supply, one))
        said += _bound(told, one.binding)
    return tuple(said)


def _when(told: About, supply: Supply, one: Met) -> Statement:
    if one.median_hour is None:
        return _said("not within", hours=told.figure(supply.hours, "hours", "hours drawn"))
    half = told.figure(one.median_hour, "hours", "median hour")
    if one.late_hour is None:
        return _said("when", hour=half)
    late = told.figure(one.late_hour, "hours", "hour of nine draws in ten")
    return _said("when, late", hour=half, late=late)


def _bound(told: About, roles: tuple[Binding, ...]) -> list[Statement]:
    one = roles[0]
    if not one.share:
        return []
    share = told.percent(one.share, f"draws in which {one.role} numbers bind")
    said = [_said("binds", role=one.role, share=share)]
    if one.for_one is None:
        said.append(_said("no more", role=one.role))
    else:
        people = told.figure(one.for_one, "", f"more in the role of {one.role}")
        said.append(_said("one more", people=people, role=one.role))
    most = max(roles, key=lambda each: each.one_more)
    if most.one_more > 0:
        gain = told.figure(most.one_more, "PSUs", f"PSUs for one more {most.role}", places=2)
        said.append(_said("on average", role=most.role, gain=gain))
    return said


def longest_said(one: Longest, rules: RestRules, told: About) -> tuple[Statement, ...]:
    """What the longest deployment of so many PSUs is, and what ends it."""
    psus = told.figure(one.on_ground, "PSUs", "PSUs on the ground")
    raised = told.figure(one.raised, "", "PSUs raised")
    if one.days == 0:
        said = [_said("none", psus=psus, raised=raised)]
    elif one.days is None:
        said = [_said("no end", psus=psus, raised=raised)]
    else:
        days = told.figure(one.days, "days", "longest deployment")
        said = [_said("longest", psus=psus, raised=raised, days=days, limit=one.ended_by)]
    if one.secondment:
        weeks = told.figure(rules.secondment_weeks, "weeks", "weeks of a mobilisation")
        said.append(_said("secondment", weeks=weeks))
    return tuple(said)


def sustained_said(raised: int, rules: RestRules, told: About) -> Statement:
    """How many PSUs can be kept on the ground of so many raised, and by which rule."""
    rule = "whole cohorts behind each" if rules.whole_cohorts else "shared days off"
    return _said(
        "sustained",
        rule=rule,
        psus=told.figure(rules.sustained(raised), "PSUs", "PSUs sustained"),
        raised=told.figure(raised, "", "PSUs raised"),
    )


def cost_said(one: Cost, told: About) -> Statement:
    """What a deployment costs in duties and rest days."""
    return _said(
        "cost",
        duties=told.figure(one.duties, "duties", "duties of people"),
        rest=told.figure(one.rest_days, "rest days", "rest days cancelled"),
        short=told.figure(one.at_premium, "", "rest days at short notice"),
    )


def _said(template: str, /, **values: Value) -> Statement:
    return Statement.of(TEMPLATES[template], marking=OFFICIAL, **values)
