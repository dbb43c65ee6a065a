"""Tags of the pages on which a paper is read: its words as it was laid out, figures linked."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from regard.papers.layout import LaidCell, Link, Run
from regard.papers.model import Column

register = template.Library()


@register.simple_tag(takes_context=True)
def words(context: Context, runs: Iterable[Run]) -> SafeString:
    """Words of a paper; a figure leads to why the paper says it, or to its place in the annex.

    The page says in `figures_of` the path of the issued paper whose figures are traced.
    """
    document = str(context.get("figures_of") or "")
    return format_html_join("", "{}", ((_run(one, document),) for one in runs))


def _run(run: Run, document: str) -> SafeString | str:
    if not run.note:
        return _spoken(run)
    address = f"#{run.entry}"
    if document:
        address = reverse("trace.figure", kwargs={"number": run.note, "document": document})
    note = format_html("<sup>{}</sup>", run.note) if run.marked else ""
    return format_html(
        '<a class="govuk-link regard-figure" href="{}">{}{}</a>', address, _spoken(run), note
    )


def _spoken(run: Run) -> SafeString | str:
    """The words of a run; in another language than the paper's they say in which."""
    if not run.language:
        return run.text
    return format_html('<span lang="{}">{}</span>', run.language, run.text)


@register.simple_tag
def plainly(runs: Iterable[Run]) -> SafeString:
    """Words of a heading without links, such as for a list of headings."""
    return format_html_join("", "{}", ((_spoken(one),) for one in runs))


@register.simple_tag
def told(links: Iterable[Link]) -> SafeString:
    """Words of an annex; what names another place of it leads there."""
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html('<a class="govuk-link" href="#{}">{}</a>', one.anchor, one.text)
                if one.anchor
                else one.text,
            )
            for one in links
        ),
    )


@register.filter
def under(cells: Iterable[LaidCell], columns: Iterable[Column]) -> list[tuple[LaidCell, Column]]:
    """The cells of a row, each with its column."""
    return list(zip(cells, columns, strict=True))


@register.filter
def stage_said(stage: str) -> str:
    """Where a paper stands, in a word."""
    held = {"draft": _("Draft"), "issued": _("Issued"), "published": _("Published")}
    return held.get(stage, stage)


@register.filter
def stage_colour(stage: str) -> str:
    """The colour of the tag that says where a paper stands."""
    held = {"draft": "yellow", "issued": "blue", "published": "green"}
    return f"govuk-tag--{held.get(stage, 'grey')}"
