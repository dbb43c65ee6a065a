"""Administration: the editions of the library, what each asks of a body, and a force's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.publishing import publish
from regard.assurance.worklist import Deed, Work, work_list
from regard.core.errors import FileUnreadable, NotComparable, NotKnown, RegardError
from regard.library.adding import LARGEST, add_edition
from regard.library.model import EditionFile
from regard.library.shelf import Library, library
from regard.register.access import EVERYTHING
from regard.register.entries import Entry
from regard.register.kinds.frame import Edition, Party
from regard.register.subjects import path_of, subject_of
from regard.web.background.uploads import clean_name
from regard.web.forms import Form
from regard.web.here import Here, here_of, home
from regard.web.needs import A_POST, enters
from regard.web.paging import paged
from regard.web.registered.asking import sent
from regard.web.routes import Route

PUBLISHES = enters("term")  # an edition brings its terms, which its keeper alone enters
OWN = "library"  # the folder of the data folder in which a force keeps editions of its own
ALL, MINE = "all", "mine"


class Upload(Form):
    """The file of an edition."""

    file = forms.FileField(
        label=_("The edition's file"),
        help_text=_("A TOML file, at most 512 KB"),
        widget=forms.ClearableFileInput({"accept": ".toml"}),
        error_messages={"required": _("Choose a file"), "empty": _("This file is empty")},
    )


class Publish(Form):
    """Whom an edition binds."""

    binds = forms.ChoiceField(
        label=_("Whom does it bind?"),
        widget=forms.RadioSelect,
        choices=((ALL, _("Every body of this register")), (MINE, _("Your own body alone"))),
        error_messages={"required": _("Say whom it binds")},
    )


class Asked(Form):
    """Of which body an edition asks something."""

    body = forms.ChoiceField(
        label=_("Of which body?"), error_messages={"required": _("Choose the body")}
    )


@dataclass(frozen=True)
class Listed:
    """An edition on the shelf, and where it stands.

    Attributes:
        file: It.
        entry: The entry by which it was published; None if it was not.
        own: Whether it is the force's own.
    """

    file: EditionFile
    entry: Entry[Edition] | None
    own: bool


def listed(request: HttpRequest) -> HttpResponse:
    """Every edition on the shelf, and which of them are published."""
    here = here_of(request)
    shown = {
        "title": gettext("Editions"),
        "page": paged(request, _listed(here)),
        "keeps": _keeps(here),
    }
    return render(request, "regard/administration/editions.html", shown)


def one(request: HttpRequest, name: str) -> HttpResponse:
    """An edition: its requirements, whether it is published, and what it asks of a body."""
    return _page(request, name, Publish(initial={"binds": ALL}))


def published(request: HttpRequest, name: str) -> HttpResponse:
    """Publish an edition."""
    here, form = here_of(request), Publish(request.POST)
    if not form.is_valid():
        return _page(request, name, form, status=422)
    held = _shelf()
    try:
        done = publish(
            here.register,
            held.edition(name),
            by=here.speaker,
            held=held,
            shared=form.cleaned_data["binds"] == ALL,
        )
    except RegardError as refusal:
        form.refuse(refusal)
        return _page(request, name, form, status=422)
    messages.success(request, str(done.statement))
    return HttpResponseRedirect(reverse("administration.edition", kwargs={"name": name}))


def asked(request: HttpRequest, name: str) -> HttpResponse:
    """What an edition asks of a body, requirement by requirement."""
    here = here_of(request)
    edition = _shelf().edition(name)
    bodies = _bodies(here)
    form = Asked({"body": request.GET.get("body") or here.body})
    form.fields["body"].choices = bodies  # type: ignore[attr-defined]
    found: tuple[Work, ...] = ()
    why = ""
    if form.is_valid():
        try:
            found = work_list(
                here.view, subject_of("edition", name), scope=form.cleaned_data["body"]
            )
        except (NotKnown, NotComparable) as refusal:
            why = str(refusal)
    counts = Counter(each.deed for each in found)
    shown = {
        "title": gettext("What %(edition)s asks") % {"edition": edition.label},
        "edition": edition,
        "form": form,
        "body": dict(bodies).get(form.data["body"], ""),
        "page": paged(request, [(each, _deed(each.deed)) for each in found]),
        "counts": [(_deed(deed), counts[deed]) for deed in Deed if counts[deed]],
        "why": why,
    }
    return render(request, "regard/administration/asked.html", shown)


def upload(request: HttpRequest) -> HttpResponse:
    """Take in a force's own edition, or say all that is wrong with its file."""
    form = Upload(sent(request), request.FILES if request.method == "POST" else None)
    status = 200
    problems: tuple[str, ...] = ()
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = _taken(form.cleaned_data["file"])
            except RegardError as refusal:
                problems = _told(refusal)
                form.add_error("file", gettext("Nothing of this file was kept: see below why"))
            else:
                messages.success(
                    request,
                    gettext("%(label)s is on the shelf. It binds nobody until it is published")
                    % {"label": made.label},
                )
                address = reverse("administration.edition", kwargs={"name": made.id})
                return HttpResponseRedirect(address)
    shown = {
        "title": gettext("Bring in an edition of your own"),
        "form": form,
        "problems": problems,
    }
    return render(request, "regard/administration/new_edition.html", shown, status=status)


def _taken(file: UploadedFile) -> EditionFile:
    if file.size is None or file.size > LARGEST:
        raise FileUnreadable(
            f"{clean_name(file.name or '')} has {file.size or 0:,} bytes",
            expected=f"at most {LARGEST:,} bytes",
        )
    return add_edition(home() / OWN, file.read(), clean_name(file.name or ""))


def _told(refusal: RegardError) -> tuple[str, ...]:
    lines = [line.strip() for line in str(refusal).splitlines()]
    return tuple(line for line in lines if line)


def _keeps(here: Here) -> bool:
    return here.as_at is None and PUBLISHES.allows(here.standing)


def _shelf() -> Library:
    own = home() / OWN
    return library(own) if own.is_dir() else library()


def _listed(here: Here) -> list[Listed]:
    entries = {path_of(each.subject): each for each in here.view.all(Edition)}
    shipped = library().editions
    return [
        Listed(file, entries.get(file.id), file.id not in shipped)
        for file in _shelf().editions.values()
    ]


def _bodies(here: Here) -> list[tuple[str, str]]:
    found = [
        (each.subject, each.held.name)
        for each in here.view.all(Party)
        if each.held is not None and each.held.form == "body"
    ]
    return sorted(found, key=lambda each: each[1])


def _page(request: HttpRequest, name: str, form: Publish, *, status: int = 200) -> HttpResponse:
    here = here_of(request)
    edition = _shelf().edition(name)
    subject = subject_of("edition", name)
    # Whether it stands is asked of the whole register: its name is taken for every body.
    stands = here.view.find(subject) or here.register.view(EVERYTHING).find(subject)
    shown = {
        "title": edition.label,
        "edition": edition,
        "entry": here.view.find(subject),
        "stands": stands,
        "own": name not in library().editions,
        "page": paged(request, edition.nodes),
        "form": form,
        "keeps": _keeps(here),
    }
    return render(request, "regard/administration/edition.html", shown, status=status)


def _deed(deed: Deed) -> str:
    return {
        Deed.CARRIED: gettext("Carried over, to be looked at"),
        Deed.RE_JUDGE: gettext("Judge again"),
        Deed.NEW: gettext("Judge for the first time"),
        Deed.ENDED: gettext("Asked no more"),
    }[deed]


ROUTES = (
    Route("administration/editions", "administration.editions", listed, A_POST),
    Route(
        "administration/editions/<str:name>",
        "administration.edition",
        one,
        A_POST,
        published,
        PUBLISHES,
    ),
    Route("administration/editions/<str:name>/asks", "administration.asks", asked, A_POST),
    Route(
        "administration/new-edition",
        "administration.new-edition",
        upload,
        PUBLISHES,
        upload,
        PUBLISHES,
        enters=False,
    ),
)
