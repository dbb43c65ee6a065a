"""Where a request stands: the register, the post that looks at it, and the day it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from regard.core.errors import AccessRefused, DefinitionRefused
from regard.register.access import PUBLIC, Standing
from regard.register.entries import Speaker
from regard.register.posting import Holdings
from regard.register.register import Register
from regard.register.seeing import View

POST = "post"  # the key of a session under which the post that speaks is kept
AS_AT = "as-at"  # and the day that is looked at


@lru_cache(maxsize=4)
def _opened(home: Path) -> Register:
    return Register.open(home)


@lru_cache(maxsize=8)
def _holdings(register: Register, size: int, today: date) -> Holdings:
    # By the size: an entry that takes a post away makes the journal grow, and is heeded at once.
    return Holdings(register, today)


def home() -> Path:
    """The data folder of this site."""
    return Path(settings.REGARD_HOME)  # type: ignore[misc]


def is_example() -> bool:
    """Whether this site shows the generated example, and says so on every page."""
    return bool(settings.REGARD_DEMO)  # type: ignore[misc]


def the_register() -> Register:
    """The register of this site, opened once a process; each thread has its own connection."""
    return _opened(home())


def forget_register() -> None:
    """Open it anew at the next request."""
    _opened.cache_clear()
    _holdings.cache_clear()


class Here:
    """What one request may see and say.

    Everything is asked of the register anew at each request, so that a post that was taken away
    is gone at the next one.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def register(self) -> Register:
        """The register of this site."""
        return the_register()

    @cached_property
    def holder(self) -> str:
        """The subject of the holder who is signed in; empty if nobody is."""
        user = self._request.user
        return str(user.holder) if user.is_authenticated else ""

    @cached_property
    def holdings(self) -> Holdings:
        """Who holds what today; kept between requests until the journal grows."""
        return _holdings(self.register, self.register.head().size, self.today)

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The posts that the holder holds today, by name."""
        if not self.holder:
            return ()
        held = {one: self.holdings.party(one) for one in self.holdings.posts_of(self.holder)}
        named = [Post(one, party.name) for one, party in held.items() if party is not None]
        return tuple(sorted(named, key=lambda one: (one.name, one.subject)))

    @cached_property
    def post(self) -> Post | None:
        """The post that speaks: the one chosen, or the only one held."""
        chosen = self._request.session.get(POST, "")
        found = next((one for one in self.posts if one.subject == chosen), None)
        return found or (self.posts[0] if len(self.posts) == 1 else None)

    @cached_property
    def speaker(self) -> Speaker:
        """Who speaks.

        Raises:
            AccessRefused: nobody is signed in, or no post is held or chosen.
        """
        if self.post is None:
            raise AccessRefused(
                f"{self.holder or 'nobody'} speaks for no post here",
                expected="an account that holds a post, and one chosen if it holds several",
                next_step="sign in, or choose the post for which you speak",
            )
        return Speaker(self.holder, self.post.subject)

    @cached_property
    def standing(self) -> Standing:
        """What the post may do today.

        Raises:
            AccessRefused: as `speaker`, or it is no longer held.
        """
        return self.holdings.standing(self.speaker)

    @cached_property
    def today(self) -> date:
        """The day by the register's clock."""
        return self.register.today()

    @cached_property
    def as_at(self) -> date | None:
        """The earlier day that is looked at; None for today."""
        text = self._request.session.get(AS_AT, "")
        return date.fromisoformat(text) if text else None

    @property
    def day(self) -> date:
        """The day that is looked at: the earlier one, or today."""
        return self.as_at or self.today

    @cached_property
    def view(self) -> View:
        """The register as the post sees it: as known at the end of the day looked at, or now."""
        known = None if self.as_at is None else datetime.combine(self.as_at, time.max, UTC)
        if not self.holder:
            return self.register.view(PUBLIC, known_at=known, true_on=self.as_at)
        return self.register.view(
            self.speaker, known_at=known, true_on=self.as_at, standing=self.standing
        )

    @cached_property
    def body(self) -> str:
        """The body at the top of those the post belongs to: whose register this is, for it."""
        return self.standing.force

    def looks_again(self) -> None:
        """Read the register anew from now on: something was entered within this request."""
        self.__dict__.pop("view", None)

    def looks_at(self, day: date | None) -> None:
        """Look at an earlier day from now on; None for today.

        Raises:
            DefinitionRefused: the day is still to come.
        """
        if day is not None and day > self.today:
            raise DefinitionRefused(
                f"nobody can know yet what will be known on {day}",
                expected=f"a day up to {self.today}",
            )
        if day is None or day == self.today:
            self._request.session.pop(AS_AT, None)
        else:
            self._request.session[AS_AT] = day.isoformat()


@dataclass(frozen=True)
class Post:
    """A post by its subject and its name."""

    subject: str
    name: str


def here_of(request: HttpRequest) -> Here:
    """Where a request stands; set once a request by the guard."""
    here: Here = request.here  # type: ignore[attr-defined]
    return here
