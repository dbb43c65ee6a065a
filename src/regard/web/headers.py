"""What is said of every answer, whoever gives it: a page, a file, a refusal, a fault."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

POLICY = ", ".join(
    f"{one}=()"
    for one in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get",
        "screen-wake-lock", "usb",
    )
)  # fmt: skip
"""What no page of Regard may ask a browser for."""


class Headers:
    """Says of every answer what no other middleware says of all of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers to whatever came."""
        answer = self._next(request)
        answer["Permissions-Policy"] = POLICY
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        if not answer.has_header("Cache-Control"):
            # Files say for how long they keep; what says nothing is kept by nobody.
            answer["Cache-Control"] = "no-store, private"
        return answer
