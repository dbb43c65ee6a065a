"""Who is away, hour by hour: what a run compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from regard.mobilisation.response.model import DAY, Model, Rules, require, whole_units


@dataclass(frozen=True)
class Scenario:
    """Units taken away in each hour.

    Attributes:
        name: What it is called; unique within a run.
        away: Units taken away, one number an hour over the horizon of the model.
        rules: How units are sent while it lasts, if otherwise than the model says.
        by_area: Units taken away from each area, shape (areas, hours), in place of `away`.
    """

    name: str
    away: tuple[int, ...]
    rules: Rules | None = None
    by_area: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        require(bool(self.name.strip()), f"a scenario is called {self.name!r}", "a name")
        named = f"the number of units away in {self.name}"
        object.__setattr__(self, "away", whole_units(self.away, named))

    @property
    def nobody_away(self) -> bool:
        """Whether it changes nothing."""
        return not any(self.away) and self.rules is None and not any(map(any, self.by_area))

    def of(self, model: Model) -> Model:
        """The model as it is while the scenario lasts.

        Raises:
            DefinitionRefused: the hours are not the model's, or areas are named where it has none.
        """
        rules = model.rules if self.rules is None else self.rules
        if not self.by_area:
            left = model.capacity.less(self.away)
            local = None if model.local is None else model.local.less(self.away)
            return replace(model, capacity=left, local=local, rules=rules)
        require(
            model.local is not None and not any(self.away),
            f"{self.name} takes units from {len(self.by_area)} areas and {sum(self.away)} "
            "unit hours from the force",
            "a model with areas, and units taken in one of the two ways",
        )
        local = model.local.less_by_area(self.by_area)  # type: ignore[union-attr]
        together = tuple(sum(parts) for parts in zip(*local.units, strict=True))
        capacity = replace(model.capacity, units=together)
        return replace(model, capacity=capacity, local=local, rules=rules)


def nobody_away(model: Model, name: str = "nobody away") -> Scenario:
    """The scenario with which others are compared."""
    return Scenario(name, (0,) * model.horizon)


def away(
    name: str,
    model: Model,
    lost: Sequence[int],
    *,
    start: int,
    end: int,
    rules: Rules | None = None,
) -> Scenario:
    """Units away from one hour to another, by the hour of the day.

    Args:
        name: Of the scenario.
        model: Whose horizon it fills.
        lost: Units lost at each hour of the day, 24 numbers from midnight on.
        start: First hour, counted from hour 0 of the model.
        end: Hour by which they are back.
        rules: How units are sent in it, if otherwise.

    Raises:
        DefinitionRefused: there are not 24 numbers, or the hours are not within the horizon.
    """
    require(len(lost) == DAY, f"units are lost at {len(lost)} hours of the day", "24 numbers")
    require(
        0 <= start < end <= model.horizon,
        f"units are away from hour {start} to {end}",
        f"an end after its start, from 0 to {model.horizon}",
    )
    each = tuple(
        lost[(model.start + hour) % DAY] if start <= hour < end else 0
        for hour in range(model.horizon)
    )
    return Scenario(name, each, rules)
