"""Performance papers by their files: which there are, and nothing else of the folder."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from regard.board.issuing import PAPERS
from regard.board.performance_files import performance_file, performance_papers
from regard.core.errors import NotKnown

NAME = "performance-west-midlands-as-at-2014-03-14_2014-04-01_OFFICIAL"
OTHERS = (
    "assurance_2014-04-01_OFFICIAL.pdf",
    "performance-avon_2014-04-01_OFFICIAL-SENSITIVE.pdf",
    "performance-avon_2014-13-01_OFFICIAL.pdf",
    f".{NAME}.pdf.part",
    f"{NAME}.exe",
)


@pytest.fixture
def home(tmp_path):
    (tmp_path / PAPERS).mkdir()
    for name in (
        f"{NAME}.pdf",
        f"{NAME}.html",
        "performance-avon_2015-01-01_OFFICIAL.odt",
        *OTHERS,
    ):
        (tmp_path / PAPERS / name).write_text(name)
    (tmp_path / "secret").write_text("secret")
    (tmp_path / PAPERS / "performance-x_2014-04-01_OFFICIAL.pdf").symlink_to(tmp_path / "secret")
    return tmp_path


def test_papers_are_told_by_their_day_and_the_hash_of_each_file(home):
    later, earlier = performance_papers(home)

    assert (later.about, later.on, later.as_at) == ("avon", date(2015, 1, 1), None)
    assert (earlier.about, earlier.on, earlier.as_at) == (
        "west-midlands", date(2014, 4, 1), date(2014, 3, 14),
    )  # fmt: skip
    assert [one.format for one in earlier.files] == ["html", "pdf"]
    assert earlier.files[1].sha256 == hashlib.sha256(f"{NAME}.pdf".encode()).hexdigest()


def test_a_file_that_was_touched_has_another_hash(home):
    before = performance_papers(home)[1].files[0].sha256

    (home / PAPERS / f"{NAME}.html").write_text("touched")

    assert performance_papers(home)[1].files[0].sha256 != before


def test_a_home_without_papers_has_none(tmp_path):
    assert performance_papers(tmp_path) == ()


def test_one_of_these_files_is_read_and_no_other(home):
    assert performance_file(home, f"{NAME}.pdf") == f"{NAME}.pdf".encode()
    for name in (*OTHERS, "../secret", "performance-x_2014-04-01_OFFICIAL.pdf"):
        with pytest.raises(NotKnown):
            performance_file(home, name)
