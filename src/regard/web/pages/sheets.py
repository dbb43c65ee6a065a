"""Many cells at once: a lead's sheet downloaded, filled in, and brought in again."""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.sheets import COLUMNS, Filled, judge_sheet, rows_in, sheet, words_of
from regard.core.cells import csv_text
from regard.core.errors import FileRefused, RegardError
from regard.register.kinds.values import Line
from regard.register.subjects import path_of
from regard.web.forms import Form
from regard.web.judged.chosen import Chosen, one_chosen, shelf
from regard.web.needs import A_POST, speaks_at
from regard.web.pages.judging import REFUSED, status_or
from regard.web.pages.requirements import BYTE_ORDER_MARK
from regard.web.routes import Route

LARGEST = 5 * 1024 * 1024  # bytes of a sheet; one of a whole round has a few hundred thousand


class Sent(Form):
    """A sheet that was filled in."""

    sheet = forms.FileField(
        label=_("The sheet, filled in"),
        help_text=_("A CSV file. In the spreadsheet, save it as “CSV UTF-8”."),
        error_messages={
            "required": _("Choose the sheet that you filled in"),
            "empty": _("The file is empty"),
        },
    )

    def clean_sheet(self) -> UploadedFile:
        """A file that is no larger than a sheet can be."""
        found: UploadedFile = self.cleaned_data["sheet"]
        if (found.size or 0) > LARGEST:
            raise forms.ValidationError(gettext("The file is larger than any sheet can be"))
        return found


def asked(request: HttpRequest) -> HttpResponse:
    """How the sheet is filled in, where it is, and where it is brought in again."""
    return _shown(request, one_chosen(request), Sent())


def _shown(
    request: HttpRequest,
    at: Chosen,
    form: Form,
    refusal: FileRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    told = {
        "title": gettext("Judge many cells from a sheet"),
        "at": at,
        "form": form,
        "refusal": refusal,
        "waiting": at.waiting,
        "columns": COLUMNS[COLUMNS.index("level") :],
    }
    return render(request, "regard/requirements/sheet.html", told, status=status)


def as_csv(request: HttpRequest) -> HttpResponse:
    """The cells that the post has still to judge, as a sheet to be filled in."""
    at = one_chosen(request)
    rows = sheet(at.view, at.matrix, at.here.speaker.post, held=shelf())
    held = [COLUMNS, *(tuple(one.columns[name] for name in COLUMNS) for one in rows)]
    answer = HttpResponse(BYTE_ORDER_MARK + csv_text(held), content_type="text/csv; charset=utf-8")
    name = f"{path_of(at.cycle.subject)}-{path_of(at.here.speaker.post)}".replace("/", "-")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def sent(request: HttpRequest) -> HttpResponse:
    """Judge the cells of a sheet in one act, or say row by row what is wrong."""
    at = one_chosen(request)
    form = Sent(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, at, form, status=REFUSED)
    try:
        filled = _read(form.cleaned_data["sheet"])
        done = judge_sheet(
            at.here.register, at.cycle.subject, filled, by=at.here.speaker, held=shelf()
        )
    except FileRefused as refusal:
        form.add_error("sheet", gettext("Nothing was entered: rows of the sheet are refused"))
        return _shown(request, at, form, refusal, REFUSED)
    except RegardError as refusal:
        form.refuse(refusal)
        return _shown(request, at, form, status=status_or(refusal))
    told = ngettext("%(n)d cell was judged", "%(n)d cells were judged, in one act", len(done))
    left = ngettext("%(n)d row was left open.", "%(n)d rows were left open.", filled.left)
    said = f"{told % {'n': len(done)}}; {left % {'n': filled.left}}"
    messages.success(request, said)
    return HttpResponseRedirect(at.page("requirements.sheet"))


def _read(file: UploadedFile) -> Filled:
    name = PurePath(file.name or "").name or "sheet.csv"
    with TemporaryDirectory() as folder:
        kept = Path(folder) / name
        with kept.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        return words_of(rows_in(kept), name)


ROUTES = (
    Route(
        "requirements/sheet",
        "requirements.sheet",
        asked,
        A_POST,
        sent,
        speaks_at(Line.DOING),
    ),
    Route("requirements/sheet.csv", "requirements.sheet.csv", as_csv, speaks_at(Line.DOING)),
)
