"""Publication: a paper as it is, or a version of it from which decisions withhold item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regard.assurance.naming import Names
from regard.assurance.numbering import next_of
from regard.board.kept_papers import again, paper_in
from regard.board.registering import digest_of, laid_out
from regard.board.spr.citing import cited, entries_behind, entries_cited, entry_named
from regard.core.errors import DefinitionRefused, EntryRefused, PaperRefused, shown
from regard.core.markings import OFFICIAL
from regard.core.statements import Statement
from regard.papers.keeping import kept
from regard.papers.model import Document as Paper
from regard.papers.redacting import Redaction, holds, public
from regard.papers.removing import LEAST
from regard.papers.writing import Told, Written, render
from regard.register.entries import Entry, Speaker
from regard.register.kinds.reading import changed, made
from regard.register.kinds.speech import IN_EFFECT, Act, Decision, Document, Stage, Withheld
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import kind_of, path_of

PUBLIC = "public"  # the last part of the subject of a public version
_SUBJECT = re.compile(r"[a-z]+:\S+")


@dataclass(frozen=True)
class PublishedPaper:
    """A paper that was published.

    Attributes:
        entry: The document that the public sees.
        files: Its files, one a format.
        redactions: The decisions by which it withholds something.
    """

    entry: Entry[Document]
    files: tuple[Written, ...]
    redactions: tuple[Entry[Decision], ...]


def public_version_of(document: str) -> str:
    """The subject of the public version of a paper."""
    return f"{document}/{PUBLIC}"


def withhold(
    register: Register, document: str, held: Withheld, *, reason: str, by: Speaker
) -> Entry[Decision]:
    """Decide to withhold an item from the public version of a paper.

    Args:
        register: The register.
        document: The paper.
        held: The item, with its ground, until when, and how to challenge it. An item is an entry
            by its subject, of which the public version then says nothing; or a block of the paper
            by its id or by its kind and number, such as `paragraph-12`.
        reason: Why.
        by: Who decides.

    Raises:
        NotKnown: there is no such paper.
        EntryRefused: the paper is a draft.
        DefinitionRefused: the paper does not say the item, or the day has passed until which it
            would be withheld.
        AccessRefused: the speaker may not decide to withhold.
    """
    entry, paper = paper_in(register.view(by), document)
    if entry.value.stage == "draft":
        raise EntryRefused(f"{document} is a draft", expected="a paper that was issued")
    _must_say(paper, document, held.item)
    if held.until < register.today():
        raise DefinitionRefused(
            f"{held.until} has passed, until which {held.item} would be withheld",
            expected=f"a day from {register.today()} on",
        )
    version = public_version_of(document)
    with register.acting(by) as act:
        if act.knowing.latest(version) is None:
            # A decision names what it is about, and so the version is there before it.
            act.enter(_begun(entry.value, document), subject=version, effective=entry.effective)
        decision = made(
            Decision,
            by=by.post,
            act=Act.REDACT,
            about=version,
            text=f"Withhold {_item_said(held.item)} from the public version.",
            reason=reason,
            stage=Stage.TAKEN,
            scope=entry.value.scope,
            withheld=(held,),
        )
        # It names what is withheld, and is held as closely as the paper that says it.
        return act.enter(
            decision,
            subject=next_of(act, "decision", "redact", path_of(version)),
            marking=entry.marking,
        )


def _begun(paper: Document, document: str) -> Document:
    """The public version before it is written: a draft that decisions can name."""
    return made(
        Document,
        form=paper.form,
        title=paper.title,
        scope=paper.scope,
        to=paper.to,
        held_on=paper.held_on,
        cycle=paper.cycle,
        stage="draft",
        source=f"public version of {document}",
    )


def _must_say(paper: Paper, document: str, item: str) -> None:
    """Refuse an item that the paper does not say: the decision could never be carried out."""
    found = any(_items(paper, item)) if _SUBJECT.fullmatch(item) else holds(paper, item)
    if not found:
        raise DefinitionRefused(
            f"{document} does not say {item}",
            expected="an entry that the paper cites, by its subject; or a block of it, such as "
            "paragraph-12",
            next_step="look at the paper, or at: regard paper trace",
        )


def must_be_publishable(register: Register, document: str, *, by: Speaker) -> None:
    """Refuse a paper that could not be published now, before anything of it is written.

    Raises:
        NotKnown, EntryRefused, PaperRefused: as `publish_paper` does.
    """
    view = register.view(by)
    entry, paper = paper_in(view, document)
    if not _as_it_is(view, entry):
        _public_version(register, view, entry, paper)


def publish_paper(
    register: Register,
    document: str,
    *,
    by: Speaker,
    folder: Path,
    told: Told = lambda _format: None,
) -> PublishedPaper:
    """Publish an issued paper: as it is if it is OFFICIAL, else the version that may be public.

    Args:
        register: The register.
        document: The paper.
        by: Who publishes it.
        folder: Where the files go.
        told: Told each format of a version from which something is withheld before it is written.

    Raises:
        NotKnown: there is no such paper.
        EntryRefused: it is a draft, was published already, or the day has passed until which
            something is withheld.
        PaperRefused: something in it is held more closely than OFFICIAL and no decision withholds
            it; each place is named, and none of the words.
        AccessRefused: the speaker may not publish.
    """
    view = register.view(by)
    entry, paper = paper_in(view, document)
    if _as_it_is(view, entry):
        published = register.enter(
            changed(entry.value, stage="published"),
            subject=document,
            by=by,
            effective=entry.effective,
            after=entry.seq,
        )
        return PublishedPaper(published, again(view, document, folder), ())
    found, decisions, made_public = _public_version(register, view, entry, paper)
    rendered = render(made_public, tuple(one for one, _ in entry.value.digests), told=told)
    value = changed(
        found.value,
        stage="published",
        position=entry.value.position,
        head=entry.value.head,
        kept=kept(made_public),
        digests=tuple((one.format, digest_of(one)) for one in rendered),
        cites=cited(made_public),
        rests_on=tuple(sorted({one for _, one in entries_cited(made_public)})),
        redactions=tuple(one.subject for one in decisions),
    )
    with laid_out(made_public, rendered, folder, found.subject) as files:
        published = register.enter(
            value,
            subject=found.subject,
            by=by,
            effective=entry.effective,
            marking=OFFICIAL,
            after=found.seq,
        )
    return PublishedPaper(published, files, decisions)


def _as_it_is(view: View, entry: Entry[Document]) -> bool:
    """Whether a paper is published whole: nothing in it is held closely or withheld."""
    return view.find(public_version_of(entry.subject)) is None and entry.marking == OFFICIAL


def _public_version(
    register: Register, view: View, entry: Entry[Document], paper: Paper
) -> tuple[Entry[Document], tuple[Entry[Decision], ...], Paper]:
    """The public version as it was begun, the decisions that withhold, and what is left to say."""
    version = public_version_of(entry.subject)
    found: Entry[Document] | None = view.find(version)
    decisions = _standing(_decided(view, version), register.today())
    if found is None or not decisions:
        raise EntryRefused(
            f"{entry.subject} is {entry.marking}, and nothing was decided to be withheld from it",
            expected="a decision for each item that is held more closely than OFFICIAL",
            next_step=f"regard paper withhold {path_of(entry.subject)} ITEM --ground GROUND",
        )
    made_public = public(paper, tuple(redactions_of(view, paper, decisions)), to=OFFICIAL)
    _must_name_nothing_close(view, made_public)
    return found, decisions, made_public


def _must_name_nothing_close(view: View, paper: Paper) -> None:
    """Refuse a version in which an entry that is held more closely would still be named."""
    named = {one for _, one in entries_cited(paper)}
    named |= {one for held in paper.sources for _, one in entry_named(held.reference)}
    close = sum(1 for one in view.many(named).values() if one.marking != OFFICIAL)
    if close:
        raise PaperRefused(
            f"the public version of {shown(paper.title.title)} would name {close} entries that "
            "are held more closely than OFFICIAL",
            expected="a decision for each that withholds it, by its subject or the block it is in",
            next_step="see which: regard paper trace, on the whole paper",
        )


def _decided(view: View, version: str) -> tuple[Entry[Decision], ...]:
    return tuple(
        one
        for one in view.all(Decision, about=version)
        if one.held is not None and one.held.act is Act.REDACT and one.held.stage in IN_EFFECT
    )


def _standing(decisions: tuple[Entry[Decision], ...], today: date) -> tuple[Entry[Decision], ...]:
    """The decisions whose day has not passed; what was withheld by others is looked at again."""
    stand = tuple(
        one for one in decisions if all(held.until >= today for held in one.value.withheld)
    )
    items = {held.item for one in stand for held in one.value.withheld}
    for one in decisions:
        for held in one.value.withheld:
            if one not in stand and held.item not in items:
                raise EntryRefused(
                    f"{one.subject} withholds {_item_said(held.item)} until {held.until}, which "
                    "has passed",
                    expected="a decision for it that has a day to come",
                    next_step="look at it again: withhold it anew with its ground, or say it",
                )
    return stand


def redactions_of(
    view: View, paper: Paper, decisions: Sequence[Entry[Decision]]
) -> Iterator[Redaction]:
    """The redactions of a paper from the decisions of the register, each thing once.

    Args:
        view: The register at a position.
        paper: The whole paper.
        decisions: The decisions to redact.

    Raises:
        DefinitionRefused: an entry that is to be withheld is not said in the paper.
    """
    names = Names(view)
    seen: set[Statement | str] = set()
    for decision in decisions:
        for held in decision.value.withheld:
            items = _with_the_same_words(paper, tuple(_items(paper, held.item)))
            if not items:
                raise DefinitionRefused(
                    f"{decision.subject} withholds {held.item}, which the paper does not say",
                    expected="an entry that the paper cites, or a block of it",
                )
            for one in items:
                if one not in seen:
                    seen.add(one)
                    yield _redaction(one, held, names.of(decision.value.by), held.until)


def _redaction(item: Statement | str, held: Withheld, by: str, until: date) -> Redaction:
    return Redaction(item=item, ground=held.ground, by=by, until=until, challenge=held.challenge)


def _items(paper: Paper, item: str) -> Iterator[Statement | str]:
    if not _SUBJECT.fullmatch(item):
        yield item
        return
    for words in paper.words():
        if isinstance(words, Statement) and _says(words, item):
            yield words


def _with_the_same_words(
    paper: Paper, items: tuple[Statement | str, ...]
) -> tuple[Statement | str, ...]:
    """Statements that are withheld, and all others that say their words: one would tell the other.

    A count can be said in the same words of two threats; then neither stands in the public version.
    """
    said = [one for one in paper.words() if isinstance(one, Statement)]
    found = dict.fromkeys(items)
    waiting = [one for one in items if isinstance(one, Statement)]
    while waiting:
        words = str(waiting.pop()).casefold()
        if len(words) < LEAST:
            continue
        for one in said:
            if one not in found and words in str(one).casefold():
                found[one] = None
                waiting.append(one)
    return tuple(found)


def _says(words: Statement, subject: str) -> bool:
    """Whether a statement is of an entry, or stands on it and is held as closely."""
    source = words.source.reference if words.source is not None else ""
    if any(named == subject for _, named in entry_named(source)):
        return True
    if OFFICIAL.covers(words.marking):
        return False
    figures = (one for figure in words.figures for one in figure.walk())
    return any(named == subject for one in figures for _, named in entries_behind(one))


def _item_said(item: str) -> str:
    return f"a {kind_of(item)}" if _SUBJECT.fullmatch(item) else item
