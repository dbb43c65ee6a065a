"""What every page prints with a result: how a shift ends, and what was not modelled."""

from __future__ import annotations

from regard.mobilisation.response.model import FINISH, Model, Rules

SHIFT_ENDS = {
    "finish": (
        "At the end of a shift a unit finishes its job and then leaves, so that nobody starts "
        "while more units are busy than are due. Most late answers of the first grade fall in "
        "such hours."
    ),
    "handover": (
        "At the end of a shift the jobs of units beyond those due are laid down, lowest grade "
        "first, and are taken up by the next shift before new ones of their grade."
    ),
}
ALWAYS = (
    "Which officer goes, where from and along which road: units of one area are alike.",
    "Skills: any unit can answer any incident.",
    "Demand that changes while units are away, such as disorder at home or calls that are not "
    "made.",
    "Work other than incidents, unless it is taken off the units by the hour.",
    "Officers kept on, or called in on rest days, to fill the gap at home: nothing is put in its "
    "place.",
    "Officers who tire, fall ill or are cancelled at short notice while the deployment lasts.",
)


def shift_end_said(rules: Rules) -> str:
    """How a shift ends, in words for whoever reads a result."""
    return SHIFT_ENDS[rules.shift_end]


def rules_said(rules: Rules) -> tuple[str, ...]:
    """Every rule by which units are sent, in words."""
    told = [
        "A unit that has arrived at an incident is not taken away to another.",
        shift_end_said(rules),
    ]
    if rules.reserve:
        units = "unit is" if rules.reserve == 1 else "units are"
        told.append(f"{rules.reserve} idle {units} kept for the first grade.")
    if rules.divert:
        told.append(
            "The first grade may take a unit that is still on its way to a lower grade, the one "
            "that was sent last."
        )
    return tuple(told)


def not_modelled(model: Model) -> tuple[str, ...]:
    """What a run of a model leaves out, one sentence each."""
    grades = model.demand.grades
    told = list(ALWAYS)
    if model.local is None:
        told.append("Where in the force an incident arises, and where units are.")
    if all(one.patience is None for one in grades):
        told.append("Callers who give up, and incidents resolved with no unit sent.")
    if all(one.units == (1.0,) for one in grades):
        told.append("Incidents that need more than one unit.")
    if model.demand.daily_spread == 0:
        told.append("Days that differ by more than chance from others of their weekday.")
    if model.rules.shift_end == FINISH:
        told.append("Jobs handed over from one shift to the next.")
    if model.generated:
        told.append("A real force: demand and units are generated, not taken from records.")
    return tuple(told)
