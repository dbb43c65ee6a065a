"""How incidents are answered while units are away, simulated event by event.

A `Model` (demand by grade, units by the hour, rules) is run through scenarios of who is away, all
on the same incidents; readings give shares answered late with intervals, differences, the knee of
the curve, how long it can last and how long it takes to recover.
"""

from regard.mobilisation.response.drawing import drawing_of, drawn
from regard.mobilisation.response.estimates import Estimate
from regard.mobilisation.response.lasting import (
    Knee,
    Recovery,
    Sustained,
    fluid_recovery,
    knee,
    recovery,
    sustained,
)
from regard.mobilisation.response.local import Local
from regard.mobilisation.response.model import (
    FINISH,
    HANDOVER,
    WHOLE,
    Capacity,
    Demand,
    Grade,
    Model,
    Phase,
    Rules,
)
from regard.mobilisation.response.outcomes import COMPILED, PLAIN, Outcome, respond
from regard.mobilisation.response.readings import (
    ByHour,
    Level,
    away_phase,
    by_hour,
    change,
    curve,
    peak,
    read,
)
from regard.mobilisation.response.results import Result, Runs
from regard.mobilisation.response.running import Precision, run
from regard.mobilisation.response.scenarios import Scenario, away, nobody_away
from regard.mobilisation.response.tallies import Tally, tallied
from regard.mobilisation.response.telling import Telling
from regard.mobilisation.response.traces import Trace, given
from regard.mobilisation.response.words import not_modelled, rules_said, shift_end_said

__all__ = [
    "COMPILED",
    "FINISH",
    "HANDOVER",
    "PLAIN",
    "WHOLE",
    "ByHour",
    "Capacity",
    "Demand",
    "Estimate",
    "Grade",
    "Knee",
    "Level",
    "Local",
    "Model",
    "Outcome",
    "Phase",
    "Precision",
    "Recovery",
    "Result",
    "Rules",
    "Runs",
    "Scenario",
    "Sustained",
    "Tally",
    "Telling",
    "Trace",
    "away",
    "away_phase",
    "by_hour",
    "change",
    "curve",
    "drawing_of",
    "drawn",
    "fluid_recovery",
    "given",
    "knee",
    "nobody_away",
    "not_modelled",
    "peak",
    "read",
    "recovery",
    "respond",
    "rules_said",
    "run",
    "shift_end_said",
    "sustained",
    "tallied",
]
