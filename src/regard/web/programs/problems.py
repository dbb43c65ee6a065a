"""What goes wrong, as programs are told of it: problems in JSON (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

PROBLEM = "application/problem+json"
ASKED_BY_PROGRAMS = "/api/"
"""Where every address begins at which programs ask."""


def problem(status: int, title: str, detail: str, **more: object) -> HttpResponse:
    """What went wrong.

    Args:
        status: The HTTP status, a number.
        title: What sort of thing went wrong.
        detail: What went wrong this time.
        **more: What else there is to say, such as what was expected and what to do next.
    """
    told: dict[str, Any] = {"type": "about:blank", "title": str(title), "status": status}
    told |= {"detail": str(detail)} | {name: str(said) for name, said in more.items() if said}
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=PROBLEM, status=status)


def is_of_a_program(request: HttpRequest) -> bool:
    """Whether a request asks at an address of programs."""
    return request.path_info.startswith(ASKED_BY_PROGRAMS)
