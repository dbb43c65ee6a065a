"""To be built."""

from django.shortcuts import render

from regard.web.needs import A_POST
from regard.web.routes import Route

ROUTES = (
    Route(
        "requirements",
        "requirements",
        lambda request, **parts: render(request, "regard/refused.html", {"title": "Requirements"}),
        A_POST,
    ),
)
