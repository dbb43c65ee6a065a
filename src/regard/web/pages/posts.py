"""Administration: posts and who holds them, what each role may do, and the bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.periods import day_said
from regard.register.access import EVERYTHING
from regard.register.entries import Entry
from regard.register.kinds.frame import Party
from regard.register.posting import (
    Held,
    Post,
    appoint,
    appointments,
    end_appointment,
    enter_post,
    posts_at,
)
from regard.register.roles import ROLES
from regard.register.subjects import path_of, subject_of
from regard.web.forms import CodeField, DayField, Form
from regard.web.here import Here, here_of
from regard.web.needs import A_POST, enters
from regard.web.paging import paged
from regard.web.registered import role_words
from regard.web.registered.asking import Asking, Done, Given, ask, sent
from regard.web.routes import Route

KEEPS = enters("party")
ASK = "regard/administration/ask.html"


class PostForm(Form):
    """A post: what it is called and may do."""

    name = forms.CharField(label=_("Name of the post"), max_length=200)
    body = forms.ChoiceField(label=_("Body to which it belongs"))
    roles = forms.MultipleChoiceField(
        label=_("What it may do"),
        help_text=_("A post may have several roles. Without any it may do nothing"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    groups = forms.CharField(
        label=_("Groups that need to know (optional)"),
        help_text=_("Codes with commas between them, such as: firearms, covert-policing"),
        max_length=500,
        required=False,
    )


class NewPostForm(PostForm):
    """A post that the register does not know yet."""

    path = CodeField(
        label=_("Code of the post"),
        help_text=_("Small letters, digits and hyphens, such as acc-security. It stays for good"),
    )
    field_order = ("path", "name", "body", "roles", "groups")


class AppointForm(Form):
    """Who holds a post, from when to when."""

    holder = CodeField(
        label=_("Code of the account"),
        help_text=_("Such as wm-holder-7; a code, never a person's name"),
    )
    start = DayField(
        label=_("First day (optional)"),
        help_text=_("Today if left empty"),
        required=False,
    )
    end = DayField(
        label=_("Last day (optional)"),
        help_text=_("Open if left empty"),
        required=False,
    )


class EndForm(Form):
    """Until when a post is held."""

    last = DayField(
        label=_("Last day on which it is held (optional)"),
        help_text=_("If left empty, it is held no more from this moment on"),
        required=False,
    )


@dataclass(frozen=True)
class Line:
    """An appointment as it is shown.

    Attributes:
        held: It.
        state: `now`, `over` or `to come`.
        tag: The colour of its tag.
    """

    held: Held
    state: str
    tag: str

    @property
    def can_end(self) -> bool:
        """Whether it is not over."""
        return self.tag != "grey"


def administration(request: HttpRequest) -> HttpResponse:
    """What can be looked at and kept here."""
    shown = {"title": gettext("Posts, roles and editions"), "keeps": keeps(here_of(request))}
    return render(request, "regard/administration/front.html", shown)


def listed(request: HttpRequest) -> HttpResponse:
    """Posts and who holds them on the day looked at."""
    here = here_of(request)
    found = sorted(posts_at(here.view, here.day), key=lambda one: (one.body, one.name))
    shown = {
        "title": gettext("Posts and who holds them"),
        "page": paged(request, found),
        "bodies": body_names(here),
        "keeps": keeps(here),
    }
    return render(request, "regard/administration/posts.html", shown)


def one(request: HttpRequest, post: str) -> HttpResponse:
    """A post: what it may do, and who held it when."""
    here = here_of(request)
    entry, found = _entry(here, post), _post(here, post)
    held = [_line(each, here.day) for each in appointments(here.view, found.subject)]
    shown = {
        "title": found.name,
        "post": found,
        "entry": entry,
        "body": body_names(here).get(found.body, path_of(found.body)),
        "roles": [role_words.said(ROLES[name]) for name in found.roles if name in ROLES],
        "page": paged(request, held),
        "keeps": keeps(here),
    }
    return render(request, "regard/administration/post.html", shown)


def make(request: HttpRequest) -> HttpResponse:
    """Make a post."""
    here = here_of(request)
    form = _with_choices(NewPostForm(sent(request), initial={"body": here.body}), here)
    asking = Asking(
        title=gettext("Make a post"),
        button=gettext("Make the post"),
        back=reverse("administration.posts"),
        back_said=gettext("Posts and who holds them"),
    )

    def enter(given: Given) -> Done:
        subject = new_subject(here, given["path"])
        _enter_post(here, subject, given)
        said = gettext("The post %(name)s is made. Appoint who holds it") % {"name": given["name"]}
        return Done(said, reverse("administration.post", kwargs={"post": path_of(subject)}))

    return ask(request, asking, form, enter, template=ASK)


def change(request: HttpRequest, post: str) -> HttpResponse:
    """Change what a post is called and may do."""
    here = here_of(request)
    held = _entry(here, post).value
    before = {
        "name": held.name,
        "body": held.parent,
        "roles": held.roles,
        "groups": ", ".join(held.groups),
    }
    form = _with_choices(PostForm(sent(request), initial=before), here)
    asking = Asking(
        title=gettext("Change %(name)s") % {"name": held.name},
        button=gettext("Change the post"),
        back=reverse("administration.post", kwargs={"post": post}),
        back_said=held.name,
        told=[gettext("What was said before stays in the register. It holds from now on.")],
    )

    def enter(given: Given) -> Done:
        _enter_post(here, _subject(post), given)
        said = gettext("%(name)s is changed") % {"name": given["name"]}
        return Done(said, asking.back)

    return ask(request, asking, form, enter, template=ASK)


def appointing(request: HttpRequest, post: str) -> HttpResponse:
    """Appoint an account to a post."""
    here = here_of(request)
    held = _entry(here, post).value
    asking = Asking(
        title=gettext("Appoint to %(name)s") % {"name": held.name},
        button=gettext("Appoint"),
        back=reverse("administration.post", kwargs={"post": post}),
        back_said=held.name,
    )

    def enter(given: Given) -> Done:
        appoint(
            here.register,
            _subject(post),
            _subject(given["holder"]),
            by=here.speaker,
            start=given["start"],
            end=given["end"],
        )
        said = gettext("%(holder)s is appointed to %(name)s") % {
            "holder": given["holder"].removeprefix("party:"),
            "name": held.name,
        }
        return Done(said, asking.back)

    return ask(request, asking, AppointForm(sent(request)), enter, template=ASK)


def ending(request: HttpRequest, post: str, holder: str) -> HttpResponse:
    """End an appointment."""
    here = here_of(request)
    held = _entry(here, post).value
    if not any(each.holder == _subject(holder) for each in appointments(here.view, _subject(post))):
        raise NotKnown("holder of this post", holder, ())
    asking = Asking(
        title=gettext("End the appointment of %(holder)s to %(name)s")
        % {"holder": holder, "name": held.name},
        button=gettext("End the appointment"),
        back=reverse("administration.post", kwargs={"post": post}),
        back_said=held.name,
        told=[gettext("What was said through this account stays as it was said.")],
    )

    def enter(given: Given) -> Done:
        end_appointment(
            here.register, _subject(post), _subject(holder), by=here.speaker, last=given["last"]
        )
        if given["last"]:
            said = gettext("%(holder)s holds %(name)s until %(day)s")
        else:
            said = gettext("%(holder)s holds %(name)s no more")
        words = {"holder": holder, "name": held.name, "day": day_said(given["last"] or here.today)}
        return Done(said % words, asking.back)

    return ask(request, asking, EndForm(sent(request)), enter, template=ASK)


def keeps(here: Here) -> bool:
    """Whether the post keeps posts and bodies, on the day looked at."""
    return here.as_at is None and KEEPS.allows(here.standing)


def _subject(path: str) -> str:
    return subject_of("party", *path.strip().removeprefix("party:").split("/"))


def new_subject(here: Here, path: str) -> str:
    """The subject of a party that is to be.

    Raises:
        DefinitionRefused: it is no path, or there is such a party.
    """
    subject = _subject(path)
    if here.register.view(EVERYTHING).find(subject) is not None:
        raise DefinitionRefused(
            f"{subject} is in the register already", expected="a code that nobody has"
        )
    return subject


def _entry(here: Here, post: str) -> Entry[Party]:
    entry: Entry[Any] = here.view.one(_subject(post))
    if not isinstance(entry.held, Party) or entry.held.form != "post":
        raise NotKnown("post", post, ())
    return entry


def _post(here: Here, post: str) -> Post:
    entry, subject = _entry(here, post), _subject(post)
    held = [each for each in appointments(here.view, subject) if each.window.holds(here.day)]
    value = entry.value
    return Post(
        subject,
        value.name,
        value.parent or "",
        value.roles,
        value.groups,
        tuple(sorted(each.holder for each in held)),
    )


def _line(held: Held, day: date) -> Line:
    if held.window.holds(day):
        return Line(held, gettext("Holds it"), "green")
    if held.window.start is not None and held.window.start > day:
        return Line(held, gettext("To come"), "blue")
    return Line(held, gettext("Over"), "grey")


def body_names(here: Here) -> dict[str, str]:
    """Every body's name."""
    return {
        each.subject: each.held.name
        for each in here.view.all(Party)
        if each.held is not None and each.held.form == "body"
    }


def sorted_names(here: Here) -> list[tuple[str, str]]:
    """Every body with its name, by name."""
    return sorted(body_names(here).items(), key=lambda each: each[1])


def choose(form: Form, field: str, choices: list[tuple[str, str]]) -> None:
    """Let a field of a form offer these."""
    form.fields[field].choices = choices  # type: ignore[attr-defined]


def _with_choices(form: PostForm, here: Here) -> PostForm:
    choose(form, "body", sorted_names(here))
    choose(form, "roles", [(each.name, f"{each.name}: {each.what_for}") for each in ROLES.values()])
    return form


def _enter_post(here: Here, subject: str, given: Given) -> None:
    enter_post(
        here.register,
        subject,
        by=here.speaker,
        name=given["name"],
        body=given["body"],
        roles=given["roles"],
        groups=[part.strip() for part in given["groups"].split(",") if part.strip()],
    )


ROUTES = (
    Route("administration", "administration", administration, A_POST),
    Route("administration/posts", "administration.posts", listed, A_POST),
    Route("administration/posts/<path:post>", "administration.post", one, A_POST),
    Route("administration/new-post", "administration.new-post", make, KEEPS, make, KEEPS),
    Route(
        "administration/change/<path:post>",
        "administration.change-post",
        change,
        KEEPS,
        change,
        KEEPS,
    ),
    Route(
        "administration/appoint/<path:post>",
        "administration.appoint",
        appointing,
        KEEPS,
        appointing,
        KEEPS,
    ),
    Route(
        "administration/end/<path:post>/of/<path:holder>",
        "administration.end",
        ending,
        KEEPS,
        ending,
        KEEPS,
    ),
)
