"""The tutorial and the how-to page on capability print what their code prints."""

from __future__ import annotations

import pytest

from journeys.capability_pages import PAGES
from signals.pack_pages import as_run

pytestmark = [pytest.mark.slow, pytest.mark.demo]


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.stem)
def test_a_page_with_code_prints_what_it_shows(page, tmp_path):
    told = page.read_text(encoding="utf-8")

    assert as_run(told, tmp_path) == told
