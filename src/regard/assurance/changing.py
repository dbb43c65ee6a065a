"""Changing the inputs of a formula, by decision: the decision and the new target are one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from regard.assurance.amounts import decimal_of
from regard.assurance.deciding import decide
from regard.assurance.due_words import sentence
from regard.assurance.formulas import formula_of
from regard.core.errors import DefinitionRefused, NotKnown
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Expectation
from regard.register.kinds.reading import changed
from regard.register.kinds.speech import Act, Decision, Stage
from regard.register.kinds.values import Amount
from regard.register.register import Register


@dataclass(frozen=True)
class Agreed:
    """Inputs that were changed by decision.

    Attributes:
        decision: The decision.
        expectation: The new version of the expectation.
    """

    decision: Entry[Decision]
    expectation: Entry[Expectation]


def change_inputs(
    register: Register,
    expectation: str,
    inputs: Mapping[str, Decimal | int],
    *,
    reason: str,
    by: Speaker,
    proposal: str | None = None,
) -> Agreed:
    """Change inputs of a formula: the decision and the new version in one act, or neither.

    Args:
        register: The register.
        expectation: The expectation.
        inputs: New numbers by the names of the inputs, each in the unit it has.
        reason: Why.
        by: Who decides; its role must take such decisions and enter expectations.
        proposal: The proposed decision that is taken by this, if there was one.

    Raises:
        NotKnown: no such expectation or input.
        DefinitionRefused: nothing changes, or the formula cannot be worked out with them.
        EntryRefused: the edition is frozen, or somebody was faster.
        AccessRefused: the speaker may not.
    """
    before: Entry[Expectation] = register.view(by).one(expectation)
    must_take([before], inputs)
    now = with_inputs(before, inputs)
    if now == before.value:
        raise DefinitionRefused(
            f"{expectation} has these inputs already: "
            + ", ".join(f"{one.name} {one.value}" for one in now.inputs),
            expected="an input that changes",
        )
    with register.acting(by) as acts:
        decision = decide(
            acts,
            Act.CHANGE,
            expectation,
            reason=reason,
            proposal=proposal,
            **_fields(now, inputs),
        )
        entered = acts.enter(now, subject=expectation, marking=before.marking, after=before.seq)
    return Agreed(decision, entered)


def ask_to_change(
    register: Register,
    expectation: str,
    inputs: Mapping[str, Decimal | int],
    *,
    reason: str,
    by: Speaker,
    decided_by: str | None = None,
) -> Entry[Decision]:
    """Propose that inputs of a formula be changed; they stay as they are until that is decided.

    Args:
        register: The register.
        expectation: The expectation.
        inputs: New numbers by the names of the inputs, each in the unit it has.
        reason: Why.
        by: Who asks.
        decided_by: The post or body that decides; the force of the speaker by default.

    Raises:
        NotKnown: no such expectation or input.
        AccessRefused: the speaker may not propose it.
    """
    before: Entry[Expectation] = register.view(by).one(expectation)
    must_take([before], inputs)
    now = with_inputs(before, inputs)
    with register.acting(by) as acts:
        return decide(
            acts,
            Act.CHANGE,
            expectation,
            reason=reason,
            stage=Stage.PROPOSED,
            decided_by=decided_by,
            **_fields(now, inputs),
        )


def _fields(now: Expectation, inputs: Mapping[str, Decimal | int]) -> dict[str, Any]:
    return {
        "text": f"Change {', '.join(sorted(inputs))}: {sentence(now.text)}",
        "scope": now.scope,
        "inputs": tuple(one for one in now.inputs if one.name in inputs),
    }


def must_take(held: Iterable[Entry[Expectation]], inputs: Iterable[str]) -> None:
    """Refuse inputs that no formula takes.

    Raises:
        NotKnown: none of the formulas takes one of them.
    """
    known = {given.name for one in held for given in one.value.inputs}
    for name in inputs:
        if name not in known:
            raise NotKnown("input of a formula", name, known)


def with_inputs(entry: Entry[Expectation], inputs: Mapping[str, Decimal | int]) -> Expectation:
    """An expectation with other numbers for its inputs, and the target that they give.

    Raises:
        DefinitionRefused: the formula cannot be worked out with them.
    """
    value = entry.value
    now = tuple(
        one.model_copy(update={"value": Decimal(inputs[one.name])}) if one.name in inputs else one
        for one in value.inputs
    )
    reckoned = formula_of(value.formula).of(now)
    if value.target is None:
        return changed(value, inputs=now)
    amount = Amount(value=decimal_of(reckoned.value), unit=value.target.unit)
    same = amount.value == value.target.value
    return changed(value, inputs=now, target=value.target if same else amount)
