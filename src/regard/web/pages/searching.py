"""To be built."""

from django.shortcuts import render

from regard.web.needs import A_POST
from regard.web.routes import Route

ROUTES = (
    Route(
        "search",
        "search",
        lambda request, **parts: render(request, "regard/refused.html", {"title": "Search"}),
        A_POST,
    ),
)
