"""Bringing in the records that somebody sent: the work, and what its page shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from regard.core.errors import FileRefused, RegardError
from regard.records.confining import Given, import_confined
from regard.records.results import STORED, BatchResult
from regard.records.store import Store
from regard.web.background.uploads import forget, of_work, sweep
from regard.web.background.working import Doing, Ended, RefusedWith, work
from regard.web.needs import holds

WORK = "import-records"
BRINGS_IN = holds("performance-analyst", "register-keeper")

# What a command says to type, and what one does here instead.
_HERE = (
    ("--set-aside", "choose to set rows aside"),
    ("give the command again", "send it again"),
    ("give the command for what is in it", "send what is in it"),
    ("give the same command again", "send it again"),
    ("give the folders one by one", "send the files in smaller parts"),
    ("and give the folder", "and send the files"),
)

# Sentences of a command that tables say here: rows set aside, and months that are missing.
_IN_TABLES = ("regard records rejected", "a missing month is not zero")


@work(WORK, needs=BRINGS_IN, after=lambda asked: forget(asked["kept"]))
def import_records(doing: Doing) -> Ended:
    """Bring the files in that were kept for this work, in a child with limits."""
    sweep()
    asked, leads_to = doing.asked, reverse("records.brought-in", args=[doing.number])
    held = of_work(asked["kept"])
    mapping = held[0] if asked["mapped"] else None
    files = held[1:] if asked["mapped"] else held

    def progress(now: str, rows: int, done: int, of: int) -> None:
        doing.progress(
            done, of, gettext("%(file)s: %(rows)s rows") % {"file": now, "rows": f"{rows:,}"}
        )

    try:
        result = import_confined(
            Store(doing.home),
            files,
            reader=asked["reader"],
            mapping=mapping,
            set_aside=asked["set_aside"],
            label=asked["label"],
            progress=progress,
        )
    except RegardError as refusal:
        raise RefusedWith(
            told_here(refusal), leads_to=leads_to, found=refused(refusal)
        ) from refusal
    return Ended(_said(result), leads_to, brought_in(result))


def asked_with(
    kept_as: Mapping[str, Any], *, reader: str, mapped: bool, set_aside: bool, label: str
) -> dict[str, Any]:
    """What the work is asked with; with a mapping, the first file kept is the mapping."""
    return {
        "kept": dict(kept_as),
        "reader": reader,
        "mapped": mapped,
        "set_aside": set_aside,
        "label": label,
    }


def asks_for(files: list[Given]) -> str:
    """What the work does, in words."""
    if len(files) == 1:
        return gettext("Bring in %s") % files[0].name
    return gettext("Bring in %(first)s and %(more)d more") % {
        "first": files[0].name,
        "more": len(files) - 1,
    }


def told_here(refusal: RegardError) -> RegardError:
    """A refusal in whose next step nothing is typed: what one does on screen stands there."""
    step = refusal.next_step
    for typed, done in _HERE:
        step = step.replace(typed, done)
    return RegardError(refusal.wrong, expected=refusal.expected, next_step=step)


def refused(refusal: RegardError) -> dict[str, Any]:
    """What a page shows of a refusal."""
    here = told_here(refusal)
    problems = refusal.problems if isinstance(refusal, FileRefused) else ()
    return {
        "wrong": refusal.wrong.partition("\n")[0],
        "expected": refusal.expected,
        "next_step": here.next_step,
        "problems": [asdict(one) for one in problems],
    }


def brought_in(result: BatchResult) -> dict[str, Any]:
    """What a page shows of what was brought in."""
    return {
        "files": [
            {
                "file": one.file,
                "state": one.state,
                "number": one.import_number,
                "dataset": one.dataset,
                "read": one.rows_read,
                "stored": one.rows_stored,
                "set_aside": one.rows_rejected,
                "why": one.why,
            }
            for one in result.files
        ],
        "missing": [
            {"dataset": dataset, "source": source, "months": [str(one) for one in months]}
            for (dataset, source), months in sorted(result.missing.items())
        ],
        "said": [one for one in result.said() if not any(told in one for told in _IN_TABLES)],
    }


def _said(result: BatchResult) -> str:
    stored = [one for one in result.files if one.state == STORED]
    rows = sum(one.rows_read for one in stored)
    aside = sum(one.rows_rejected for one in stored)
    files = ngettext("%(n)d file was brought in", "%(n)d files were brought in", len(stored)) % {
        "n": len(stored)
    }
    counts = gettext("%(read)s rows read, %(stored)s stored, %(aside)s set aside") % {
        "read": f"{rows:,}",
        "stored": f"{rows - aside:,}",
        "aside": f"{aside:,}",
    }
    return f"{files}: {counts}."
