"""One period shared at once: PSU by PSU to the force that feels it least, which is exact.

By level, the next PSU comes from the force that would then stand lowest, and of several such
from the one that stands highest now. The greatest cost is as small as it can be (van Lieshout
2026, arXiv 2601.16702), and where every further PSU costs a force more, so are the next ones.
By increment, it comes from the force whose cost rises least: the sum is as small as it can be,
where costs rise ever faster.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.allocating.ladders import hull_of

BY_LEVEL, BY_INCREMENT = "level", "increment"


@dataclass(frozen=True)
class SharedOnce:
    """How many PSUs each force sends in one period.

    Attributes:
        psus: By force.
        unmet: PSUs that nobody has.
        costs: What it costs each.
    """

    psus: tuple[int, ...]
    unmet: int
    costs: tuple[float, ...]

    @property
    def worst(self) -> float:
        """The greatest cost of a force."""
        return max(self.costs)

    @property
    def sum(self) -> float:
        """The cost of all forces."""
        return sum(self.costs)


def share_once(needed: int, costs: Sequence[Sequence[float]], *, by: str = BY_LEVEL) -> SharedOnce:
    """Share PSUs between forces in one period with nothing else to keep.

    Args:
        needed: PSUs asked for.
        costs: For each force, what 0, 1, ... PSUs away cost, as far as it has PSUs.
        by: `level`: the greatest cost, then the next; or `increment`: the least sum, on the
            convex curve below the costs.

    Raises:
        DefinitionRefused: fewer than no PSUs, a force without costs, or costs that fall.
        NotKnown: another rule.
    """
    if by not in (BY_LEVEL, BY_INCREMENT):
        raise NotKnown("rule of sharing", by, (BY_LEVEL, BY_INCREMENT))
    if needed < 0 or not costs or not all(costs):
        raise DefinitionRefused(
            f"{needed} PSUs of {len(costs)} forces", expected="0 or more, and costs of each force"
        )
    for place, row in enumerate(costs):
        if any(b < a for a, b in zip(row, row[1:], strict=False)):
            raise DefinitionRefused(
                f"the costs of force {place + 1} fall: {list(row)}",
                expected="costs that do not fall with more away",
            )
    curves = [list(row) if by == BY_LEVEL else [float(x) for x in hull_of(row)] for row in costs]
    psus = _shared(needed, curves, by)
    spent = tuple(float(row[count]) for row, count in zip(costs, psus, strict=True))
    return SharedOnce(tuple(psus), needed - sum(psus), spent)


def _shared(needed: int, curves: list[list[float]], by: str) -> list[int]:
    psus = [0] * len(curves)
    waiting: list[tuple[float, float, int]] = []

    def offer(place: int) -> None:
        row, count = curves[place], psus[place]
        if count + 1 < len(row):
            less = row[count] if by == BY_INCREMENT else 0.0
            heapq.heappush(waiting, (row[count + 1] - less, -row[count], place))

    for place in range(len(curves)):
        offer(place)
    for _ in range(needed):
        if not waiting:
            break
        place = heapq.heappop(waiting)[-1]
        psus[place] += 1
        offer(place)
    return psus
