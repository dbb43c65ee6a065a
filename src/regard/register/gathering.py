"""A view that has read whole kinds at once, for answers that look at many subjects in turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, TypeVar

from regard.register.entries import Entry
from regard.register.kinds.frame import Link
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Kind
from regard.register.seeing import View, names
from regard.register.sight import Sight
from regard.register.subjects import kind_of

K = TypeVar("K", bound=Kind)

NAMING_POSTS = frozenset({"party", "expectation", "concern", "decision", "document", "link"})
"""The kinds of entries that name a post: who holds it, what it owns, decides or is linked to."""


class Gathered(View):
    """A view that holds every version of some kinds, read in one question however many there are.

    It answers as the view it was made of did at that moment, and asks the register only about
    kinds that it does not hold. It lives as long as one page: who may see what was asked when it
    was made. What was judged in a round is left to the register, unless it is asked for, for it
    is by far the most there is: `all` of judgements, without a round, gives those outside rounds
    and those of the rounds that are held.
    """

    def __init__(
        self, view: View, kinds: Iterable[type[Kind]], *, rounds: bool | Iterable[str] = False
    ) -> None:
        """Read it all.

        Args:
            view: Who reads, at which position.
            kinds: The kinds that are held.
            rounds: Whether what was judged in rounds is held too: of all, of none, or of which.
        """
        super().__init__(view._connection, view._reader, view.position, view._today)
        self._fixed = view._sight()
        self._kinds = frozenset(one.kind for one in kinds)
        self._rounds = rounds is True
        self._held_rounds = () if isinstance(rounds, bool) else tuple(dict.fromkeys(rounds))
        self._versions: dict[str, list[Entry[Any]]] = defaultdict(list)
        self._gather()

    def find(self, subject: str) -> Entry[Any] | None:
        """As `View.find`."""
        if kind_of(subject) not in self._kinds:
            return super().find(subject)
        found = self._stands.get(subject)
        if found is None and self._of_a_round(subject):
            return super().find(subject)
        return found

    def many(self, subjects: Iterable[str]) -> dict[str, Entry[Any]]:
        """As `View.many`."""
        wanted = sorted(set(subjects))
        held = [one for one in wanted if kind_of(one) in self._kinds and not self._of_a_round(one)]
        rest = set(wanted) - set(held)
        found = super().many(rest) if rest else {}
        return found | {one: self._stands[one] for one in held if one in self._stands}

    def all(self, kind: type[K], **facets: str) -> tuple[Entry[K], ...]:
        """As `View.all`; of erased entries nothing is known by which they could be narrowed."""
        if kind.kind not in self._kinds or self._is_of_a_round(kind, facets):
            return super().all(kind, **facets)
        if not facets:
            return tuple(self._by_kind.get(kind.kind, ()))
        (name, wanted), *others = facets.items()
        found = self._by_facet.get((kind.kind, name, wanted), ())
        if not others:
            return tuple(found)
        return tuple(
            one
            for one in found
            if one.held is not None
            and all(getattr(one.held.facets(), key) == given for key, given in others)
        )

    def all_about(
        self, kind: type[K], subjects: Iterable[str], **facets: str
    ) -> tuple[Entry[K], ...]:
        """As `View.all_about`."""
        if kind.kind not in self._kinds or self._is_of_a_round(kind, facets):
            return super().all_about(kind, subjects, **facets)
        found = [one for about in set(subjects) for one in self.all(kind, about=about, **facets)]
        return tuple(sorted(found, key=lambda one: one.seq))

    def history(self, subject: str) -> tuple[Entry[Any], ...]:
        """As `View.history`."""
        if kind_of(subject) not in self._kinds or self._of_a_round(subject):
            return super().history(subject)
        return tuple(self._versions.get(subject, ()))

    def links(
        self,
        type: str | None = None,  # noqa: A002 - as the link calls it
        *,
        source: str | None = None,
        target: str | None = None,
    ) -> tuple[Entry[Link], ...]:
        """As `View.links`."""
        if Link.kind not in self._kinds:
            return super().links(type, source=source, target=target)
        found = self._by_end.get(target, ()) if target else self._by_kind.get(Link.kind, ())
        return tuple(
            one
            for one in found
            if one.held is not None
            and not one.held.withdrawn
            and (type is None or one.held.type == type)
            and (source is None or one.held.source == source)
        )

    def naming(self, target: str, *, most: int | None = None) -> tuple[Entry[Any], ...]:
        """As `View.naming`; of a post from what is held, for what a round judged names no post."""
        found = self._stands.get(target)
        if (
            most is not None
            or not self._kinds >= NAMING_POSTS
            or found is None
            or getattr(found.held, "form", "") != "post"
        ):
            return super().naming(target, most=most)
        held = sorted(self._stands.values(), key=lambda one: one.seq)
        return tuple(one for one in held if one.held is not None and names(one.held, target))

    def _is_of_a_round(self, kind: type[Kind], facets: dict[str, str]) -> bool:
        asked = facets.get("cycle", "")
        return (
            not self._rounds
            and kind is Judgement
            and asked != ""
            and asked not in self._held_rounds
        )

    def _of_a_round(self, subject: str) -> bool:
        return (
            not self._rounds
            and kind_of(subject) == Judgement.kind
            and subject not in self._versions
        )

    def _sight(self) -> Sight:
        return self._fixed

    def _gather(self) -> None:
        kinds = sorted(self._kinds)
        within = f"IN ({', '.join(['%s'] * len(kinds))})"
        aside, values = "", [*kinds]
        if not self._rounds:
            aside = (
                " AND NOT (e.kind = %s AND e.seq IN "  # noqa: S608 - of this module
                "(SELECT w.seq FROM version w WHERE w.kind = %s "
                f"AND w.cycle NOT IN ({', '.join(['%s'] * (1 + len(self._held_rounds)))})))"
            )
            values += [Judgement.kind, Judgement.kind, "", *self._held_rounds]
        found = self._entries(
            f"e.kind {within}{aside} AND e.seq <= %s", [*values, self.position.seq]
        )
        for one in found:
            self._versions[one.subject].append(one)
        self._stands = {
            one.subject: one for one in map(self._true, self._versions.values()) if one is not None
        }
        # Where an earlier version may not be seen it might be the one that holds: that is asked.
        hidden = [subject for subject, held in self._versions.items() if held[0].version > 1]
        if hidden:
            asked = super().many(hidden)
            for subject in hidden:
                self._stands.pop(subject, None)
            self._stands |= {one.subject: one for one in asked.values()}

    def _true(self, held: list[Entry[Any]]) -> Entry[Any] | None:
        true_on = self.position.true_on
        known = [one for one in held if true_on is None or one.effective <= true_on]
        return max(known, key=lambda one: (one.effective, one.seq), default=None)

    @cached_property
    def _by_kind(self) -> dict[str, list[Entry[Any]]]:
        found: dict[str, list[Entry[Any]]] = defaultdict(list)
        for one in sorted(self._stands.values(), key=lambda one: one.seq):
            found[one.kind].append(one)
        return found

    @cached_property
    def _by_facet(self) -> dict[tuple[str, str, str], list[Entry[Any]]]:
        found: dict[tuple[str, str, str], list[Entry[Any]]] = defaultdict(list)
        for one in sorted(self._stands.values(), key=lambda one: one.seq):
            if one.held is not None:
                for name, held in one.held.facets()._asdict().items():
                    found[one.kind, name, held].append(one)
        return found

    @cached_property
    def _by_end(self) -> dict[str, list[Entry[Link]]]:
        found: dict[str, list[Entry[Link]]] = defaultdict(list)
        for one in self._by_kind.get(Link.kind, ()):
            if one.held is not None:
                found[one.held.target].append(one)
        return found
