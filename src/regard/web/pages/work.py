"""To be built."""

from django.shortcuts import render

from regard.web.needs import A_POST
from regard.web.routes import Route

ROUTES = (
    Route(
        "work",
        "work",
        lambda request, **parts: render(
            request, "regard/refused.html", {"title": "Work in the background"}
        ),
        A_POST,
    ),
)
