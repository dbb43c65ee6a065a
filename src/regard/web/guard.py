"""The guard before every page: an undeclared view never runs, and a refusal becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from regard.core.errors import RegardError
from regard.web import refusing
from regard.web.here import Here, here_of
from regard.web.needs import Need
from regard.web.programs import door
from regard.web.routes import Route

ANSWERS = Callable[[HttpRequest], HttpResponseBase]

# What one may still do with a password for one time: change it, or leave.
BEFORE_THE_CHANGE = ("account.password", "sign-out")


class Guard:
    """Lets a request through to a page that was declared with a route, and to no other.

    Middleware: it also says where the request stands, and shows what Regard refuses as a page
    with the same sentence that a command would say.
    """

    def __init__(self, get_response: ANSWERS) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Say where a request stands; `headers` keeps the answer out of every cache."""
        request.here = Here(request)  # type: ignore[attr-defined]
        return self._next(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Refuse a view that no route declared."""
        if hasattr(view, "route"):
            return None
        module = getattr(view, "__module__", "")
        raise PermissionDenied(f"{module}.{getattr(view, '__name__', view)} was never declared")

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponseBase | None:
        """Say a refusal as a page; leave a fault of Regard's own to the page for faults."""
        return refusing.page(request, fault) if isinstance(fault, RegardError) else None


def guarded(route: Route) -> URLPattern:
    """The address of a route, with its needs asked before its page runs."""

    if route.program:
        return path(route.path, door.door(route), name=route.name)

    def page(request: HttpRequest, **parts: object) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and route.get and route.reads:
            return _stopped(request, route, route.reads) or route.get(request, **parts)
        if request.method == "POST" and route.post and route.writes:
            return (
                _stopped(request, route, route.writes)
                or _of_the_past(request, route)
                or route.post(request, **parts)
            )
        return HttpResponseNotAllowed(_methods(route))

    page.route = route  # type: ignore[attr-defined]
    page.__name__ = route.name
    return path(route.path, page, name=route.name)


def _methods(route: Route) -> list[str]:
    return [*(["GET", "HEAD"] if route.get else []), *(["POST"] if route.post else [])]


def _stopped(request: HttpRequest, route: Route, need: Need) -> HttpResponseBase | None:
    if not need.signed_in:
        return None
    here = here_of(request)
    if not request.user.is_authenticated:
        back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': back})}")
    if request.user.one_time_until is not None and route.name not in BEFORE_THE_CHANGE:
        return HttpResponseRedirect(reverse("account.password"))
    if not need.post:
        return None
    if here.post is None:
        return HttpResponseRedirect(f"{reverse('speak')}?{urlencode({'next': request.path})}")
    if not need.allows(here.standing):
        return refusing.not_for_this_post(request, need)
    return None


def _of_the_past(request: HttpRequest, route: Route) -> HttpResponseBase | None:
    if route.enters and here_of(request).as_at is not None:
        return refusing.of_the_past(request)
    return None
