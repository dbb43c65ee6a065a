"""What a move to a new edition asks of a force, node by node. It alters no earlier judgement."""

from __future__ import annotations

from dataclasses import dataclass

from regard.library.model import (
    CONFIRMED,
    DROPPED,
    REWORDED,
    SAME,
    Crossing,
    Crosswalk,
    Node,
)

RE_JUDGE, CARRY, END = "re-judge", "carry unreviewed", "end"
DEEDS = (RE_JUDGE, CARRY, END)


@dataclass(frozen=True)
class Work:
    """What a new edition asks about one node.

    Attributes:
        deed: `re-judge`, `carry unreviewed` (shown, never counted) or `end`.
        code: The node in the later edition; of `end`, in the earlier one.
        earlier: The nodes of the earlier edition that it comes from; none if it is new.
        crossing: What became of it, one of the kinds of crossing.
        judged: Whether a post judges the node at all, or it is a heading.
        aspects: The Cs to be judged anew: all of them where the deed is `re-judge`, and those
            that the earlier node was not judged under where it is `carry unreviewed`.
        reason: Why.
        confirmed: Whether the crosswalk is confirmed and no words compared are from memory.
    """

    deed: str
    code: str
    earlier: tuple[str, ...]
    crossing: str
    judged: bool
    aspects: tuple[str, ...]
    reason: str
    confirmed: bool


def work_list(crosswalk: Crosswalk) -> tuple[Work, ...]:
    """What a move along a crosswalk asks: every node of the later edition once, in its order,
    and then every node that ends.

    A judgement is carried only where the words are the same or merely reworded and the scale and
    the rule are those it was made by.
    """
    by_later = {code: one for one in crosswalk.crossings for code in one.later}
    gone = {one.earlier[0]: one for one in crosswalk.crossings if one.kind == DROPPED}
    was = crosswalk.earlier.by_code()
    sure = crosswalk.standing == CONFIRMED
    kept = tuple(_work(node, by_later[node.code], was, sure) for node in crosswalk.later.nodes)
    ended = tuple(
        _ended(node, gone[node.code], sure) for node in crosswalk.earlier.nodes if node.code in gone
    )
    return kept + ended


def _work(node: Node, crossing: Crossing, was: dict[str, Node], sure: bool) -> Work:
    before = [was[code] for code in crossing.earlier]
    reasons = [f"{crossing.kind}: {crossing.note}" if crossing.note else crossing.kind]
    carried = crossing.kind in (SAME, REWORDED)
    if carried:
        changed = _judged_otherwise(before[0], node)
        carried = not changed
        reasons += changed
    fresh = node.aspects
    if carried:
        fresh = tuple(one for one in node.aspects if one not in before[0].aspects)
        reasons += [f"not judged before under {', '.join(fresh)}"] if fresh else []
    return Work(
        deed=CARRY if carried else RE_JUDGE,
        code=node.code,
        earlier=crossing.earlier,
        crossing=crossing.kind,
        judged=node.judged,
        aspects=fresh,
        reason="; ".join(reasons),
        confirmed=sure and not any(one.to_be_confirmed for one in (node, *before)),
    )


def _judged_otherwise(before: Node, node: Node) -> list[str]:
    """How a node is judged otherwise than before, though its words are much the same."""
    if before.judged != node.judged:
        return ["judged now" if node.judged else "judged no longer"]
    changed = []
    if before.scale != node.scale:
        changed.append(f"judged on {node.scale}, before on {before.scale}")
    if before.rule != node.rule:
        changed.append(f"judged by {node.rule}, before by {before.rule}")
    return changed


def _ended(node: Node, crossing: Crossing, sure: bool) -> Work:
    return Work(
        deed=END,
        code=node.code,
        earlier=(node.code,),
        crossing=DROPPED,
        judged=node.judged,
        aspects=(),
        reason=f"{DROPPED}: {crossing.note}",
        confirmed=sure and not node.to_be_confirmed,
    )
