"""HiGHS, asked in one way only: one thread, a fixed seed, no clock; the same answer every time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from regard.core.errors import NotEnoughData

Values: TypeAlias = NDArray[np.float64]

SEED = 1
GAP = 0.001  # how far a whole-number solution's objective may lie from its bound
NODES = 20_000  # of the search tree, after which the best found so far is taken
WHOLE = 1e-6  # how far a whole number may be off in a solution

SOLVER = f"HiGHS {highspy.Highs().version()}"


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise `cost` over columns between bounds, with rows between bounds.

    Attributes:
        cost: Of each column.
        lower: Least of each column.
        upper: Most of each column.
        whole: Whether the column is a whole number.
        rows: The matrix, shape (rows, columns).
        least: Of each row.
        most: Of each row.
    """

    cost: Values
    lower: Values
    upper: Values
    whole: NDArray[np.bool_]
    rows: csr_array
    least: Values
    most: Values


@dataclass(frozen=True, eq=False)
class Found:
    """A solution.

    Attributes:
        values: Of each column.
        objective: What was minimised.
        bound: No solution lies below it.
    """

    values: Values
    objective: float
    bound: float


class Asked:
    """A program that HiGHS holds, so that it may be asked again with other bounds.

    Args:
        program: What to minimise.
        whole: Whether whole numbers are asked for; if not, fractions will do.
        gap: The share of the objective by which a solution may lie above its bound.
    """

    def __init__(self, program: Program, *, whole: bool, gap: float = GAP) -> None:
        self._whole = whole
        self._highs = highspy.Highs()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", SEED),
            ("mip_rel_gap", gap),
            ("mip_max_nodes", NODES),
        ):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(_model(program, whole=whole))

    def bound(self, columns: NDArray[np.int32], upper: Values) -> None:
        """Let columns lie between 0 and other ends than before."""
        self._highs.changeColsBounds(len(columns), columns, np.zeros(len(columns)), upper)

    def prices(self) -> Values:
        """What one more of each column would add to the objective of fractions just found."""
        return np.array(self._highs.getSolution().col_dual)

    def answer(self) -> Found | None:
        """The best solution; None where there is none.

        Raises:
            NotEnoughData: the solver gave up, which the message says in its words.
        """
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        ):
            return None
        info = self._highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise NotEnoughData(
                f"{SOLVER} gave no answer: {self._highs.modelStatusToString(status)}",
                expected="an answer, or that there is none",
                next_step="give costs of more alike sizes, or fewer forces or days",
            )
        objective = float(info.objective_function_value)
        bound = float(info.mip_dual_bound) if self._whole else objective
        return Found(np.array(self._highs.getSolution().col_value), objective, bound)


def whole_near(program: Program, deciding: int, *, gap: float = GAP) -> Found | None:
    """Whole numbers near the best fractions if they are good enough, else the best there are.

    The first columns, tours that start, decide all others, and their best fractions are mostly
    whole already. So the search is first kept to the whole numbers beside each fraction, then
    to one further wherever nothing is lost by it, and then to nothing.

    Args:
        program: What to minimise.
        deciding: How many columns, the first ones, are searched.
        gap: Share by which the objective may lie above that of the best fractions.

    Returns:
        The solution; None where there is none.
    """
    asked = Asked(program, whole=False)
    best = asked.answer()
    if best is None:
        return None
    for slack in (0, 1):
        found = Asked(_beside(program, best, asked.prices(), deciding, slack), whole=True).answer()
        if found and found.objective <= best.objective + gap * abs(best.objective) + WHOLE:
            return Found(found.values, found.objective, best.objective)
    return Asked(program, whole=True, gap=gap).answer()


def _beside(program: Program, best: Found, prices: Values, deciding: int, slack: int) -> Program:
    """A program whose first columns may lie so far from the best fractions, and no further."""
    at, lost = best.values[:deciding], prices[:deciding] > WHOLE
    lower, upper = program.lower.copy(), program.upper.copy()
    lower[:deciding] = np.maximum(lower[:deciding], np.floor(at + WHOLE) - slack)
    free = np.where((at < WHOLE) & lost, 0, slack)
    upper[:deciding] = np.minimum(upper[:deciding], np.ceil(at - WHOLE) + free)
    return replace(program, lower=lower, upper=upper)


def _model(program: Program, *, whole: bool) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = program.rows.shape
    model.col_cost_ = program.cost
    model.col_lower_ = program.lower
    model.col_upper_ = program.upper
    model.row_lower_ = program.least
    model.row_upper_ = program.most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_row_, model.a_matrix_.num_col_ = program.rows.shape
    model.a_matrix_.start_ = program.rows.indptr.astype(np.int32)
    model.a_matrix_.index_ = program.rows.indices.astype(np.int32)
    model.a_matrix_.value_ = program.rows.data.astype(np.float64)
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(one)] for one in program.whole]
    return model
