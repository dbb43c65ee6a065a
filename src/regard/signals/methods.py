"""The methods that can read a series, by name, behind one `read`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.periods import Month
from regard.core.series import COUNT, PROPORTION, RATE, WEIGHTED, Series
from regard.signals.adjusted.reading import ADJUSTED, read_adjusted
from regard.signals.charting import read_chart
from regard.signals.conventions import AS_COUNTED, CALENDARS, NHS, RULES, Rules
from regard.signals.others.methods import (
    INDIVIDUALS,
    METHODS_OF_OTHERS,
    PROPORTIONS,
    RATES,
)
from regard.signals.readings import MethodVersion, Options, Reading

BY_KIND = "by kind"  # the method that the kind of a series asks for
METHOD_OF = {
    COUNT: ADJUSTED.name,
    RATE: RATES.name,
    PROPORTION: PROPORTIONS.name,
    WEIGHTED: INDIVIDUALS.name,
}
MOST_REASONS = 3  # reasons for missing months that a refusal spells out


@dataclass(frozen=True)
class Method:
    """A way of reading a series.

    Attributes:
        version: Its name, version and the rules it follows.
        read: From a series and how it is to be read, the reading.
    """

    version: MethodVersion
    read: Callable[[Series, Options], Reading]


def _by_rules(rules: Rules) -> Method:
    version = MethodVersion(rules.name, rules.version, rules.title, rules.published)
    return Method(version, partial(read_chart, rules=rules, version=version))


METHODS: Mapping[str, Method] = MappingProxyType(
    {ADJUSTED.name: Method(ADJUSTED, read_adjusted)}
    | {name: _by_rules(rules) for name, rules in RULES.items()}
    | {name: Method(*told) for name, told in METHODS_OF_OTHERS.items()}
)


def read(
    series: Series,
    *,
    baselines: tuple[Month, ...] = (),
    target: float | None = None,
    method: str = BY_KIND,
    calendar: str = AS_COUNTED,
    freeze: int = 0,
) -> Reading:
    """What a monthly series says.

    By its kind: counts by the adjusted count chart, rates by Laney's u', proportions by his p',
    weighted sums by individuals; where a calendar or a freeze is asked for, which only the NHS
    rules know, by those with guards.

    A missing month is left out of every average, and no moving range is taken across it;
    runs and trends count the supplied months on either side of it and the reading says so.
    Where a proportion comes at a wider step than a month, as survey waves do, that step is taken
    as the rule, the reading says so, and only a wider gap is one.
    The guarded method gives a proportion with known bases no limits narrower than the sampling
    error at the median base of each level. A series holds no design effect: where a survey's
    is above 1, those limits are still too narrow.

    Args:
        series: Values in their own unit, None where a month is missing.
        baselines: First months of accepted new levels. One at or before the first month of the
            series, or after its last, cuts nothing.
        target: The level a month should reach, in the unit of the series.
        method: A name from `METHODS`; `by kind` takes the one that the series asks for.
        calendar: `as counted`, or `per 30.4375 days`, which puts counts on months of one
            length; proportions do not depend on it.
        freeze: Limits of each baseline come from its first so many months; 0 takes all.

    Raises:
        NotKnown: no method has that name.
        DefinitionRefused: no calendar has that name, or `freeze` is below nought or 1.
        NotEnoughData: no month has a value; the message says why, the commonest reason first.
    """
    if method == BY_KIND:
        method = method_for(series, calendar=calendar, freeze=freeze)
    must_be_method(method)
    if calendar not in CALENDARS:
        raise DefinitionRefused(
            f"no calendar is called {calendar!r}", expected=f"one of {', '.join(CALENDARS)}"
        )
    if freeze < 0 or freeze == 1:
        raise DefinitionRefused(
            f"limits cannot come from the first {freeze} months", expected="0 for all, or 2 or more"
        )
    if not series.supplied:
        raise NotEnoughData(
            f"{series.measure} of {series.scope} has no month with a value between "
            f"{series.start} and {series.end}{_reasons(series)}",
            expected="at least one month",
            next_step="bring in the records of those months",
        )
    options = Options(tuple(sorted(set(baselines))), target, calendar, freeze)
    return METHODS[method].read(series, options)


def must_be_method(name: str) -> None:
    """Refuse what is neither a method nor `by kind`.

    Raises:
        NotKnown: naming those there are.
    """
    if name not in METHODS and name != BY_KIND:
        raise NotKnown("method", name, (BY_KIND, *METHODS))


def method_for(series: Series, *, calendar: str = AS_COUNTED, freeze: int = 0) -> str:
    """The name of the method that a series asks for by its kind."""
    if calendar != AS_COUNTED or freeze:
        return NHS.name
    return METHOD_OF.get(series.kind, NHS.name)


def _reasons(series: Series) -> str:
    """Why the months of a series have no value, the commonest reason first."""
    found = Counter(series.why_missing[month] for month in series.missing).most_common()
    if not found:
        return ""
    more = len(found) - MOST_REASONS
    rest = f"; and {more} more" if more > 0 else ""
    return ": " + "; ".join(reason for reason, _ in found[:MOST_REASONS]) + rest
