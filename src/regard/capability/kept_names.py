"""What a kept answer is called: what was asked, and whatever of it is not as usual.

Answers of so many PSUs for so many days would otherwise be called alike, however far the host.
"""

from __future__ import annotations

from collections.abc import Iterator

from regard.capability.questions import WEEKDAYS, Question
from regard.mobilisation.response.model import FINISH


def name_of_kept(asked: Question, *, generated: bool) -> str:
    """What an answer is called: PSUs and days, then what was asked otherwise than usual.

    Args:
        asked: The question.
        generated: Whether the rows it rests on are made up.
    """
    told = (f"Stress test: {asked.psus} PSUs for {asked.days} days", *_asked_otherwise(asked))
    return f"{'; '.join(told)}{' (generated rows)' if generated else ''}"


def place_of_kept(asked: Question, inputs: str) -> str:
    """Inputs and seed by which it can be made again, then what was assumed otherwise than usual.

    Args:
        asked: The question.
        inputs: The first letters of the digest of the inputs.
    """
    told = (f"inputs {inputs}, seed {asked.seed}", *_assumed_otherwise(asked))
    return "; ".join(told)


def _asked_otherwise(asked: Question) -> Iterator[str]:
    usual = Question(asked.psus, asked.days)
    if (asked.weekday, asked.hour) != (usual.weekday, usual.hour):
        yield f"from {WEEKDAYS[asked.weekday]} at {asked.hour:02d}:00"
    if asked.journey_hours:
        yield f"{asked.host_km:,} km to the host, {asked.journey_hours} hours of journeys"
    if asked.reserve:
        yield f"{asked.reserve} idle {'unit' if asked.reserve == 1 else 'units'} kept"
    if asked.shift_end != FINISH:
        yield "jobs handed over at the end of a shift"
    if asked.divert:
        yield "units on their way diverted"


def _assumed_otherwise(asked: Question) -> Iterator[str]:
    usual = Question(asked.psus, asked.days)
    if asked.make_up != usual.make_up:
        yield f"make-up {asked.make_up}"
    if (asked.on_shift, asked.otherwise) != (usual.on_shift, usual.otherwise):
        yield f"{asked.on_shift:.0%} by day and {asked.otherwise:.0%} otherwise from response"
    if asked.rest_hours != usual.rest_hours:
        yield f"{asked.rest_hours} hours of rest after the return"
    if asked.recovery_days != usual.recovery_days:
        yield f"{asked.recovery_days} days looked at after the return"
    if asked.tolerance != usual.tolerance:
        yield f"{asked.tolerance:g}% answered late borne"
