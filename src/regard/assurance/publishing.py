"""An edition of the library into the register, in one act, and never twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from regard.assurance.lineage import requirement_of
from regard.assurance.wording import told
from regard.core.errors import DefinitionRefused, EntryRefused
from regard.core.statements import Statement
from regard.library.levels import TOGETHER, Rule, Scale
from regard.library.model import Crosswalk, EditionFile, Node, Scheme
from regard.library.shelf import Library, library
from regard.register.acting import Acts
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Crossing, Edition, Instrument, Term
from regard.register.kinds.reading import made
from regard.register.kinds.values import Kind, Window, Wording
from regard.register.register import Register
from regard.register.subjects import slug, subject_of

WORDS_SINCE = date(1900, 1, 1)
"""From when terms and scales are effective: a word is not true from a day on, and an as-at of any
day must find it."""

BOARD_SCALE = "board-assurance@1"
"""The scale on which a board says whether it is assured; it comes with every edition."""

SCALES, RULES, REQUIREMENTS = "scale", "rule", "requirement-kind"
"""Schemes under which the register keeps scales, rules and what sort of thing a requirement is."""


@dataclass(frozen=True)
class Published:
    """An edition in the register.

    Attributes:
        edition: Its entry.
        entered: How many entries were made; none if it stood there already.
        requirements: How many requirements it has (count, headings included).
        judged: How many of them are judged (count).
        follows: The edition it follows there; empty if none was published before.
    """

    edition: Entry[Edition]
    entered: int
    requirements: int
    judged: int
    follows: str

    @property
    def stood_already(self) -> bool:
        """Whether nothing was written."""
        return self.entered == 0

    @property
    def statement(self) -> Statement:
        """What happened, in a sentence."""
        key = "stood already" if self.stood_already else "published"
        return told(
            key,
            source=self.edition.source,
            edition=self.edition.subject,
            requirements=self.requirements,
            judged=self.judged,
            seq=self.edition.seq,
            digest=(self.edition.value.digest or "")[:12],
        )


def publish(
    register: Register,
    file: EditionFile,
    *,
    by: Speaker,
    held: Library | None = None,
    shared: bool = True,
) -> Published:
    """Enter an edition with its instrument, terms, scales and requirements, all or nothing.

    Nothing that was said before changes: every earlier entry stays as it is, and a judgement
    names the edition it was made under.

    Args:
        register: The register.
        file: The edition.
        by: Who keeps the register.
        held: The library that holds its schemes, scales, rules and crosswalks; by default what
            Regard ships.
        shared: Whether it binds all bodies; a body's own edition does not.

    Raises:
        AccessRefused: the speaker may not publish.
        DefinitionRefused: two of its requirements have one code.
        EntryRefused: another content was published under that name, or a term, scale or rule of
            the same name and version says something else.
        NotKnown: the library lacks a scheme, scale or rule that the edition names.
    """
    shelf = held or library()
    subject = subject_of("edition", file.id)
    _each_code_once(file)
    with register.acting(by) as act:
        stands = act.knowing.latest(subject)
        if stands is not None:
            return _stands_already(stands, file)
        publisher = _Publisher(act, file, shelf, shared)
        entry = publisher.published()
        return Published(
            entry,
            publisher.entered,
            len(file.nodes),
            len(file.judged),
            entry.value.follows or "",
        )


def _each_code_once(file: EditionFile) -> None:
    # The library refuses it in a file; an edition that was put together in code comes past that.
    twice = sorted(one for one, often in Counter(n.code for n in file.nodes).items() if often > 1)
    if twice:
        raise DefinitionRefused(
            f"{file.id} has {', '.join(twice)} more than once", expected="a code for each node"
        )


def _stands_already(stands: Entry[Edition], file: EditionFile) -> Published:
    if stands.value.digest != file.digest:
        raise EntryRefused(
            f"{stands.subject} was published by entry {stands.seq} with the digest "
            f"{(stands.value.digest or 'none')[:12]}, and {file.file or file.id} has "
            f"{file.digest[:12]}",
            expected="the same content",
            next_step="write what changed as a new edition with an id of its own",
        )
    follows = stands.value.follows or ""
    return Published(stands, 0, len(file.nodes), len(file.judged), follows)


class _Publisher:
    """Enters what an edition needs, each thing once."""

    def __init__(self, act: Acts, file: EditionFile, shelf: Library, shared: bool) -> None:
        self._act, self._file, self._shelf, self._shared = act, file, shelf, shared
        self._edition = subject_of("edition", file.id)
        self.entered = 0

    def published(self) -> Entry[Edition]:
        self._instrument()
        terms = tuple(self._terms())
        asked = (requirement_of(self._edition, node.code) for node in self._file.nodes)
        self._act.learn((*(subject for subject, _ in terms), *asked))
        for subject, term in terms:
            self._once(term, subject)
        entry = self._enter(self._made_edition(), self._edition, self._file.in_force_from)
        for node in _parents_first(self._file.nodes):
            subject = requirement_of(self._edition, node.code)
            self._enter(self._requirement(node), subject, self._file.in_force_from)
        return entry

    def _enter(self, value: Any, subject: str, effective: date) -> Entry[Any]:
        self.entered += 1
        return self._act.enter(value, subject=subject, effective=effective, shared=self._shared)

    def _once(self, value: Kind, subject: str) -> None:
        before = self._act.knowing.latest(subject)
        if before is None:
            self._enter(value, subject, WORDS_SINCE)
        elif before.held != value:
            raise EntryRefused(
                f"{subject} was entered by entry {before.seq} and says something else than "
                f"{self._file.file or self._file.id} now does",
                expected="the same words under the same name and version",
                next_step="give what changed a new version in the library, and publish again",
            )

    def _instrument(self) -> None:
        file = self._file
        value = made(
            Instrument,
            title=file.title,
            issuer=file.issuer,
            form=file.form,
            force=file.legal_force,
        )
        subject = subject_of("instrument", file.instrument)
        before = self._act.knowing.latest(subject)
        if before is None or before.held != value:
            self._enter(value, subject, file.in_force_from)

    def _terms(self) -> Iterator[tuple[str, Term]]:
        for _, name in self._file.schemes:
            yield from terms_of_scheme(self._shelf.scheme(name))
        rules = tuple(_rules_of(self._file.rules, self._shelf))
        named = (one.scale for one in rules)
        others = (name for one in rules for name in (one.of, one.rows, one.columns) if name)
        board = (BOARD_SCALE,) if BOARD_SCALE in self._shelf.scales else ()
        for scale in dict.fromkeys((*self._file.scales, *named, *others, *board)):
            yield from terms_of_scale(self._shelf.scale(scale))
        for rule in rules:
            yield term_of_rule(rule)

    def _made_edition(self) -> Edition:
        file, crosswalk = self._file, self._crosswalk()
        crossings = crosswalk.crossings if crosswalk else ()
        return made(
            Edition,
            instrument=subject_of("instrument", file.instrument),
            label=file.label,
            in_force=Window(start=file.in_force_from, end=file.in_force_to),
            digest=file.digest,
            rules=file.rules,
            follows=subject_of("edition", crosswalk.earlier.id) if crosswalk else None,
            crosswalk=tuple(
                Crossing(was=one.earlier, now=one.later, relation=one.kind, note=one.note)  # type: ignore[arg-type]
                for one in crossings
            ),
            document=file.document,
        )

    def _crosswalk(self) -> Crosswalk | None:
        """The crosswalk from the latest earlier edition that was published."""
        found = [
            one
            for one in self._shelf.crosswalks.values()
            if one.later.id == self._file.id
            and self._act.knowing.latest(subject_of("edition", one.earlier.id)) is not None
        ]
        return max(found, key=lambda one: one.earlier.in_force_from, default=None)

    def _requirement(self, node: Node) -> Expectation:
        return made(
            Expectation,
            edition=self._edition,
            code=node.code,
            parent=requirement_of(self._edition, node.parent) if node.parent else None,
            text=node.text,
            wording=Wording(node.words),
            cites="; ".join(str(one) for one in node.cites),
            mode=node.mode,
            judged=node.judged,
            scale=node.scale,
            rule=node.rule,
            aspects=node.aspects,
            terms=(*node.terms, f"{REQUIREMENTS}/{slug(node.kind)}"),
        )


def _parents_first(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node after the one above it, and otherwise in the order of the document."""
    by_code = {node.code: node for node in nodes}
    placed: set[str] = set()
    for node in by_code.values():
        waiting = []
        here: Node | None = node
        while here is not None and here.code not in placed:
            waiting.append(here)
            placed.add(here.code)
            here = by_code.get(here.parent)
        yield from reversed(waiting)


def _rules_of(names: Iterable[str], shelf: Library) -> Iterator[Rule]:
    """Rules by their names, each followed by those it takes together."""
    for name in names:
        rule = shelf.rule(name)
        yield rule
        if rule.kind == TOGETHER:
            yield from _rules_of(rule.parts, shelf)


def scheme_name(versioned: str) -> str:
    """A name with its version as part of a subject: `spr-position@1` becomes `spr-position-1`."""
    return versioned.replace("@", "-")


def terms_of_scheme(scheme: Scheme) -> Iterator[tuple[str, Term]]:
    """A vocabulary as terms, each with its subject: its own name first, then its words."""
    head = subject_of("term", scheme.name)
    yield (
        head,
        made(
            Term,
            scheme="scheme",
            label=scheme.title,
            label_cy=scheme.title_cy,
            meaning=f"sha256 {scheme.digest}",
            cites=scheme.source,
        ),
    )
    for order, one in enumerate(scheme.terms, start=1):
        yield (
            subject_of("term", scheme.name, one.code),
            made(
                Term,
                scheme=scheme.name,
                label=one.label,
                label_cy=one.label_cy,
                meaning=one.meaning,
                parent=subject_of("term", scheme.name, one.parent) if one.parent else head,
                order=order,
            ),
        )


def terms_of_scale(scale: Scale) -> Iterator[tuple[str, Term]]:
    """A scale as terms: its own name first, then its levels from the worst, which is the first."""
    name = f"{SCALES}/{scheme_name(scale.name)}"
    head = subject_of("term", name)
    yield (
        head,
        made(
            Term,
            scheme=SCALES,
            label=scale.title,
            label_cy=scale.title_cy,
            meaning=f"sha256 {scale.digest}",
            cites=scale.source,
        ),
    )
    for order, one in enumerate(scale.levels, start=1):
        yield (
            subject_of("term", name, one.code),
            made(
                Term,
                scheme=name,
                label=one.label,
                label_cy=one.label_cy,
                meaning=one.meaning,
                parent=head,
                order=order,
            ),
        )


def term_of_rule(rule: Rule) -> tuple[str, Term]:
    """A rule as a term that freezes its content."""
    subject = subject_of("term", RULES, scheme_name(rule.name))
    return subject, made(
        Term,
        scheme=RULES,
        label=rule.title,
        meaning=f"sha256 {rule.digest}",
        cites=rule.source,
    )
