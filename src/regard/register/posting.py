"""Posts and who holds them: entries of parties, as the keeper of the register makes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from regard.core.errors import EntryRefused, NotKnown
from regard.register.access import EVERYTHING, Standing, standing_of
from regard.register.entries import Entry, Speaker
from regard.register.kinds.frame import Appointment, Party
from regard.register.kinds.reading import changed, made
from regard.register.kinds.values import Window
from regard.register.knowing import Knowing
from regard.register.register import Register
from regard.register.roles import ROLES
from regard.register.seeing import View


@dataclass(frozen=True)
class Post:
    """A post and the accounts that hold it on a day.

    Attributes:
        subject: The post.
        name: What it is called.
        body: The body it belongs to.
        roles: What it may do.
        groups: The groups that need to know, to which it belongs.
        holders: The accounts that hold it.
    """

    subject: str
    name: str
    body: str
    roles: tuple[str, ...]
    groups: tuple[str, ...]
    holders: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """That an account holds or held a post.

    Attributes:
        holder: The account.
        window: From when to when.
        entry: The entry that says so.
    """

    holder: str
    window: Window
    entry: Entry[Party]


def posts(register: Register) -> tuple[Post, ...]:
    """Every post with the accounts that hold it today; there is nothing to hide in them."""
    return posts_at(register.view(EVERYTHING), register.today())


def posts_at(view: View, day: date) -> tuple[Post, ...]:
    """Every post that a reader sees, with the accounts that hold it on a day."""
    parties = view.all(Party)
    held: dict[str, list[str]] = defaultdict(list)
    for one in parties:
        for post in _posts_held(one, day):
            held[post].append(one.subject)
    return tuple(
        Post(
            one.subject,
            one.held.name,
            one.held.parent or "",
            one.held.roles,
            one.held.groups,
            tuple(held.get(one.subject, ())),
        )
        for one in parties
        if one.held is not None and one.held.form == "post"
    )


def appointments(view: View, post: str) -> tuple[Held, ...]:
    """Every appointment to a post, past, present and to come, the last that began first."""
    found = [
        Held(entry.subject, one.window, entry)
        for entry in view.naming(post)
        if isinstance(entry.held, Party)
        for one in entry.held.appointments
        if one.post == post
    ]
    return tuple(
        sorted(found, key=lambda one: (one.window.start or date.min, one.holder), reverse=True)
    )


def holders(view: View, post: str, today: date) -> tuple[str, ...]:
    """The accounts that hold a post on a day, in the order of their names."""
    return tuple(sorted(_holding(view.naming(post), post, today)))


class Holdings:
    """Who holds which post on a day and what it may do, as the journal stood at one size.

    Each party is looked up once: a journal that has not grown says the same of it again.
    """

    def __init__(self, register: Register, today: date) -> None:
        self._register = register
        self._found: dict[str, Entry[Any] | None] = {}
        self.today = today

    def posts_of(self, holder: str) -> tuple[str, ...]:
        """The posts that an account holds, in the order of their names."""
        found = self.party(holder)
        appointments = found.appointments if found is not None else ()
        return tuple(sorted({one.post for one in appointments if one.window.holds(self.today)}))

    def party(self, subject: str) -> Party | None:
        """A party as it is in effect; None if there is none, or its words were erased."""
        found = self._in_effect(subject)
        return found.held if found is not None and isinstance(found.held, Party) else None

    def standing(self, speaker: Speaker) -> Standing:
        """What a speaker may do.

        Raises:
            AccessRefused: there is no such post or holder, or the holder does not hold the post.
        """
        return standing_of(speaker, self._in_effect, self.today)

    def _in_effect(self, subject: str) -> Entry[Any] | None:
        if subject not in self._found:
            knowing = Knowing(self._register.connection)
            self._found[subject] = knowing.in_effect(subject, self.today)
        return self._found[subject]


def _holding(parties: Sequence[Entry[Party]], post: str, today: date) -> Iterator[str]:
    return (one.subject for one in parties if post in _posts_held(one, today))


def _posts_held(party: Entry[Party], today: date) -> set[str]:
    held = party.held.appointments if isinstance(party.held, Party) else ()
    return {one.post for one in held if one.window.holds(today)}


def enter_post(
    register: Register,
    post: str,
    *,
    by: Speaker,
    name: str,
    body: str,
    roles: Sequence[str],
    groups: Sequence[str] = (),
) -> Entry[Party]:
    """Enter a post, or what it is called and may do from now on.

    Args:
        register: The register.
        post: The subject of the post.
        by: Who enters it.
        name: What it is called.
        body: The subject of its body.
        roles: What it may do: all of it, also what it could do before.
        groups: The groups that need to know, to which it belongs.

    Raises:
        NotKnown: there is no such role.
        AccessRefused: the speaker may not enter posts.
        EntryRefused: the register knows no such body.
    """
    for role in roles:
        if role not in ROLES:
            raise NotKnown("role", role, ROLES)
    value = made(
        Party, form="post", name=name, parent=body, roles=tuple(roles), groups=tuple(groups)
    )
    return register.enter(value, subject=post, by=by)


def enter_body(
    register: Register,
    body: str,
    *,
    by: Speaker,
    name: str,
    parent: str | None = None,
    area: str = "",
) -> Entry[Party]:
    """Enter a body: a force, a region, a board, a unit.

    Its entries are those of the body at the top of the ones it is a part of.

    Args:
        register: The register.
        body: The subject of the body.
        by: Who enters it.
        name: What it is called.
        parent: The subject of the body it is a part of.
        area: The police.uk name of its force area, if it has one.

    Raises:
        AccessRefused: the speaker may not enter bodies.
        EntryRefused: the register knows no such parent, or it would be a part of itself.
    """
    value = made(Party, form="body", name=name, parent=parent, area=area)
    return register.enter(value, subject=body, by=by)


def appoint(
    register: Register,
    post: str,
    account: str,
    *,
    by: Speaker,
    start: date | None = None,
    end: date | None = None,
) -> Entry[Party]:
    """Appoint an account to a post; an account that is not known yet is entered.

    Args:
        register: The register.
        post: The subject of the post.
        account: The subject of the account: a code, never a name.
        by: Who appoints.
        start: The first day; the day of the entry by default.
        end: The last day; open by default.

    Raises:
        NotKnown: there is no such post.
        EntryRefused: the account holds the post on a day of these already.
        AccessRefused: the speaker may not appoint.
    """
    with register.acting(by) as act:
        body = _post(register, post).parent
        new = Appointment(post=post, window=made_window(start or act.today, end))
        found = act.knowing.latest(account)
        if found is None or found.held is None:
            value = made(
                Party, form="person", name=_code(account), parent=body, appointments=(new,)
            )
            return act.enter(value, subject=account)
        held = _account(found)
        if any(one.post == post and one.window.meets(new.window) for one in held.appointments):
            raise EntryRefused(
                f"{account} holds {post} in that time already",
                expected="an account that does not, or other days",
                next_step="end it first with: regard register release",
            )
        value = changed(held, appointments=(*held.appointments, new))
        return act.enter(value, subject=account)


def end_appointment(
    register: Register, post: str, account: str, *, by: Speaker, last: date | None = None
) -> Entry[Party]:
    """End an account's open appointment to a post.

    Args:
        register: The register.
        post: The subject of the post.
        account: The subject of the account.
        by: Who ends it.
        last: The last day on which it holds the post; yesterday by default, so that it holds it
            no more from this moment on.

    Raises:
        EntryRefused: the account does not hold the post.
        AccessRefused: the speaker may not end it.
    """
    with register.acting(by) as act:
        until = last or act.today - timedelta(days=1)
        found = act.knowing.latest(account)
        held = _account(found) if found is not None and found.held is not None else None
        open_ = [
            one
            for one in (held.appointments if held else ())
            if one.post == post and (one.window.end is None or one.window.end > until)
        ]
        if held is None or not open_:
            raise EntryRefused(
                f"{account} does not hold {post} after {until}",
                expected="an account that holds the post",
                next_step="see who does with: regard register posts",
            )
        kept = [one for one in held.appointments if one not in open_]
        ended = [
            Appointment(post=post, window=made_window(one.window.start, until))
            for one in open_
            if one.window.start is None or one.window.start <= until
        ]
        return act.enter(changed(held, appointments=(*kept, *ended)), subject=account)


def made_window(start: date | None, end: date | None) -> Window:
    """Days from one to another.

    Raises:
        EntryRefused: it ends before it starts.
    """
    if start and end and end < start:
        raise EntryRefused(
            f"an appointment from {start} to {end} ends before it starts",
            expected="a last day on or after the first",
        )
    return Window(start=start, end=end)


def _post(register: Register, post: str) -> Party:
    found = register.view(EVERYTHING).find(post)
    if found is None or not isinstance(found.held, Party) or found.held.form != "post":
        raise NotKnown("post", _code(post), [_code(one.subject) for one in posts(register)])
    return found.held


def _account(entry: Entry[Party]) -> Party:
    if entry.held is None or entry.held.form != "person":
        raise EntryRefused(
            f"{entry.subject} is no account",
            expected="the code of an account, such as wm-holder-7",
        )
    return entry.held


def _code(subject: str) -> str:
    return subject.partition(":")[2]
