"""Routes: the address of a page, what it is called, and what it needs to be read and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase

from regard.web.needs import Need

View = Callable[..., HttpResponseBase]
"""A page: from a request, with the parts of its address, to what is shown."""

Asked = HttpRequest
"""A request whose `here` says in which register, for which post and at which day it looks."""


@dataclass(frozen=True)
class Route:
    """One address.

    Attributes:
        path: The address, as Django's `path` takes it.
        name: By which templates name it.
        get: What is shown; None if it is only written to.
        reads: What reading needs.
        post: What a form sent there does; None if nothing is sent there.
        writes: What writing needs.
        enters: Whether sending it enters something into the register, which only today's register
            takes: it is refused while an earlier day is looked at.
        program: Whether programs ask here: a token may speak in place of a session, nothing is
            written, and what is refused is told as a problem in JSON.
    """

    path: str
    name: str
    get: View | None = None
    reads: Need | None = None
    post: View | None = None
    writes: Need | None = None
    enters: bool = True
    program: bool = False

    def __post_init__(self) -> None:
        if (self.get is None) != (self.reads is None):
            raise ValueError(f"{self.name}: a page that is read says what reading needs")
        if (self.post is None) != (self.writes is None):
            raise ValueError(f"{self.name}: a page that is written to says what writing needs")
        if self.program and (self.post is not None or self.get is None):
            raise ValueError(f"{self.name}: programs read here, and never write")
