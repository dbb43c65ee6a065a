"""To be built."""

from django.shortcuts import render

from regard.web.needs import A_POST
from regard.web.routes import Route

ROUTES = (
    Route(
        "",
        "home",
        lambda request, **parts: render(request, "regard/refused.html", {"title": "Home"}),
        A_POST,
    ),
)
