"""To be built."""

from django.shortcuts import render

from regard.web.needs import A_POST
from regard.web.routes import Route

ROUTES = (
    Route(
        "trace/<int:seq>",
        "trace.entry",
        lambda request, **parts: render(request, "regard/refused.html", {"title": "Entry"}),
        A_POST,
    ),
)
