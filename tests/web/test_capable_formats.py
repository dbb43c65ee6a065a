"""The document of an answer in each format: written whole, and another under another marking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from capability.small_force import ASKED, answering
from regard.board.stress_answer import stress_paper
from regard.capability.stress import stress
from regard.core.errors import NotKnown
from regard.core.markings import OFFICIAL, Marking
from regard.papers.keeping import kept
from regard.papers.writing import Rendered
from regard.web.capable import formats
from regard.web.capable.formats import formats_written, in_format, write_formats
from regard.web.capable.held import document_of
from regard.web.reading import Reading

CLOSE = Marking.parse("OFFICIAL-SENSITIVE")


@pytest.fixture(scope="module")
def paper():
    return stress_paper(stress(answering(), ASKED, replications=3), name="West Midlands")


@pytest.fixture
def written(monkeypatch):
    def render(paper, told):
        told("pdf")
        return [Rendered("pdf", f"{paper.marking}".encode(), None)]

    monkeypatch.setattr(formats, "render", render)


def test_what_was_written_is_read_by_its_format(paper, written, tmp_path):
    reading, said = Reading(paper), []
    assert formats_written(tmp_path, "abc", reading) == ()

    for _ in range(2):
        write_formats(tmp_path, "abc", reading, told=said.append)

    assert said == ["pdf", "pdf"]
    name, content = in_format(tmp_path, "abc", reading, "pdf")
    assert (name, content) == ("stress-test-abc_2021-11-07_OFFICIAL.pdf", b"OFFICIAL")
    assert len(list((tmp_path / "capability" / "written").iterdir())) == 1
    with pytest.raises(NotKnown, match="exe"):
        in_format(tmp_path, "abc", reading, "exe")


def test_held_more_closely_it_is_another_document(paper, written, tmp_path):
    close = document_of(kept(paper), CLOSE)
    write_formats(tmp_path, "abc", Reading(paper), told=print)

    assert document_of(kept(paper), OFFICIAL) == replace(
        paper, title=replace(paper.title, marking=OFFICIAL)
    )
    assert close.marking == CLOSE
    assert formats_written(tmp_path, "abc", Reading(close)) == ()
    write_formats(tmp_path, "abc", Reading(close), told=print)
    assert in_format(tmp_path, "abc", Reading(close), "pdf")[1] == b"OFFICIAL-SENSITIVE"


def test_what_cannot_be_written_leaves_nothing(paper, monkeypatch, tmp_path):
    def render(paper, told):
        return [Rendered("pdf", "no bytes", None)]

    monkeypatch.setattr(formats, "render", render)

    with pytest.raises(TypeError):
        write_formats(tmp_path, "abc", Reading(paper), told=print)

    assert list((tmp_path / "capability" / "written").iterdir()) == []
