"""Why do we say so: an entry in words, the history of a subject, a figure followed back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.naming import Names
from regard.board.kept_papers import traced
from regard.core.errors import NotKnown
from regard.register.entries import Entry
from regard.register.kinds.frame import Party
from regard.register.kinds.speech import Decision, Document, Judgement
from regard.register.proving import prove
from regard.register.subjects import kind_of, subject_of
from regard.register.verifying import verify
from regard.web.forms import DayField, Form
from regard.web.here import Here, here_of
from regard.web.needs import A_POST, holds
from regard.web.paging import paged
from regard.web.registered.entry_words import fields_of, subjects_in
from regard.web.registered.field_labels import KINDS
from regard.web.routes import Route
from regard.web.sending import sent
from regard.web.templatetags.regard import MOST_ENTRIES

LISTED = 50  # entries on a page
VERIFIED_HERE = 20_000  # entries that are verified within a request
KEEPERS = holds("register-keeper", "inspector", "independent-reviewer")
_SEQS = re.compile(r"[1-9][0-9]{0,17}(?:,[1-9][0-9]{0,17})*")


class Narrow(Form):
    """Which entries are listed."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    post = forms.ChoiceField(label=_("Post that said it"), required=False)
    on = DayField(
        label=_("Recorded on"),
        said=_("the day on which it was recorded"),
        required=False,
        help_text=_("For example, 3 2 2015"),
    )


@dataclass(frozen=True)
class Told:
    """An entry among others: who said it, and how it is known."""

    entry: Entry[Any]
    kind: Any
    about: str
    post: str


def journal(request: HttpRequest) -> HttpResponse:
    """The register: its head, its size, and its entries, the newest first."""
    here = here_of(request)
    form = _narrow(request, here)
    asked = form.cleaned_data if form.is_valid() else {}
    before = request.GET.get("before", "")
    found = here.view.latest(
        limit=LISTED + 1,
        before=int(before) if re.fullmatch(r"[0-9]{1,18}", before) else None,
        kind=asked.get("kind", ""),
        post=asked.get("post", ""),
        on=asked.get("on"),
    )
    head = here.register.head()
    query = request.GET.copy()
    query.pop("before", None)
    shown = {
        "title": gettext("Register"),
        "form": form,
        "head": head,
        "position": here.view.position.seq,
        "entries": _told(here, found[:LISTED]),
        "older": found[LISTED - 1].seq if len(found) > LISTED else None,
        "newer": bool(before),
        "query": query.urlencode(),
        "may_verify": KEEPERS.allows(here.standing),
        "few": head.size < VERIFIED_HERE,
    }
    return render(request, "regard/trace/journal.html", shown, status=200 if asked else 422)


def verify_now(request: HttpRequest) -> HttpResponse:
    """Read the whole journal and work every hash out anew, if it is small enough for a request."""
    here = here_of(request)
    size = here.register.head().size
    if size >= VERIFIED_HERE:
        messages.info(
            request,
            gettext("%(size)s entries take longer than a page may. Run: regard register verify")
            % {"size": f"{size:,}"},
        )
        return HttpResponseRedirect(reverse("trace"))
    found = verify(here.register)
    shown = {"title": gettext("Verification of the register"), "found": found}
    return render(request, "regard/trace/verified.html", shown, status=200 if found.whole else 409)


def entry(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry in words, with its versions, what names it, and its proof."""
    here = here_of(request)
    history = here.view.beside(seq)
    if not history:
        raise NotKnown("entry", str(seq), [])
    place = [one.seq for one in history].index(seq)
    found = history[place]
    naming = here.view.naming(found.subject, most=LISTED + 1)
    names = _names(here, (found, *naming), *subjects_in(found.held), found.force)
    fields = () if found.held is None else fields_of(found.held, names)
    erasing = here.view.erased_by(seq) if found.held is None else None
    shown = {
        "title": gettext("Entry %(seq)s") % {"seq": f"{seq:,}"},
        "entry": found,
        "kind": KINDS[found.kind],
        "about": names.of(found.subject),
        "post": names.of(found.post),
        "force": names.of(found.force),
        "fields": fields,
        "paper": isinstance(found.held, Document) and bool(found.held.kept),
        "earlier": history[place - 1] if place else None,
        "later": history[place + 1] if place + 1 < len(history) else None,
        "versions": len(history),
        "naming": _rows(naming[:LISTED], names),
        "more_naming": len(naming) > LISTED,
        "erasing": erasing,
    }
    status = 410 if found.held is None else 200
    return render(request, "regard/trace/entry.html", shown, status=status)


def entries(request: HttpRequest, seqs: str) -> HttpResponse:
    """Several entries on which one figure rests."""
    here = here_of(request)
    wanted = [int(one) for one in seqs.split(",")] if _SEQS.fullmatch(seqs) else []
    found = here.view.numbered(wanted[:MOST_ENTRIES])
    if not found or len(wanted) > MOST_ENTRIES:
        raise NotKnown("entry", seqs, [])
    held = tuple(found[one] for one in dict.fromkeys(wanted) if one in found)
    shown = {
        "title": gettext("Entries on which a figure rests"),
        "entries": _told(here, held),
        "unseen": len(set(wanted)) - len(held),
    }
    return render(request, "regard/trace/entries.html", shown)


def subject(request: HttpRequest, subject: str) -> HttpResponse:
    """Every version of a subject that was known, the newest first."""
    here = here_of(request)
    history = here.view.history(subject)
    if not history or kind_of(subject) not in KINDS:
        raise NotKnown(kind_of(subject), subject, [])
    page = paged(request, tuple(reversed(history)))
    stands = here.view.find(subject)
    names = _names(here, history[-1:], subject)
    shown = {
        "title": names.of(subject),
        "subject": subject,
        "kind": KINDS[kind_of(subject)],
        "stands": stands.seq if stands is not None else None,
        "entries": _told(here, tuple(page.rows)),
        "count": len(history),
        "page": page,
    }
    return render(request, "regard/trace/subject.html", shown)


def figure(request: HttpRequest, number: int, document: str) -> HttpResponse:
    """Why a paper says a figure, down to the entries and their evidence."""
    here = here_of(request)
    named = subject_of("document", *document.split("/"))
    found = traced(here.view, named, str(number))
    shown = {
        "title": gettext("Why do we say “%(figure)s”?") % {"figure": str(found.figure)},
        "found": found,
        "document": document,
    }
    return render(request, "regard/trace/figure.html", shown)


def proof(request: HttpRequest, seq: int) -> HttpResponse:
    """The proof that an entry stands in the register, for whoever checks it alone."""
    here = here_of(request)
    found = _one(here, seq)
    words = request.GET.get("words") == "1"
    made = prove(here.register, here.view, seq, words=words)
    name = f"entry-{seq}-proof{'-with-words' if words else ''}.json"
    return sent(name, made.as_json().encode(), marking=found.marking)


def _narrow(request: HttpRequest, here: Here) -> Narrow:
    form = Narrow(request.GET)
    every = [("", gettext("Any"))]
    form.fields["kind"].choices = [*every, *KINDS.items()]  # type: ignore[attr-defined]
    held = ((one.subject, one.held) for one in here.view.all(Party))
    said = sorted(
        (party.name, subject) for subject, party in held if party and party.form == "post"
    )
    form.fields["post"].choices = [*every, *((subject, name) for name, subject in said)]  # type: ignore[attr-defined]
    return form


def _one(here: Here, seq: int) -> Entry[Any]:
    found = here.view.entry(seq)
    if found is None:
        raise NotKnown("entry", str(seq), [])
    return found


def _told(here: Here, found: tuple[Entry[Any], ...]) -> tuple[Told, ...]:
    return _rows(found, _names(here, found))


def _names(here: Here, found: tuple[Entry[Any], ...], *others: str) -> Names:
    """The names of who said some entries and of what they judge, asked for at once."""
    names = Names(here.view)
    wanted = {one.post for one in found} | {one.subject for one in found} | set(others)
    wanted |= {one.held.about for one in found if isinstance(one.held, Judgement)}
    names.learn(tuple(sorted(wanted - {""})))
    return names


def _rows(found: tuple[Entry[Any], ...], names: Names) -> tuple[Told, ...]:
    return tuple(
        Told(one, KINDS[one.kind], _words(one, names), names.of(one.post)) for one in found
    )


def _words(one: Entry[Any], names: Names) -> str:
    """What an entry is about in few words: its name, or what it says of what."""
    if one.held is None:
        return gettext("Its words were lawfully erased")
    if isinstance(one.held, Judgement):
        level = one.held.level or str(one.held.absent)
        return f"{names.of(one.held.about)}: {level}"
    if isinstance(one.held, Decision):
        return f"{one.held.act}: {one.held.text}"
    return next(
        (
            str(told)
            for name in ("name", "title", "text", "label", "type")
            if (told := getattr(one.held, name, ""))
        ),
        one.subject,
    )


ROUTES = (
    Route("trace", "trace", journal, A_POST, verify_now, KEEPERS, enters=False),
    Route("trace/<int:seq>", "trace.entry", entry, A_POST),
    Route("trace/<int:seq>/proof", "trace.proof", proof, A_POST),
    Route("trace/entries/<str:seqs>", "trace.entries", entries, A_POST),
    Route("trace/subject/<path:subject>", "trace.subject", subject, A_POST),
    Route("trace/figure/<int:number>/<path:document>", "trace.figure", figure, A_POST),
)
