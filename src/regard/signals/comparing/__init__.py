"""Comparing areas, pilots, severities and places: values in, dataclasses and sentences out."""

from regard.signals.comparing.concentration import Concentration, Held, concentration
from regard.signals.comparing.funnel import funnel
from regard.signals.comparing.pilots import (
    BeforeAfter,
    HarmDifference,
    PilotDifference,
    harm_difference,
    pilot_difference,
)
from regard.signals.comparing.placed import CurvePoint, Funnel, Placed, SimilarForces
from regard.signals.comparing.repeats import Repeated, Repeats, repeat_victims
from regard.signals.comparing.severity import Severity, Weighed, gamma_interval, severity_score
from regard.signals.comparing.spread import Overdispersion, chances, limits, overdispersion
from regard.signals.comparing.two_counts import TwoCounts, compare_counts, e_test

__all__ = [
    "BeforeAfter",
    "Concentration",
    "CurvePoint",
    "Funnel",
    "HarmDifference",
    "Held",
    "Overdispersion",
    "PilotDifference",
    "Placed",
    "Repeated",
    "Repeats",
    "Severity",
    "SimilarForces",
    "TwoCounts",
    "Weighed",
    "chances",
    "compare_counts",
    "concentration",
    "e_test",
    "funnel",
    "gamma_interval",
    "harm_difference",
    "limits",
    "overdispersion",
    "pilot_difference",
    "repeat_victims",
    "severity_score",
]
