"""Administration: the bodies, and what each role may do."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.register.kinds.frame import Party
from regard.register.posting import enter_body
from regard.web.forms import CodeField, Form
from regard.web.here import here_of
from regard.web.needs import A_POST
from regard.web.pages.posts import (
    ASK,
    KEEPS,
    body_names,
    choose,
    keeps,
    new_subject,
    sorted_names,
)
from regard.web.paging import paged
from regard.web.registered import role_words
from regard.web.registered.asking import Asking, Done, Given, ask, sent
from regard.web.routes import Route


class BodyForm(Form):
    """A body: a board, a unit, a force."""

    path = CodeField(
        label=_("Code of the body"),
        help_text=_("Small letters, digits and hyphens, such as pcc-board. It stays for good"),
    )
    name = forms.CharField(label=_("Name of the body"), max_length=200)
    parent = forms.ChoiceField(label=_("Of which body it is a part"))
    area = forms.CharField(
        label=_("Force area (optional)"),
        help_text=_("As police.uk names it, such as west-midlands; of a force alone"),
        max_length=60,
        required=False,
    )


def roles(request: HttpRequest) -> HttpResponse:
    """What each role may do."""
    shown = {"title": gettext("What each role may do"), "roles": role_words.roles()}
    return render(request, "regard/administration/roles.html", shown)


def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies, and of which each is a part."""
    here = here_of(request)
    found = [each for each in here.view.all(Party) if each.held and each.held.form == "body"]
    shown = {
        "title": gettext("Bodies"),
        "page": paged(request, sorted(found, key=lambda each: each.value.name)),
        "names": body_names(here),
        "keeps": keeps(here),
    }
    return render(request, "regard/administration/bodies.html", shown)


def make_body(request: HttpRequest) -> HttpResponse:
    """Make a body."""
    here = here_of(request)
    form = BodyForm(sent(request))
    choose(form, "parent", [("", gettext("Of none")), *sorted_names(here)])
    form.fields["parent"].required = False
    asking = Asking(
        title=gettext("Make a body"),
        button=gettext("Make the body"),
        back=reverse("administration.bodies"),
        back_said=gettext("Bodies"),
    )

    def enter(given: Given) -> Done:
        enter_body(
            here.register,
            new_subject(here, given["path"]),
            by=here.speaker,
            name=given["name"],
            parent=given["parent"] or None,
            area=given["area"],
        )
        return Done(gettext("The body %(name)s is made") % {"name": given["name"]}, asking.back)

    return ask(request, asking, form, enter, template=ASK)


ROUTES = (
    Route("administration/roles", "administration.roles", roles, A_POST),
    Route("administration/bodies", "administration.bodies", bodies, A_POST),
    Route("administration/new-body", "administration.new-body", make_body, KEEPS, make_body, KEEPS),
)
