"""The API's addresses: its operations, its description, and a page that lists them."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from regard.core.errors import NotKnown
from regard.web.needs import A_POST, ANYBODY
from regard.web.programs.api import OPERATIONS, PREFIX, REFUSALS, description
from regard.web.routes import Route

EXAMPLES = (
    "measures?per_page=5",
    "measures/burglary-dwelling",
    "readings?measure=burglary-dwelling&area=west-midlands",
    "positions?true_on=2015-02-03&format=csv",
    "papers?stage=issued",
)
"""What whoever reads the page can try at once, in the example."""


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API, for programs: no secret, and nothing of any register."""
    told = json.dumps(description(), ensure_ascii=False)
    return HttpResponse(told, content_type="application/json")


def listed(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    told = description()
    shown = {
        "title": gettext("Read by a program"),
        "operations": [
            {
                "method": "GET",
                "address": address,
                "said": one["get"]["summary"],
                "described": one["get"]["description"],
                "parameters": [_parameter(each) for each in one["get"]["parameters"]],
            }
            for address, one in told["paths"].items()
        ],
        "examples": [f"/{PREFIX}{one}" for one in EXAMPLES],
        "refusals": [
            (status, next(iter(told["paths"].values()))["get"]["responses"][str(status)])
            for status in REFUSALS
        ],
    }
    return render(request, "regard/api.html", shown)


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "required": one["required"],
        "said": one.get("description") or gettext("A part of the address."),
    }


def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """No operation has this address."""
    raise NotKnown(
        "address of the API", rest, [one.path.removeprefix(PREFIX) for one in OPERATIONS]
    )


ROUTES = (
    *OPERATIONS,
    Route(f"{PREFIX}openapi.json", "api.openapi", openapi, ANYBODY, program=True),
    Route(f"{PREFIX}docs", "api", listed, ANYBODY),
    Route(f"{PREFIX}<path:rest>", "api.unknown", unknown, A_POST, program=True),
)
