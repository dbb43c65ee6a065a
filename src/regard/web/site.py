"""Every route of the site: those that each module of `regard.web.pages` lists."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from regard.web import pages
from regard.web.routes import Route

ROUTES: tuple[Route, ...] = tuple(
    route
    for found in sorted(iter_modules(pages.__path__), key=lambda one: one.name)
    for route in import_module(f"{pages.__name__}.{found.name}").ROUTES
)
