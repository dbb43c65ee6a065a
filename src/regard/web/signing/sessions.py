"""How long a session lasts: half an hour without a request, and half a day at most."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from regard.web.settings import LONGEST

BEGAN = "began"  # the key of a session under which its beginning is kept, in seconds since 1970
SEEN = "seen"  # and when it was last written
WRITTEN_EVERY = 60  # seconds; a page that is read need not write each time


def began(request: HttpRequest, **signal: Any) -> None:
    """Note when a session begins: a receiver of Django's signal of it."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class Sessions:
    """Ends a session that lasts too long, and keeps one that is used.

    The end after half an hour is a minute early at the most: so often a used session is written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the session before anything else does."""
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(BEGAN, 0) >= LONGEST:
                logout(request)
            elif now - request.session.get(SEEN, 0) >= WRITTEN_EVERY:
                request.session[SEEN] = now
        return self._next(request)
