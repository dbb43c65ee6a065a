"""The methods of this sub-package by name, to be put among those of `regard.signals.methods`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from regard.core.periods import Month
from regard.core.series import Series
from regard.signals.conventions import Rules
from regard.signals.others.levels import AVERAGES, COUNTS, SHARES
from regard.signals.others.reading import read_on_bases
from regard.signals.others.rows import GUARDED, ROBUST, Choices
from regard.signals.readings import MethodVersion, Options, Reading

Read = Callable[[Series, Options], Reading]

LANEY = Month(2002, 6)  # Laney 2002, Quality Engineering 14(4):531, of June
TAYLOR = Month(2017, 1)  # Taylor 2017, Normalized Individuals (IN) Control Chart; no month given

RATES = Rules("laney-rates", "1", "Laney's u' chart with Regard's guards", LANEY)
PROPORTIONS = Rules("laney-shares", "1", "Laney's p' chart with Regard's guards", LANEY)
INDIVIDUALS = Rules(
    "individuals", "1", "the normalised individuals chart with the exact constant", TAYLOR
)
MEDIANS = Rules(
    "individuals-median", "1", "the normalised individuals chart on median changes", TAYLOR
)


def _method(rules: Rules, family: int, choices: Choices) -> tuple[MethodVersion, Read]:
    version = MethodVersion(rules.name, rules.version, rules.title, rules.published)
    return version, partial(read_on_bases, family=family, rules=rules, choices=choices)


# Version and reader by name, as `regard.signals.methods.Method` takes them.
METHODS_OF_OTHERS: Mapping[str, tuple[MethodVersion, Read]] = MappingProxyType(
    {
        RATES.name: _method(RATES, COUNTS, GUARDED),
        PROPORTIONS.name: _method(PROPORTIONS, SHARES, GUARDED),
        INDIVIDUALS.name: _method(INDIVIDUALS, AVERAGES, GUARDED),
        MEDIANS.name: _method(MEDIANS, AVERAGES, ROBUST),
    }
)
