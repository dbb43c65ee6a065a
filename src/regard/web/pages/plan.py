"""The plan: where each promise stands, what has nothing to say, and plan files in and out."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from regard.board.summary import milestones_in_a_sentence
from regard.core.errors import NotKnown, RegardError
from regard.plan.entering import edition_of, enter_plan
from regard.plan.filing import file_text
from regard.plan.loading import read_plan
from regard.plan.model import Plan
from regard.register.kinds.facts import Expectation
from regard.register.seeing import View
from regard.web.forms import DayField, Form
from regard.web.here import here_of
from regard.web.measured import kept
from regard.web.measured.promises import elsewhere, figures_shown, outcomes_shown, silent, verdicts
from regard.web.measured.records import Records
from regard.web.measured.saying import pieces, traces
from regard.web.needs import A_POST, enters
from regard.web.routes import Route

LARGEST = 1024 * 1024  # bytes of a plan file; the example's has 30 thousand
PLAN = "plan"  # what the address calls the plan that is asked for


def plan(request: HttpRequest) -> HttpResponse:
    """Where each promise of the plan stands, and of which deliverables nothing is said."""
    records = Records(request)
    view = records.here.view
    held = kept.plan_held(view, records.own, request.GET.get(PLAN, ""))
    shown = {
        "title": gettext("Plan"),
        "records": records,
        "plan": held,
        "others": [one for one in kept.plans_of(view, records.own) if held and one != held.id],
        "may_enter": records.here.as_at is None and ENTERS.allows(records.here.standing),
    }
    if held is None:
        return render(request, "regard/plan/without.html", shown)
    counted = kept.positions_held(records, held) if _has_records(records, held) else ""
    stands = None if isinstance(counted, str) else counted
    outcomes = outcomes_shown(held, stands, _entries(view, held))
    promised = stands is not None and held.milestones
    shown |= {
        "title": held.name,
        "positions": stands,
        "why": counted if isinstance(counted, str) else "",
        "outcomes": outcomes,
        "silent": silent(outcomes),
        "elsewhere": elsewhere(outcomes),
        "verdicts": verdicts(stands) if stands is not None else (),
        "sentence": pieces(milestones_in_a_sentence(stands)) if promised and stands else (),
        "traces": traces(
            (*milestones_in_a_sentence(stands).figures, *figures_shown(stands))
            if promised and stands
            else figures_shown(stands),
            deepest=1,
        )
        if stands is not None
        else (),
        "asking": records.asking(area=held.area) if _has_records(records, held) else "",
    }
    return render(request, "regard/plan/plan.html", shown)


def _has_records(records: Records, held: Plan) -> bool:
    return any(one.slug == held.area for one in records.areas)


def _entries(view: View, held: Plan) -> dict[str, int]:
    """The numbers of the entries of a plan's promises, by their subjects."""
    return {one.subject: one.seq for one in view.all(Expectation, edition=edition_of(held))}


def file(request: HttpRequest) -> HttpResponse:
    """The plan as a plan file, as it stood on the day looked at."""
    records = Records(request)
    held = kept.plan_held(records.here.view, records.own, request.GET.get(PLAN, ""))
    if held is None:
        raise NotKnown("plan in the register", request.GET.get(PLAN, ""), ())
    answer = HttpResponse(file_text(held), content_type="application/toml; charset=utf-8")
    marking = str(held.marking).split()[0]
    answer["Content-Disposition"] = f'attachment; filename="{held.id}_{marking}.toml"'
    return answer


class PlanFile(Form):
    """A plan file, and from when on it is true."""

    file = forms.FileField(
        label=_("Plan file"),
        help_text=_("TOML in UTF-8, of at most 1 MB"),
        widget=forms.FileInput({"accept": ".toml"}),
        error_messages={
            "required": _("Choose a plan file"),
            "empty": _("The file holds nothing: choose another"),
        },
    )
    effective = DayField(
        label=_("From which day is it true?"),
        said=_("the day from which it is true"),
        help_text=_("If you leave it out, the first day of the plan’s year"),
        required=False,
    )

    def clean_file(self) -> object:
        """Refuse what is larger than any plan."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(
                gettext("The file has %(size)s bytes; a plan file has at most %(most)s")
                % {"size": f"{given.size:,}", "most": f"{LARGEST:,}"}
            )
        return given


def entering(request: HttpRequest) -> HttpResponse:
    """Ask for a plan file."""
    return _entering(request, PlanFile())


def entered(request: HttpRequest) -> HttpResponse:
    """Enter a plan file into the register, or only say what is wrong with it."""
    form = PlanFile(request.POST, request.FILES)
    if not form.is_valid():
        return _entering(request, form)
    try:
        given = form.cleaned_data["file"]
        found = read_plan(given.read(), given.name)
        records = Records(request)
        for one in found.measures():
            records.measure(one)
        if "check" in request.POST:
            return _entering(request, PlanFile(), checked=found)
        here = here_of(request)
        made = enter_plan(
            here.register,
            found,
            by=here.speaker,
            effective=form.cleaned_data["effective"],
            known=records.measures,
        )
    except RegardError as refusal:
        form.refuse(refusal)
        form.add_error("file", gettext("Choose a plan file without these problems"))
        return _entering(request, form)
    said = ngettext(
        "The plan is in the register: %(number)d entry.",
        "The plan is in the register: %(number)d entries.",
        made.entries,
    )
    messages.success(request, said % {"number": made.entries})
    return HttpResponseRedirect(f"{reverse('plan')}?{PLAN}={found.id}")


def _entering(request: HttpRequest, form: PlanFile, checked: Plan | None = None) -> HttpResponse:
    shown = {"title": gettext("Enter a plan"), "form": form, "checked": checked}
    status = 422 if form.errors else 200
    return render(request, "regard/plan/enter.html", shown, status=status)


ENTERS = enters("edition")

ROUTES = (
    Route("plan", "plan", plan, A_POST),
    Route("plan/file", "plan.file", file, A_POST),
    Route("plan/enter", "plan.enter", entering, ENTERS, entered, ENTERS),
)
