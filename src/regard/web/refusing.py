"""Pages for what is refused, not found or at fault: what is wrong, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from regard.core.errors import AccessRefused, Erased, NotKnown, RegardError, RegisterBusy
from regard.web.here import here_of
from regard.web.needs import Need
from regard.web.programs.problems import is_of_a_program, problem

# What the browser is told of a refusal: by class, the most special first.
STATUS: tuple[tuple[type[RegardError], int], ...] = (
    (NotKnown, 404),
    (AccessRefused, 403),
    (Erased, 410),
    (RegisterBusy, 503),
)


def status_of(refusal: RegardError) -> int:
    """The status by which a refusal is told."""
    return next((status for kind, status in STATUS if isinstance(refusal, kind)), 409)


def page(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """What Regard refuses, in the sentence that a command would say."""
    if not isinstance(refusal, RegardError):
        raise TypeError(f"{refusal!r} is no refusal")
    status = status_of(refusal)
    if isinstance(refusal, NotKnown):
        return _shown(request, _("Page not found"), status, body=_NOT_FOUND, refusal=None)
    title = _("You cannot do this") if status == 403 else _("This was refused")
    answer = _shown(request, title, status, refusal=refusal)
    if status == 503:
        answer["Retry-After"] = "5"
    return answer


def not_for_this_post(request: HttpRequest, need: Need) -> HttpResponse:
    """The post may not do this; says what would be needed and who speaks now."""
    return _shown(
        request,
        _("Your post does not do this"),
        403,
        need=need.said,
        post=here_of(request).post,
    )


def of_the_past(request: HttpRequest) -> HttpResponse:
    """Nothing is entered while an earlier day is looked at."""
    return _shown(
        request,
        _("You are looking at an earlier day"),
        409,
        body=_("Nothing can be said there. Return to today, then do it again."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page."""
    if is_of_a_program(request):
        return problem(404, _("Not found"), _("There is no such address"))
    return _shown(request, _("Page not found"), 404, body=_NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This may not be seen."""
    return _shown(request, _("You cannot do this"), 403)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent is no form that can be read: broken off, or with too much in it."""
    return _shown(
        request,
        _("What you sent could not be read"),
        400,
        body=_(
            "It broke off, or it holds too many files or fields: at most 50 files at once. "
            "Nothing of it was kept. Go back and send it again."
        ),
    )


def at_fault(request: HttpRequest) -> HttpResponse:
    """Regard itself failed: nothing of what was sent was kept."""
    return HttpResponse(render(request, "regard/at_fault.html").content, status=500)


def without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was not one of this site's, or was too old."""
    return _shown(
        request,
        _("This form can no longer be sent"),
        403,
        body=_(
            "It was opened too long ago or elsewhere. Go back, load the page again and send it."
        ),
    )


_NOT_FOUND = _("There is no such page, or your post may not see it. Check the address, or search.")


def _shown(request: HttpRequest, title: str, status: int, **more: object) -> HttpResponse:
    return render(request, "regard/refused.html", {"title": title, **more}, status=status)
