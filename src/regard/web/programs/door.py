"""The door by which programs come in: a token or a session, a named day, and problems in JSON."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from regard.core.errors import AccessRefused, RegardError
from regard.register.seeing import View
from regard.web import refusing
from regard.web.here import Here, Post
from regard.web.models import Account, Token
from regard.web.needs import Need
from regard.web.programs.problems import problem
from regard.web.routes import Route
from regard.web.signing.tokens import find

SCHEME = "bearer"
CHALLENGE = 'Bearer realm="Regard"'
READING = ("GET", "HEAD")

_log = logging.getLogger("regard.web")


class Asked(Here):
    """Where a program's request stands: the post of its token, or of the session it came with.

    The day that a session looks at is left aside: what a program asks, its address says whole.
    """

    def __init__(self, request: HttpRequest, token: Token | None) -> None:
        super().__init__(request)
        self._token = token

    @cached_property
    def account(self) -> Account | None:
        """The account that asks; None if nobody is signed in."""
        if self._token is not None:
            return self._token.account
        user = self._request.user
        return user if isinstance(user, Account) else None

    @cached_property
    def holder(self) -> str:
        """The subject of the holder whose account asks; empty if nobody is signed in."""
        return self.account.holder if self.account is not None else ""

    @cached_property
    def post(self) -> Post | None:
        """The post of the token while its account holds it, else that of the session."""
        if self._token is None:
            return super().post
        return next((one for one in self.posts if one.subject == self._token.post), None)

    @cached_property
    def as_at(self) -> date | None:
        """No day of a session: each answer names the places on both clocks that it was asked."""
        return None

    def seen(self, known_at: datetime | int | None, true_on: date | None) -> View:
        """The register as the post sees it at these places on both clocks."""
        return self.register.view(
            self.speaker, known_at=known_at, true_on=true_on, standing=self.standing
        )


def door(route: Route) -> Callable[..., HttpResponseBase]:
    """The view of a route for programs, with its needs asked before it answers."""

    def view(request: HttpRequest, **parts: object) -> HttpResponseBase:
        if request.method not in READING:
            refused = problem(405, _("Programs only read here"), f"{request.method} was sent")
            refused["Allow"] = ", ".join(READING)
            return refused
        answer: HttpResponseBase | None = _stopped(request, route.reads) if route.reads else None
        if answer is None and route.get is not None:
            answer = _answered(request, route.get, parts)
        if answer is None:
            raise ValueError(f"{route.name} has nothing that is read")
        answer["Cache-Control"] = "no-store, private"
        return answer

    view.route = route  # type: ignore[attr-defined]
    # Nothing is written here, so that there is nothing to forge; else what only reads would be
    # told by a page of forms.
    view.csrf_exempt = True  # type: ignore[attr-defined]
    view.__name__ = route.name
    return view


def _answered(
    request: HttpRequest, get: Callable[..., HttpResponseBase], parts: Mapping[str, object]
) -> HttpResponseBase:
    asked, request.method = request.method, "GET"
    try:
        answer = get(request, **parts)
    except RegardError as refusal:
        return refused(refusal)
    finally:
        request.method = asked
    if asked == "HEAD" and isinstance(answer, HttpResponse):
        answer["Content-Length"] = str(len(answer.content))
        answer.content = b""
    return answer


def _stopped(request: HttpRequest, need: Need) -> HttpResponse | None:
    """Say where a program stands; a problem if it may not ask this."""
    words = request.headers.get("Authorization", "")
    scheme, _space, given = words.partition(" ")
    token = find(given.strip()) if words and scheme.lower() == SCHEME else None
    request.here = here = Asked(request, token)  # type: ignore[attr-defined]
    if not need.signed_in:
        return None
    if words and token is None:
        return _unknown(_("This token is not good: it is mistyped, revoked, or at its end"))
    if here.account is None:
        return _unknown(_("No token and no session came with this request"))
    if not need.post:
        return None
    try:
        allowed = here.post is not None and need.allows(here.standing)
    except AccessRefused as refusal:
        return refused(refusal)
    if allowed:
        return None
    told = _("The account speaks for no post here, or for several and none was chosen")
    if here.post is not None:
        told = _("Needed: %(need)s. This is %(post)s") % {"need": need.said, "post": here.post.name}
    return problem(403, _("Your post does not do this"), told)


def asked_of(request: HttpRequest) -> Asked:
    """Where a program's request stands; set by the door."""
    here: Asked = request.here  # type: ignore[attr-defined]
    return here


def refused(refusal: RegardError) -> HttpResponse:
    """A refusal in the sentences that a command and a page would say."""
    status = refusing.status_of(refusal)
    title = {403: _("You cannot do this"), 404: _("Not found")}.get(status, _("This was refused"))
    answer = problem(
        status, title, refusal.wrong, expected=refusal.expected, next=refusal.next_step
    )
    if status == 503:
        answer["Retry-After"] = "5"
    return answer


def at_fault(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Regard itself failed: told as a problem, and written to the log."""
    _log.error("a program's question failed: %s", request.get_full_path(), exc_info=fault)
    return problem(500, _("Regard itself failed"), _("Nothing was changed. Ask again later"))


def _unknown(told: str) -> HttpResponse:
    answer = problem(401, _("Sign in, or send a token"), told, next=_NEXT)
    answer["WWW-Authenticate"] = CHALLENGE
    return answer


_NEXT = "make a token on the page Account, and send it as: Authorization: Bearer TOKEN"
