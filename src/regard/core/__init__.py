"""Values everyone speaks in: periods, quantities, figures, statements, markings and errors.

The core stands on the standard library alone and knows no room above it.
"""

from regard.core.errors import RegardError
from regard.core.figures import Figure, Source
from regard.core.markings import Marking
from regard.core.periods import FinancialYear, Month, Period
from regard.core.quantities import Quantity, Range
from regard.core.series import Series
from regard.core.statements import Statement

__all__ = [
    "Figure",
    "FinancialYear",
    "Marking",
    "Month",
    "Period",
    "Quantity",
    "Range",
    "RegardError",
    "Series",
    "Source",
    "Statement",
]
