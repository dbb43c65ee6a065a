"""Help: written for each page's reader, with the statements that a public service owes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regard.library.shelf import library
from regard.web.here import here_of
from regard.web.needs import ANYBODY
from regard.web.routes import Route
from regard.web.settings import IDLE, LONGEST
from regard.web.signing.guessing import KNOWN_FOR, device_cookie

_MINUTES, _HOURS = 60, 60 * 60  # seconds


@dataclass(frozen=True)
class Page:
    """A page of help.

    Attributes:
        slug: The last part of its address, and of its template.
        title: What it is called.
        about: What it tells, in a line.
        roles: The roles for whose posts it is written; none for a subject.
    """

    slug: str
    title: Any
    about: Any
    roles: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """By which templates name it."""
        return f"help.{self.slug}"

    @property
    def template(self) -> str:
        """Its words."""
        return f"regard/help/en-gb/{self.slug}.html"


POSTS = (
    Page(
        "business-lead",
        _("Business lead"),
        _("Judge your threat with evidence; raise vulnerabilities; answer for actions."),
        ("business-lead", "finance-lead"),
    ),
    Page(
        "operations-planner",
        _("Operations planner"),
        _("Say how many PSUs by when, and what local policing loses."),
        ("operations-planner",),
    ),
    Page(
        "workforce-planner",
        _("Workforce planner"),
        _("Say on which base we are short, and when we will be there."),
        ("workforce-planner",),
    ),
    Page(
        "spr-lead",
        _("SPR lead"),
        _("Run the round, challenge, and see the whole picture."),
        ("spr-lead", "chief-officer"),
    ),
    Page(
        "performance-analyst",
        _("Performance analyst"),
        _("Bring in records; accept or refuse a proposed step."),
        ("performance-analyst",),
    ),
    Page(
        "governance-officer",
        _("Governance officer"),
        _("Draft and issue papers; keep proposals, decisions and promises."),
        ("governance-officer",),
    ),
    Page(
        "board-member",
        _("Commissioner, mayor or board member"),
        _("See at a glance what to worry about, what to decide and what changed."),
        ("board-member",),
    ),
    Page(
        "inspector",
        _("Inspector or auditor"),
        _("Ask why it is said, and what was known then."),
        ("inspector", "independent-reviewer"),
    ),
    Page(
        "register-keeper",
        _("Keeper of the register"),
        _("Posts and who holds them, editions, and lawful erasure."),
        ("register-keeper",),
    ),
)
"""Help by post."""

SUBJECTS = (
    Page("pages", _("What each page answers"), _("The pages by their questions.")),
    Page("ideas", _("The four ideas"), _("Expectation, fact, judgement and paper.")),
    Page(
        "why",
        _("Why do I see this, or not see it?"),
        _("What your post may read, what is assigned to it, and why something is refused."),
    ),
    Page(
        "scales",
        _("Scales and colours in words"),
        _("Every level of every scale, and how a position reads."),
    ),
    Page("earlier-days", _("Earlier days"), _("See any page as it was known on another day.")),
    Page("traces", _("Traces"), _("Why do we say so? From a figure down to its entries.")),
    Page("markings", _("Markings"), _("OFFICIAL, OFFICIAL-SENSITIVE, and who needs to know.")),
    Page("recorded", _("What is recorded about you"), _("In the register, and beside it.")),
    Page("privacy", _("Privacy and cookies"), _("Who answers for data, and every cookie.")),
    Page(
        "accessibility",
        _("Accessibility statement"),
        _("What was tested and how, and what was not."),
    ),
)
"""Help by subject."""

PAGES = (*POSTS, *SUBJECTS)


@dataclass(frozen=True)
class Cookie:
    """A cookie that Regard sets.

    Attributes:
        name: Its name.
        what_for: What it is for.
        how_long: How long it is kept.
    """

    name: str
    what_for: str
    how_long: str


def front(request: HttpRequest) -> HttpResponse:
    """Show all help, with what is written for the post that is signed in first."""
    here = here_of(request)
    roles = {one.name for one in here.standing.roles} if here.post else set()
    shown = {
        "title": gettext("Help"),
        "mine": [one for one in POSTS if roles & set(one.roles)],
        "posts": POSTS,
        "subjects": SUBJECTS,
    }
    return render(request, "regard/help.html", shown)


def one_page(request: HttpRequest, *, page: Page) -> HttpResponse:
    """Show one page of help."""
    shown: dict[str, object] = {"title": page.title}
    if page.slug == "scales":
        shown["scales"] = tuple(library().scales.values())
    if page.slug == "privacy":
        shown["cookies"] = cookies()
    return render(request, page.template, shown)


def cookies() -> tuple[Cookie, ...]:
    """Every cookie that Regard sets, by the names they have on this site."""
    return (
        Cookie(
            settings.SESSION_COOKIE_NAME,
            gettext("Keeps you signed in, with the post, the day and the language you chose."),
            gettext("%(idle)s minutes after your last page; %(longest)s hours at the latest")
            % {"idle": IDLE // _MINUTES, "longest": LONGEST // _HOURS},
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            gettext("Shows that a form you send came from Regard’s own page."),
            gettext("One year"),
        ),
        Cookie(
            device_cookie(),
            gettext(
                "Knows a browser in which you signed in before, so that others cannot slow "
                "your sign-in down."
            ),
            gettext("%(days)s days") % {"days": KNOWN_FOR.days},
        ),
        Cookie(
            settings.LANGUAGE_COOKIE_NAME,
            gettext("Remembers that you chose English or Welsh."),
            gettext("Until you close the browser"),
        ),
        Cookie(
            "messages",
            gettext("Carries what you have just done to the next page, which says so."),
            gettext("Until that page"),
        ),
    )


ROUTES = (
    Route("help", "help", front, ANYBODY),
    *(Route(f"help/{one.slug}", one.name, partial(one_page, page=one), ANYBODY) for one in PAGES),
)
