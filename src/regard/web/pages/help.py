"""To be built."""

from django.shortcuts import render

from regard.web.needs import ANYBODY
from regard.web.routes import Route

ROUTES = (
    Route(
        "help",
        "help",
        lambda request, **parts: render(request, "regard/refused.html", {"title": "Help"}),
        ANYBODY,
    ),
    Route(
        "help/accessibility",
        "help.accessibility",
        lambda request, **parts: render(
            request, "regard/refused.html", {"title": "Accessibility statement"}
        ),
        ANYBODY,
    ),
)
