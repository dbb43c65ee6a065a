"""The survey and resident rows of the example: counted answers, never persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from regard.core.periods import Month, months_between
from regard.examples.west_midlands_2013.allocation import shares_out, strays
from regard.examples.west_midlands_2013.recipe import Recipe

SATISFACTION_COLUMNS = ("MONTH", "SURVEY", "GROUP", "ANSWERED", "SATISFIED")
WAVE_COLUMNS = ("FIRST_DAY", "LAST_DAY", "QUESTION", "LPU", "INTERVIEWS", "CONFIDENT")
RESIDENT_COLUMNS = ("MID_YEAR", "RESIDENTS")
EVERYBODY = "ALL"


def satisfaction_lines(recipe: Recipe, *, seed: int) -> bytes:
    """Victim satisfaction by month and group as CSV: how many answered, how many satisfied."""
    lines = [",".join(SATISFACTION_COLUMNS)]
    for told in recipe.surveys:
        group = told.get("group", EVERYBODY).upper()
        for month, satisfied in _satisfied(recipe, told, seed):
            said = f"{month.start:%m/%Y}"
            cells = (said, told["name"].upper(), group)
            lines.append(",".join((*cells, str(told["answers"]), str(satisfied))))
    return _file(lines)


def wave_lines(recipe: Recipe) -> bytes:
    """Feeling the Difference by wave and local policing unit as CSV, in interviews."""
    lines = [",".join(WAVE_COLUMNS)]
    told = recipe.waves
    for wave in told["each"]:
        last = wave is told["each"][-1]
        offsets = told["last_wave_offsets" if last else "unit_offsets"]
        interviews = told["interviews"]
        confident = _rounded(interviews * wave["of_1000"])
        units = list(recipe.units)
        asked = shares_out(interviews, [1] * len(units))
        held = shares_out(confident, [wave["of_1000"] + offsets[unit] for unit in units])
        days = f"{wave['start']:%d/%m/%Y},{wave['end']:%d/%m/%Y},{told['question'].upper()}"
        lines.append(f"{days},{EVERYBODY},{interviews},{confident}")
        lines.extend(
            f"{days},{unit},{base},{count}"
            for unit, base, count in zip(units, asked, held, strict=True)
        )
    return _file(lines)


def resident_lines(recipe: Recipe) -> bytes:
    """Residents by year as CSV, in persons."""
    persons, years = recipe.residents["persons"], recipe.residents["years"]
    return _file([",".join(RESIDENT_COLUMNS), *(f"{year},{persons}" for year in years)])


def _satisfied(recipe: Recipe, told: Mapping[str, Any], seed: int) -> Iterator[tuple[Month, int]]:
    """Each month with its satisfied answers: whole years first, then the months by name."""
    stream = f"{told['name']}:{told.get('group', EVERYBODY)}"
    wobble = strays(seed, stream, len(recipe.months), spread=told["wobble"])
    month = recipe.months[0]
    for year in told["years"]:
        months = months_between(month, Month.parse(year["to"]))
        weights = [wobble[one - recipe.months[0]] for one in months]
        total = _rounded(told["answers"] * len(months) * year["of_1000"])
        yield from zip(months, shares_out(total, weights), strict=True)
        month = months[-1] + 1
    first = Month.parse(told["months_from"])
    for step, of_1000 in enumerate(told["months"]):
        yield first + step, _rounded(told["answers"] * of_1000)


def _rounded(thousandths: int) -> int:
    return (thousandths + 500) // 1000


def _file(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
