"""Records: what was brought in and what is missing; bring files in, or take an import back."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import DefinitionRefused, NotKnown, RegardError
from regard.records.confining import Given
from regard.records.contracts import contracts
from regard.records.coverage import months_held
from regard.records.imports import withdraw
from regard.records.ledger import Import
from regard.records.readers import readers
from regard.records.recipes import load_mapping
from regard.records.store import Store
from regard.web.background.bringing import BRINGS_IN, WORK, asked_with, asks_for, told_here
from regard.web.background.uploads import Sent, checked, clean_name, kept, most_bytes
from regard.web.background.working import ask, may_see_words, seen_by
from regard.web.forms import Form, ReasonField
from regard.web.here import Here, here_of, home
from regard.web.needs import A_POST
from regard.web.paging import paged
from regard.web.routes import Route

BY_HEADER, BY_MAPPING = "", "mapping"
LARGEST_MAPPING = 64 * 1024  # bytes


class ManyFiles(forms.FileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class Sends(forms.FileField):
    """One or several files that are sent."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Sent]:
        """Every file that was sent; what each is, is looked at after."""
        given = [one for one in (data or ()) if one]
        if not given:
            raise forms.ValidationError(self.error_messages["required"])
        return given


class BringsIn(Form):
    """Files, and how they are read."""

    files = Sends(  # type: ignore[assignment]
        label=_("Files"),
        error_messages={"required": _("Choose at least one file")},
    )
    how = forms.ChoiceField(
        label=_("How are the files to be read?"), widget=forms.RadioSelect, required=False
    )
    mapping = forms.FileField(
        label=_("Mapping"),
        required=False,
        help_text=_("Only if you chose “By a mapping of your own”: a TOML file."),
    )
    set_aside = forms.BooleanField(
        label=_("Set rows that break the rules aside, each with its reason"),
        required=False,
        help_text=_(
            "A row that breaks the rules refuses all the files, unless you set such rows aside."
        ),
    )
    label = forms.CharField(
        label=_("Note"), required=False, max_length=200, help_text=_("Kept with the import.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["multiple"] = True
        self.fields["files"].help_text = gettext(
            "CSV in UTF-8, Parquet, or a ZIP of CSV files, as they were downloaded. At most "
            "%(most)d MB a file."
        ) % {"most": most_bytes() // 1024**2}
        self.fields["how"].choices = [  # type: ignore[attr-defined]
            (BY_HEADER, gettext("Find out from the header of each file")),
            *((one.id, one.name) for one in readers().values() if not one.not_taken),
            (BY_MAPPING, gettext("By a mapping of your own")),
        ]


class Withdraws(Form):
    """Why an import is taken back."""

    reason = ReasonField(
        label=_("Why is it taken back?"),
        said=_("why it is taken back"),
        max_length=500,
        help_text=_("Kept with the withdrawal. What the import replaced counts again."),
    )


def records(request: HttpRequest) -> HttpResponse:
    """Every import that was made, the last first."""
    here = here_of(request)
    rows = _store().ledger.listed(_known_at(here))[::-1]
    shown = {
        "title": gettext("Records"),
        "page": paged(request, rows),
        "names": {one.id: one.name for one in contracts().values()},
        "may": BRINGS_IN.allows(here.standing),
    }
    return render(request, "regard/records/list.html", shown)


def months(request: HttpRequest) -> HttpResponse:
    """The months that each source has supplied, and those that are missing."""
    here = here_of(request)
    page = paged(request, months_held(_store().ledger, _known_at(here)))
    shown = {"title": gettext("Months supplied"), "page": page}
    return render(request, "regard/records/months.html", shown)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One import: its file, its rows and its months."""
    here, store = here_of(request), _store()
    found = _import(here, store, number)
    held: dict[str, list[str]] = {}
    for source, month in store.ledger.slices(number):
        held.setdefault(source, []).append(month)
    shown = {
        "title": gettext("Import %d") % number,
        "found": found,
        "state": found.state_at(_known_at(here)),
        "dataset": contracts()[found.dataset].name,
        "sources": sorted((source, *_ends(texts)) for source, texts in held.items()),
        "may": BRINGS_IN.allows(here.standing),
    }
    return render(request, "regard/records/one.html", shown)


def set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """The rows of an import that were set aside, each with its reason."""
    here, store = here_of(request), _store()
    found = _import(here, store, number)
    page = paged(request, store.rejected(number))
    shown = {"title": gettext("Rows set aside of import %d") % number, "found": found, "page": page}
    return render(request, "regard/records/set_aside.html", shown)


def bring_in(request: HttpRequest) -> HttpResponse:
    """Ask which files are brought in, and how."""
    return _bringing(request, BringsIn(initial={"how": BY_HEADER}))


def sent(request: HttpRequest) -> HttpResponse:
    """Look at files that were sent, and leave the reading of them to the worker."""
    form = BringsIn(request.POST, _many(request))
    if not form.is_valid():
        return _bringing(request, form)
    asked = form.cleaned_data
    given = []
    for each in asked["files"]:
        try:
            given.append(checked(each))
        except RegardError as refusal:
            form.refuse(told_here(refusal), "files")
    mapped = asked["how"] == BY_MAPPING
    try:
        mapping = [_mapping(request)] if mapped else []
    except RegardError as refusal:
        form.refuse(told_here(refusal), "mapping")
    if form.errors:
        return _bringing(request, form)
    made = ask(
        here_of(request),
        WORK,
        asks_for(given),
        **asked_with(
            kept([*mapping, *given]),
            reader="" if mapped else asked["how"],
            mapped=mapped,
            set_aside=asked["set_aside"],
            label=asked["label"],
        ),
    )
    return HttpResponseRedirect(reverse("work.one", kwargs={"number": made.pk}))


def came(request: HttpRequest, number: int) -> HttpResponse:
    """What came of files that were sent: rows and months, or what is wrong in them."""
    here = here_of(request)
    row = seen_by(here.standing).filter(pk=number, what=WORK).first()
    if row is None or not row.ended_at or not may_see_words(here.standing, row):
        raise NotKnown("import of yours", str(number), ())
    shown = {
        "title": gettext("Not brought in") if row.found.get("wrong") else gettext("Brought in"),
        "row": row,
        "told": row.found,
        "page": paged(request, row.found.get("files") or row.found.get("problems") or ()),
    }
    return render(request, "regard/records/brought_in.html", shown)


def withdrawing(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why an import is taken back."""
    return _withdrawing(request, number, Withdraws())


def withdrawn(request: HttpRequest, number: int) -> HttpResponse:
    """Take an import back."""
    form = Withdraws(request.POST)
    if form.is_valid():
        try:
            withdraw(_store(), number, reason=form.cleaned_data["reason"])
        except NotKnown:
            raise
        except RegardError as refusal:
            form.refuse(refusal)
        else:
            said = gettext("Import %d no longer counts; what it replaced counts again.")
            messages.success(request, said % number)
            return HttpResponseRedirect(reverse("records.one", kwargs={"number": number}))
    return _withdrawing(request, number, form)


def _bringing(request: HttpRequest, form: BringsIn) -> HttpResponse:
    shown = {"title": gettext("Bring in records"), "form": form}
    status = 422 if form.errors else 200
    return render(request, "regard/records/bring_in.html", shown, status=status)


def _withdrawing(request: HttpRequest, number: int, form: Withdraws) -> HttpResponse:
    found = _import(here_of(request), _store(), number)
    shown = {"title": gettext("Take import %d back") % number, "found": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "regard/records/withdraw.html", shown, status=status)


def _many(request: HttpRequest) -> Any:
    """The files of a form, all those of one field together."""
    found: dict[str, Any] = {name: request.FILES.get(name) for name in request.FILES}
    if "files" in request.FILES:
        found["files"] = request.FILES.getlist("files")
    return found


def _mapping(request: HttpRequest) -> Given:
    """The mapping that was sent, if it keeps its own rules."""
    sent = request.FILES.get("mapping")
    if not isinstance(sent, Sent) or sent.path is None:
        raise DefinitionRefused(
            gettext("No mapping was sent"), expected=gettext("a mapping, or another way to read")
        )
    name = clean_name(sent.name or "")
    if (sent.size or 0) > LARGEST_MAPPING:
        raise DefinitionRefused(
            f"{name} is too large for a mapping: {sent.size:,} bytes",
            expected=f"at most {LARGEST_MAPPING:,} bytes",
        )
    load_mapping(sent.path, name)
    return Given(sent.path, name)


def _import(here: Here, store: Store, number: int) -> Import:
    """An import that was known on the day looked at."""
    found = store.ledger.import_numbered(number)
    known_at = _known_at(here)
    if known_at is not None and found.started_at > known_at:
        raise NotKnown("import", str(number), ())
    return found


def _ends(texts: list[str]) -> tuple[str, str, int]:
    """The first and last month, and how many there are; empty where rows have none."""
    held = sorted(one for one in texts if one)
    return (held[0], held[-1], len(held)) if held else ("", "", 0)


def _known_at(here: Here) -> datetime | None:
    """The end of the earlier day that is looked at; None for now."""
    return datetime.combine(here.as_at, time.max, UTC) if here.as_at else None


def _store() -> Store:
    return Store(home())


ROUTES = (
    Route("records", "records", records, A_POST),
    Route("records/months", "records.months", months, A_POST),
    Route("records/bring-in", "records.bring-in", bring_in, BRINGS_IN, sent, BRINGS_IN),
    Route("records/brought-in/<int:number>", "records.brought-in", came, BRINGS_IN),
    Route("records/<int:number>", "records.one", one, A_POST),
    Route("records/<int:number>/set-aside", "records.set-aside", set_aside, BRINGS_IN),
    Route(
        "records/<int:number>/withdraw",
        "records.withdraw",
        withdrawing,
        BRINGS_IN,
        withdrawn,
        BRINGS_IN,
    ),
)
