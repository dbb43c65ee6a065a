"""Papers as work: a draft written in every format, a paper issued, and one published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from regard.board.drafts import (
    FORMATS,
    Draft,
    draft_must_be_issuable,
    draft_of,
    issue_draft,
    write_draft,
)
from regard.board.publication import must_be_publishable, publish_paper
from regard.board.registering import FILES
from regard.core.errors import EntryRefused, RegardError
from regard.core.markings import Marking
from regard.register.subjects import path_of
from regard.web.background.working import Doing, Ended, RefusedWith, ask, going_on, work
from regard.web.here import Here
from regard.web.models import Work
from regard.web.needs import enters, issues

WRITE, ISSUE, PUBLISH = "write-draft", "issue-paper", "publish-paper"
DRAFTS, ISSUES = enters("document"), issues()

AROUND = 2  # parts of a work beside its formats: gathering what is said, and entering it


def ask_to_write(here: Here, draft: Draft) -> Work:
    """Ask for a draft in every format; where that is under way already, for no second time.

    Raises:
        AccessRefused: the post may not.
    """
    said = gettext("Write the draft: %(title)s") % {"title": draft.paper.title.title}
    return _asked(here, WRITE, said, draft.paper.marking, **_of(draft))


def ask_to_issue(here: Here, draft: Draft) -> Work:
    """Ask for the paper of a draft to be issued; what could not be issued is refused at once.

    Raises:
        EntryRefused, AccessRefused, PaperRefused, DefinitionRefused: as `issue_draft` does.
    """
    draft_must_be_issuable(here.register, draft, by=here.speaker)
    said = gettext("Issue the paper: %(title)s") % {"title": draft.paper.title.title}
    return _asked(here, ISSUE, said, draft.paper.marking, **_of(draft))


def ask_to_publish(here: Here, document: str, title: str, marking: Marking) -> Work:
    """Ask for a paper to be published; what could not be published is refused at once.

    Args:
        here: Who asks.
        document: The subject of the paper.
        title: What it is called.
        marking: How closely it is held.

    Raises:
        NotKnown, EntryRefused, PaperRefused, AccessRefused: as `publish_paper` does.
    """
    must_be_publishable(here.register, document, by=here.speaker)
    said = gettext("Publish the paper: %(title)s") % {"title": title}
    return _asked(here, PUBLISH, said, marking, document=document)


@work(WRITE, needs=DRAFTS)
def write(doing: Doing) -> Ended:
    """Write a draft in every format."""
    draft = _draft(doing)
    write_draft(doing.home, draft, told=_progress(doing))
    return Ended(
        gettext("The draft is written in each format and can be downloaded."), _preview(draft.name)
    )


@work(ISSUE, needs=ISSUES)
def issue(doing: Doing) -> Ended:
    """Issue the paper of a draft, in the name of the post that asked."""
    doing.progress(0, len(FORMATS) + AROUND, gettext("Gathering what was said"))
    draft = _draft(doing)
    try:
        done = issue_draft(doing.register, draft, by=doing.speaker, told=_progress(doing))
    except RegardError as refusal:
        raise RefusedWith(refusal, leads_to=_preview(draft.name), found={}) from refusal
    told = gettext("The paper was issued as entry %(seq)s, from %(position)s.")
    return Ended(
        told % {"seq": f"{done.entry.seq:,}", "position": done.paper.position},
        reverse("papers.paper", kwargs={"document": path_of(done.entry.subject)}),
    )


@work(PUBLISH, needs=ISSUES)
def publish(doing: Doing) -> Ended:
    """Publish a paper, in the name of the post that asked."""
    doing.progress(0, len(FORMATS) + AROUND, gettext("Leaving out what is withheld"))
    document = str(doing.asked["document"])
    try:
        done = publish_paper(
            doing.register,
            document,
            by=doing.speaker,
            folder=doing.home / FILES,
            told=_progress(doing),
        )
    except RegardError as refusal:
        back = reverse("papers.publish", kwargs={"document": path_of(document)})
        raise RefusedWith(refusal, leads_to=back, found={}) from refusal
    told = gettext("Published as entry %(seq)s. Anybody can read it now, without signing in.")
    return Ended(
        told % {"seq": f"{done.entry.seq:,}"},
        reverse("public.paper", kwargs={"document": path_of(done.entry.subject)}),
    )


def _asked(here: Here, name: str, said: str, marking: Marking, **asked: Any) -> Work:
    under_way = going_on(here.standing, name, asked)
    return under_way or ask(here, name, said, marking=marking, **asked)


def _of(draft: Draft) -> dict[str, str]:
    return {"draft": draft.name, "digest": draft.digest}


def _draft(doing: Doing) -> Draft:
    """The very draft that was looked at when the work was asked for, as the post may see it.

    Raises:
        NotKnown: it is gone, or the post may no longer see all in it.
        EntryRefused: another was written in its place.
    """
    name = str(doing.asked["draft"])
    found = draft_of(doing.home, doing.register.view(doing.speaker), name)
    if found.digest != doing.asked["digest"]:
        refusal = EntryRefused(
            f"the draft {name} was written anew since this was asked",
            expected="the draft that was looked at",
            next_step="look at the draft as it is now, and ask again",
        )
        raise RefusedWith(refusal, leads_to=_preview(name), found={})
    return found


def _preview(name: str) -> str:
    return reverse("papers.preview", kwargs={"name": name})


def _progress(doing: Doing) -> Callable[[str], None]:
    done = AROUND // 2

    def told(format_: str) -> None:
        nonlocal done
        doing.progress(
            done, len(FORMATS) + AROUND, gettext("Writing %(format)s") % {"format": format_.upper()}
        )
        done += 1

    return told
