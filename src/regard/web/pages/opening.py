"""Opening a round: first on which editions, then for whom, as at when, and who must speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.assurance.lineage import aspects_of
from regard.assurance.rounds import open_round
from regard.core.errors import NotKnown, RegardError
from regard.register.access import top_body
from regard.register.entries import Entry
from regard.register.gathering import Gathered
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Cycle, Duty, Edition, Party
from regard.register.kinds.reading import made
from regard.register.kinds.values import Line
from regard.register.roles import ROLES
from regard.register.subjects import path_of, slug, subject_of
from regard.web.forms import DayField, Form
from regard.web.here import Here, here_of
from regard.web.judged.chosen import KINDS, c_said
from regard.web.judged.saying import Choices
from regard.web.needs import enters
from regard.web.pages.judging import REFUSED, status_or
from regard.web.routes import Route

HELD_FOR = timedelta(days=28)  # how long a round is held unless somebody says otherwise


@dataclass
class Offered:
    """What a round can be opened on.

    Attributes:
        here: Where the request stands.
    """

    here: Here

    @cached_property
    def view(self) -> Gathered:
        """What the post sees, read at once."""
        return Gathered(self.here.view, KINDS)

    @cached_property
    def judged(self) -> dict[str, list[Entry[Expectation]]]:
        """The requirements and headings of each edition of which something is judged."""
        found: dict[str, list[Entry[Expectation]]] = {}
        for one in self.view.all(Expectation):
            if one.held is not None:
                found.setdefault(one.held.edition, []).append(one)
        return {
            edition: held
            for edition, held in found.items()
            if any(one.value.judged for one in held)
        }

    @cached_property
    def editions(self) -> tuple[Entry[Edition], ...]:
        """Those editions, the latest in force first."""
        held = (one for one in self.view.many(self.judged).values() if one.held is not None)
        return tuple(sorted(held, key=lambda one: str(one.value.in_force.start), reverse=True))

    @cached_property
    def rounds(self) -> tuple[Entry[Cycle], ...]:
        """Every round, the latest first."""
        held = (one for one in self.view.all(Cycle) if one.held is not None)
        return tuple(sorted(held, key=lambda one: (one.value.as_at, one.seq), reverse=True))

    @cached_property
    def parties(self) -> dict[str, Party]:
        """Every body and post that belongs to the body of the one who asks."""
        held = {one.subject: one.held for one in self.view.all(Party) if one.held is not None}
        return {
            subject: one
            for subject, one in held.items()
            if one.form != "person" and (top_body(one, self.view.find) or subject) == self.here.body
        }

    @property
    def bodies(self) -> Choices:
        """The bodies that can be judged."""
        found = [(name, one.name) for name, one in self.parties.items() if one.form == "body"]
        return sorted(found, key=lambda one: (one[0] != self.here.body, one[1]))

    def posts(self, line: Line) -> Choices:
        """The posts whose role speaks at a line."""
        found = [
            (subject, one.name)
            for subject, one in self.parties.items()
            if one.form == "post" and any(line in ROLES[r].lines for r in one.roles if r in ROLES)
        ]
        return sorted(found, key=lambda one: str(one[1]))

    def roots(self, editions: list[str]) -> list[Entry[Expectation]]:
        """The threats of some editions: the headings at the top with something judged below."""
        found = []
        for edition in editions:
            held = {one.subject: one for one in self.judged.get(edition, ())}
            tops = set()
            for one in held.values():
                if one.value.judged:
                    top = one
                    while top.value.parent in held:
                        top = held[top.value.parent]
                    tops.add(top.subject)
            found += [one for one in held.values() if one.subject in tops]
        return found

    def aspects(self, editions: list[str]) -> list[str]:
        """The Cs under which something of some editions is judged."""
        held = (one for edition in editions for one in self.judged.get(edition, ()))
        return list(
            dict.fromkeys(c for one in held if one.value.judged for c in aspects_of(one.value))
        )


class Editions(Form):
    """On which editions a round is held, and which round it follows."""

    edition = forms.MultipleChoiceField(
        label=_("Which editions are judged?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one edition")},
    )
    follows = forms.ChoiceField(
        label=_("Which round does it follow?"),
        help_text=_("What was judged in it can be carried forward."),
        required=False,
    )

    def __init__(self, *args: Any, held: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = held.here.today
        named: Choices = [
            (
                path_of(one.subject),
                f"{path_of(one.subject)}: {one.value.label}"
                + (f" ({gettext('in force')})" if one.value.in_force.holds(today) else ""),
            )
            for one in held.editions
        ]
        self.fields["edition"].choices = named  # type: ignore[attr-defined]
        rounds: Choices = [(path_of(one.subject), one.value.name) for one in held.rounds]
        none = ("", gettext("No earlier round"))
        self.fields["follows"].choices = [*rounds, none]  # type: ignore[attr-defined]


class Opening(Form):
    """A round that is to be opened.

    Args:
        held: What it can be opened on.
        editions: The editions that are judged.
    """

    name = forms.CharField(
        label=_("What is the round called?"),
        help_text=_("For example, Fourth quarter of 2026."),
        max_length=200,
        error_messages={"required": _("Say what the round is called")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("Which bodies are judged?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one body")},
    )
    aspects = forms.MultipleChoiceField(
        label=_("Under which Cs?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one C")},
    )
    as_at = DayField(
        label=_("To which day is it to be true?"), said=_("the day to which it is to be true")
    )
    opens = DayField(label=_("First day on which it is held"))
    closes = DayField(label=_("Last day on which it is held"))

    def __init__(self, *args: Any, held: Offered, editions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roots = held.roots(editions)
        self._choose("scopes", held.bodies)
        self._choose("aspects", [(one, c_said(one)) for one in held.aspects(editions)])
        nobody = ("", gettext("Nobody"))
        for number, root in enumerate(self.roots):
            for line in (Line.DOING, Line.INDEPENDENT):
                self._add(f"line-{int(line)}-{number}", line, root, [nobody, *held.posts(line)])
        self.fields["overseers"] = forms.MultipleChoiceField(
            label=gettext("Who answers the leads, or signs the round off, at line 2?"),
            help_text=gettext("A chief officer signs off; another post answers each cell."),
            widget=forms.CheckboxSelectMultiple({"class": "govuk-checkboxes__input"}),
            required=False,
            choices=held.posts(Line.OVERSEEING),
        )
        self.fields["board"] = forms.ChoiceField(
            label=gettext("Who speaks for the board, on each threat?"),
            required=False,
            choices=[nobody, *held.posts(Line.BOARD)],
            widget=forms.Select({"class": "govuk-select"}),
        )

    def _choose(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _add(self, name: str, line: Line, root: Entry[Expectation], choices: Choices) -> None:
        label = gettext("%(threat)s: who judges at line %(line)s?")
        self.fields[name] = forms.ChoiceField(
            label=label % {"threat": root.value.text, "line": int(line)},
            required=False,
            choices=choices,
            widget=forms.Select({"class": "govuk-select"}),
        )

    def clean(self) -> dict[str, Any]:
        """The last day does not come before the first, and somebody must judge."""
        said: dict[str, Any] = super().clean() or {}
        opens, closes = said.get("opens"), said.get("closes")
        if opens and closes and closes < opens:
            self.add_error("closes", gettext("It cannot close before it opens"))
        if not any(said.get(f"line-1-{number}") for number in range(len(self.roots))):
            self.add_error(None, gettext("Say for at least one threat who judges at line 1"))
        return said

    def duties(self) -> Iterator[Duty]:
        """Who must speak, of a form that is valid."""
        for line in (Line.DOING, Line.INDEPENDENT):
            for number, root in enumerate(self.roots):
                post = self.cleaned_data[f"line-{int(line)}-{number}"]
                if post:
                    yield Duty(line=line, post=post, about=root.subject)
        for post in self.cleaned_data["overseers"]:
            yield Duty(line=Line.OVERSEEING, post=post)
        if self.cleaned_data["board"]:
            yield Duty(line=Line.BOARD, post=self.cleaned_data["board"])


def asked(request: HttpRequest) -> HttpResponse:
    """Ask on which editions; then for whom, as at when and who must speak."""
    held = Offered(here_of(request))
    if not held.editions:
        return _shown(request, None, {"none": True})
    if "edition" not in request.GET:
        newest = [path_of(one.subject) for one in held.editions[:1]]
        return _shown(request, Editions(held=held, initial={"edition": newest}), {})
    first = Editions(request.GET, held=held)
    if not first.is_valid():
        return _shown(request, first, {}, REFUSED)
    editions = [f"edition:{one}" for one in first.cleaned_data["edition"]]
    before = _before(held, first.cleaned_data["follows"])
    form = Opening(held=held, editions=editions, initial=_as_before(held, editions, before))
    return _shown(request, form, {"second": True, "query": request.GET.urlencode()})


def _before(held: Offered, name: str) -> Entry[Cycle] | None:
    if not name:
        return None
    for one in held.rounds:
        if path_of(one.subject) == name:
            return one
    raise NotKnown("round", name, [path_of(one.subject) for one in held.rounds])


def _as_before(held: Offered, editions: list[str], before: Entry[Cycle] | None) -> dict[str, Any]:
    """What a new round begins with: today, and the posts that spoke of the same threats before."""
    today = held.here.today
    found: dict[str, Any] = {
        "as_at": today,
        "opens": today,
        "closes": today + HELD_FOR,
        "scopes": [held.here.body],
        "aspects": held.aspects(editions),
    }
    if before is None:
        return found
    found["scopes"] = list(before.value.scopes)
    kept = [one for one in before.value.aspects if one in found["aspects"]]
    found["aspects"] = kept or found["aspects"]
    spoke = before.value.duties
    for number, root in enumerate(held.roots(editions)):
        for one in spoke:
            if one.about and one.about.rpartition("/")[2] == root.subject.rpartition("/")[2]:
                found.setdefault(f"line-{int(one.line)}-{number}", one.post)
    found["overseers"] = [one.post for one in spoke if one.line is Line.OVERSEEING]
    found["board"] = next((one.post for one in spoke if one.line is Line.BOARD), "")
    return found


def opened(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    held = Offered(here_of(request))
    first = Editions(request.GET, held=held)
    if not first.is_valid():
        return _shown(request, first, {}, REFUSED)
    editions = [f"edition:{one}" for one in first.cleaned_data["edition"]]
    more = {"second": True, "query": request.GET.urlencode()}
    form = Opening(request.POST, held=held, editions=editions)
    if not form.is_valid():
        return _shown(request, form, more, REFUSED)
    before = _before(held, first.cleaned_data["follows"])
    try:
        value = _round(form, editions, before)
        subject = subject_of("cycle", slug(form.cleaned_data["name"]))
        done = open_round(held.here.register, value, subject=subject, by=held.here.speaker)
    except RegardError as refusal:
        form.refuse(refusal)
        return _shown(request, form, more, status_or(refusal))
    messages.success(request, str(done.statement))
    name = path_of(subject)
    return HttpResponseRedirect(reverse("requirements.round", kwargs={"name": name}))


def _round(form: Opening, editions: list[str], before: Entry[Cycle] | None) -> Cycle:
    said = form.cleaned_data
    return made(
        Cycle,
        name=said["name"],
        editions=tuple(editions),
        scopes=tuple(said["scopes"]),
        aspects=tuple(said["aspects"]),
        duties=tuple(form.duties()),
        as_at=said["as_at"],
        opens=said["opens"],
        closes=said["closes"],
        stage="open",
        follows=before.subject if before is not None else None,
    )


def _shown(
    request: HttpRequest, form: Form | None, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    told = {"title": gettext("Open a round"), "form": form, **more}
    return render(request, "regard/requirements/open.html", told, status=status)


ROUTES = (
    Route(
        "requirements/open",
        "requirements.round.open",
        asked,
        enters("cycle"),
        opened,
        enters("cycle"),
    ),
)
