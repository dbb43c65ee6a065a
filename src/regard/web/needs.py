"""What a page needs of who asks for it, said once a route and checked before the page runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regard.register.access import Standing
from regard.register.kinds.speech import Act
from regard.register.kinds.values import Line


@dataclass(frozen=True)
class Need:
    """What must be true of whoever asks.

    Attributes:
        said: What is needed, in words: `a post that judges`.
        signed_in: Whether an account must be signed in.
        allows: Whether a post of this standing may ask; the register asks again at every word.
        post: Whether the account must speak for a post.
    """

    said: str
    signed_in: bool = True
    post: bool = True
    allows: Callable[[Standing], bool] = lambda standing: True


ANYBODY = Need("nothing", signed_in=False, post=False)
AN_ACCOUNT = Need("an account", post=False)
A_POST = Need("a post")


def enters(*kinds: str) -> Need:
    """A post that may enter one of these kinds."""
    return Need(
        f"a post that may enter: {', '.join(kinds)}",
        allows=lambda standing: any(
            kind in role.enters for role in standing.roles for kind in kinds
        ),
    )


def speaks_at(*lines: Line) -> Need:
    """A post that speaks at one of these lines of defence."""
    return Need(
        f"a post that speaks at line {', '.join(str(int(one)) for one in lines)}",
        allows=lambda standing: any(
            line in role.lines for role in standing.roles for line in lines
        ),
    )


def decides(*acts: Act) -> Need:
    """A post that may take one of these decisions."""
    return Need(
        f"a post that may decide: {', '.join(str(one) for one in acts)}",
        allows=lambda standing: any(act in role.decides for role in standing.roles for act in acts),
    )


def proposes(*acts: Act) -> Need:
    """A post that may propose or take one of these decisions."""
    return Need(
        f"a post that may propose: {', '.join(str(one) for one in acts)}",
        allows=lambda standing: any(
            act in role.proposes | role.decides for role in standing.roles for act in acts
        ),
    )


def holds(*roles: str) -> Need:
    """A post that holds one of these roles."""
    return Need(
        f"a post with the role: {', '.join(roles)}",
        allows=lambda standing: any(role.name in roles for role in standing.roles),
    )


def issues() -> Need:
    """A post that issues papers."""
    return Need(
        "a post that issues papers", allows=lambda standing: any(r.issues for r in standing.roles)
    )
