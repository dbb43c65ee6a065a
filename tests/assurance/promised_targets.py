"""What tests of promises at several tiers begin from: 3, 17 and 21 PSUs, and 1,193 trained."""

from __future__ import annotations

from typing import Any

from assurance import given_targets as setting
from assurance.given_targets import COUNTED, LEVEL_2, PSUS, Given
from regard.register.kinds import Amount, Link, LinkType, made

BASES = {
    "local": (3, "primary mobilisation"),
    "regional": (17, "regional capability"),
    "national": (21, "national commitment"),
}
"""Source papers of early 2019 (paragraph 27) and of December 2021 (paragraph 35)."""


def promise(held: Given, tier: str, **fields: Any) -> str:
    """A promise of a tier, with what is observed of it on its own base; its subject."""
    number, base = BASES[tier]
    held.observe(PSUS, number, "PSUs", base=base)
    given = {
        "measure": PSUS,
        "target": Amount(value=number, unit="PSUs"),
        "base": base,
        "terms": (f"tier/{tier}",),
    }
    return held.expect(f"psus-{tier}", **{**given, **fields})


def link(held: Given, kind: LinkType, source: str, target: str) -> None:
    """One subject linked to another."""
    value = made(Link, type=kind, source=source, target=target)
    name = f"link:{kind.value.replace(' ', '-')}/{source}/{target}".replace(":", "/")
    held.register.enter(value, subject=name.replace("/", ":", 1), by=held.who["spr"])


def three_promises(held: Given, *, trained: int | None = 1193, **fields: Any) -> list[str]:
    """A promise of each tier, and the officers trained for that to the region."""
    made_of = [promise(held, tier, **fields) for tier in BASES]
    rule = setting.level_2_target(held)
    link(held, LinkType.DEPENDS_ON, rule, made_of[1])
    if trained is not None:
        held.observe(LEVEL_2, trained, "officers", on=COUNTED)
    return made_of
