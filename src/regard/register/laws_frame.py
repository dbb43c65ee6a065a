"""Laws of what frames a round: editions and requirements, posts, links and the round itself."""

from __future__ import annotations

from regard.register.kinds.facts import Concern, Expectation
from regard.register.kinds.frame import Cycle, Edition, Link, Party
from regard.register.kinds.speech import IN_EFFECT, Act, Decision
from regard.register.kinds.values import LinkType
from regard.register.saying import Saying, above


def frozen_edition_stands(saying: Saying) -> None:
    """Invariant 2: nothing of a frozen edition changes but the day it went out of force."""
    frozen = _frozen_at(saying, saying.subject)
    before = saying.before
    if frozen is None or not isinstance(before, Edition):
        return
    same = saying.value.model_copy(update={"in_force": before.in_force})
    if same != before or saying.value.in_force.start != before.in_force.start:
        raise saying.refuse(
            f"it was frozen by entry {frozen}; nothing in it changes",
            expected="the same, but for the day on which it goes out of force",
            next_step="publish a new edition; a revision is never an edit",
        )


def edition_is_frozen(saying: Saying) -> None:
    """Invariant 2: a requirement comes into a frozen edition with it, and then stands."""
    frozen = _frozen_at(saying, saying.value.edition)
    if frozen is not None and frozen <= saying.begun.size:
        raise saying.refuse(
            f"{saying.value.edition} was frozen by entry {frozen}; nothing in it changes",
            expected="a requirement of an edition that is being published now",
            next_step="publish a new edition; a revision is never an edit",
        )


def _frozen_at(saying: Saying, edition: str) -> int | None:
    # The first version with a digest froze it; a later one cannot thaw it or freeze it anew.
    for one in saying.knowing.versions(edition):
        if isinstance(one.held, Edition) and one.held.digest:
            return one.seq
    return None


def parent_in_edition(saying: Saying) -> None:
    """A requirement is a part of another of its own edition, and never of itself."""
    parent = saying.value.parent
    if parent is None:
        return
    held = saying.knowing.latest(parent)
    if held is not None and getattr(held.held, "edition", None) != saying.value.edition:
        raise saying.refuse(
            f"its parent {parent} stands in another edition", expected=saying.value.edition
        )
    if saying.subject in above(parent, saying.knowing):
        raise saying.refuse(f"it would be a part of itself through {parent}", expected="a tree")


def date_moves_by_decision(saying: Saying) -> None:
    """Invariant 8: a due date moves only by a decision of its own to extend it, until that day."""
    before = saying.before
    if not isinstance(before, Expectation):
        return
    was, now = before.window.end, saying.value.window.end
    named = saying.value.moved_by
    if was == now:
        if named != before.moved_by:
            raise saying.refuse(
                f"its date stands and it says that {named or 'nothing'} moved it",
                expected=f"moved_by as it was: {before.moved_by or 'none'}",
            )
        return
    decision = saying.found(named)
    held = decision.held if decision else None
    if (
        not isinstance(held, Decision)
        or held.act is not Act.EXTEND
        or held.stage not in IN_EFFECT
        or held.about != saying.subject
        or held.until != now
    ):
        raise saying.refuse(
            f"its date moves from {was or 'none'} to {now or 'none'} without a decision",
            expected="moved_by naming a decision to extend it, taken, until that day",
        )
    used = [
        one.seq
        for one in saying.knowing.versions(saying.subject)
        if isinstance(one.held, Expectation) and one.held.moved_by == named
    ]
    if used:
        raise saying.refuse(
            f"{named} moved its date already (entry {used[0]})",
            expected="a decision of its own for each move",
        )


def owner_is_a_post(saying: Saying) -> None:
    """Work belongs to posts, never to bodies or to holders."""
    value: Concern | Expectation = saying.value
    owner = saying.knowing.latest(value.owner) if value.owner else None
    if owner is not None and isinstance(owner.held, Party) and owner.held.form != "post":
        raise saying.refuse(
            f"{value.owner} is a {owner.held.form}; work belongs to posts", expected="a post"
        )


def bodies_are_a_tree(saying: Saying) -> None:
    """No body is a part of itself, a party keeps its form, and only posts are held."""
    value: Party = saying.value
    before = saying.before
    if isinstance(before, Party) and before.form != value.form:
        raise saying.refuse(f"it is a {before.form}", expected=f"a {before.form} still")
    for one in value.appointments:
        post = saying.knowing.latest(one.post)
        if post is not None and isinstance(post.held, Party) and post.held.form != "post":
            raise saying.refuse(f"{one.post} is a {post.held.form}", expected="a post to be held")
    seen = [saying.subject]
    here = value.parent
    while here:
        if here in seen:
            raise saying.refuse(f"it would be a part of itself through {here}", expected="a tree")
        seen.append(here)
        held = saying.knowing.latest(here)
        here = held.held.parent if held and isinstance(held.held, Party) else None


def link_stands(saying: Saying) -> None:
    """A link says one thing for good; it is withdrawn, never turned to something else."""
    before = saying.before
    value: Link = saying.value
    if isinstance(before, Link) and (before.type, before.target) != (value.type, value.target):
        raise saying.refuse(
            f"it says {before.type} {before.target} and would say {value.type} {value.target}",
            expected="the same type and target, or a link of its own",
            next_step="withdraw it, and enter what is said now as another",
        )


def no_ring_of_answers(saying: Saying) -> None:
    """Invariant 15: answers lead from what is done to what is required, and never round."""
    value: Link = saying.value
    if value.type is not LinkType.ANSWERS or value.withdrawn:
        return
    seen, queue = set(), [value.target]
    while queue:
        here = queue.pop()
        if here == value.source:
            raise saying.refuse(
                f"{value.source} would answer itself through {value.target}",
                expected="answers that lead from what is done to what is required",
            )
        if here in seen:
            continue
        seen.add(here)
        queue.extend(
            one.held.target
            for one in saying.knowing.all(Link, about=here)
            if one.held is not None and one.held.type is LinkType.ANSWERS and not one.held.withdrawn
        )


def round_stands(saying: Saying) -> None:
    """What a round is about stands while it is held, and all of it once it is closed."""
    before = saying.before
    if not isinstance(before, Cycle):
        return
    if before.stage == "closed":
        raise saying.refuse("it is closed", expected="the next round")
    fixed = [
        name
        for name in ("editions", "scopes", "aspects", "as_at", "follows")
        if getattr(before, name) != getattr(saying.value, name)
    ]
    if fixed:
        raise saying.refuse(
            f"{', '.join(fixed)} of a round cannot change while it is held",
            expected="the same, or a round of its own",
        )


def duties_are_of_posts(saying: Saying) -> None:
    """Who must speak in a round is a post, on what the register holds."""
    value: Cycle = saying.value
    posts = {one.post for one in value.duties}
    about = {one.about for one in value.duties if one.about}
    saying.knowing.learn(posts | about)
    for named in sorted(posts):
        found = saying.found(named)
        if found is None or not isinstance(found.held, Party) or found.held.form != "post":
            raise saying.refuse(f"{named} is no post that could speak", expected="posts")
    missing = sorted(one for one in about if saying.found(one) is None)
    if missing:
        raise saying.refuse(
            f"somebody must speak on {', '.join(missing[:5])}, which the register does not hold",
            expected="requirements of its editions",
        )
    elsewhere = sorted({one.scope for one in value.duties if one.scope} - set(value.scopes))
    if elsewhere:
        raise saying.refuse(
            f"somebody must speak for {', '.join(elsewhere[:5])}, which it is not about",
            expected=", ".join(value.scopes[:5]),
        )
