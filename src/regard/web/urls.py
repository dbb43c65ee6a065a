"""Every address of the site: the routes of the pages, each behind the guard."""

from __future__ import annotations

from regard.web import site
from regard.web.guard import guarded

urlpatterns = [guarded(route) for route in site.ROUTES]

handler400 = "regard.web.refusing.unreadable"
handler404 = "regard.web.refusing.not_found"
handler403 = "regard.web.refusing.forbidden"
handler500 = "regard.web.refusing.at_fault"
