"""Telling those who tried too often for how long to wait."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext, ngettext


def too_many(seconds: int) -> str:
    """That there were too many tries, and when the next can be made."""
    minutes = -(-seconds // 60)
    return (
        gettext("Too many tries.")
        + " "
        + (
            ngettext("Try again in a minute", "Try again in %(minutes)s minutes", minutes)
            % {"minutes": minutes}
        )
    )


def until(seconds: int, answer: HttpResponse) -> HttpResponse:
    """The answer, with when to come again."""
    answer["Retry-After"] = str(seconds)
    return answer
