"""Units, skills, rows and verdicts in words, and what is shown of a figure's imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.capability.people import ALL
from regard.core.figures import Figure, Source
from regard.core.verdicts import Verdict
from regard.web.measured.saying import DEEPEST, Traced, traces
from regard.workforce import bodies
from regard.workforce.foretelling import FORECAST

UNITS: Mapping[str, Any] = {
    ALL: _("The whole force"),
    "rocu": _("Regional organised crime unit (ROCU)"),
    "fou": _("Firearms operations unit (FOU)"),
    "ctsfo": _("Counter terrorist specialist firearms officers (CTSFO)"),
}
SKILLS: Mapping[str, Any] = {
    "psu-level-1": _("Public order, Level 1"),
    "psu-level-2": _("Public order, Level 2"),
    "carrier-driver": _("Driver of a carrier"),
    "medic": _("Medic"),
    "bronze": _("Bronze commander"),
    "silver": _("Silver commander"),
    "evidence-gatherer": _("Evidence gatherer"),
    "ctsfo": _("Counter terrorist specialist firearms officer (CTSFO)"),
}
ROWS: Mapping[str, Any] = {
    bodies.ESTABLISHMENT: _("Posts, core"),
    bodies.STRENGTH: _("People in post"),
    bodies.VACANCIES: _("Vacancies on core posts"),
    bodies.UPLIFT_POSTS: _("Uplift posts"),
    bodies.WITH_UPLIFT: _("Posts, core and uplift"),
    bodies.VACANCIES_WITH_UPLIFT: _("Vacancies on core and uplift posts"),
    bodies.THRESHOLD: _("Threshold from which uplift counts"),
    bodies.DIFFERENCE: _("People above the threshold"),
}
VERDICTS: Mapping[Verdict, tuple[Any, str]] = {
    Verdict.OK: (_("Agrees"), "green"),
    Verdict.OK_R: (_("Agrees after rounding"), "green"),
    Verdict.BAD: (_("Does not add up"), "red"),
    Verdict.BASIS: (_("On two bases"), "yellow"),
    Verdict.ND: (_("Cannot be derived"), "grey"),
    Verdict.GAP: (_("Not printed"), "grey"),
    Verdict.X: (_("Conflicts with another place"), "red"),
    Verdict.DERIVED: (_("Follows from what is printed"), "grey"),
}
"""Each verdict as a tag: its words and its colour."""
ROLES: Mapping[str, Any] = {
    "inspector": _("Inspectors"),
    "sergeant": _("Sergeants"),
    "constable": _("Constables"),
    "driver": _("Drivers"),
    "carrier": _("Carriers"),
    "medic": _("Medics"),
}

GENERATED = "GENERATED"  # in the name of every file of the example that was made up


def unit_said(code: str) -> str:
    """A unit in words; its code with spaces where there are none."""
    return str(UNITS.get(code) or plainly(code))


def skill_said(code: str) -> str:
    """A skill in words; its code with spaces where there are none."""
    return str(SKILLS.get(code) or plainly(code))


def role_said(code: str) -> str:
    """A role of a PSU in words, in the plural."""
    return str(ROLES.get(code) or plainly(code))


def plainly(code: str) -> str:
    """A code as words: `dog-section` as `Dog section`."""
    words = code.replace("-", " ")
    return words[:1].upper() + words[1:]


def bases_said(bases: Iterable[str]) -> str:
    """Bases of posts in words, such as `core and uplift posts`."""
    *head, last = bases
    if not head:
        return gettext("%(base)s posts") % {"base": last}
    return gettext("%(bases)s and %(base)s posts") % {"bases": ", ".join(head), "base": last}


def traced(figures: Iterable[Figure], *, deepest: int = DEEPEST) -> tuple[Traced, ...]:
    """What figures stand on, each once; a chance is a share of no rows and names no base.

    Args:
        figures: The figures.
        deepest: How deep parts of parts are shown.
    """
    held = {one.id: one for one in figures}
    return tuple(
        replace(one, base="") if held[one.id].basis == FORECAST else one
        for one in traces(held.values(), deepest=deepest)
    )


def sources_of(figures: Iterable[Figure]) -> tuple[Source, ...]:
    """The imports and documents behind figures, each once."""
    found = (source for one in figures for part in one.walk() for source in part.sources)
    return tuple(dict.fromkeys(one for one in found if one.kind in ("rows", "printed")))


def generated(sources: Iterable[Source]) -> bool:
    """Whether one of these imports says that its rows were made up."""
    return any(GENERATED in one.reference for one in sources)
