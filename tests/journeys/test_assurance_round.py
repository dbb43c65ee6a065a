"""The how-to pages on a round, its paper and what follows, word by word from an empty folder."""

from __future__ import annotations

import csv
import json
import re
import shlex
from pathlib import Path

import pytest

from house.sources import ROOT
from regard.cli.main import run

PAGES = ROOT / "docs" / "how-to"
PAGE = PAGES / "run-an-assurance-round.md"
NEXT_PAGES = (PAGES / "write-the-spr-paper.md", PAGES / "follow-up-actions-and-promises.md")
PROMISES = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OTHERS = re.compile(r"^```\w+\n.*?^```$", re.MULTILINE | re.DOTALL)
MOST_THREATS = 12  # more than any edition has
PAPER = "## Write the paper"  # rendering takes seconds


def lines_of(page: str) -> list[str]:
    """Every line that a reader gives, in the order of the page."""
    page = OTHERS.sub("", page)
    blocks = (block.replace("\\\n", " ") for block in BLOCK.findall(page))
    return [line for block in blocks for line in block.splitlines() if line]


class Reader:
    """Somebody who follows the page: gives its commands, and does what it says between them."""

    def __init__(self, folder: Path, monkeypatch, capsys) -> None:
        self.folder, self._patch, self._capsys = folder, monkeypatch, capsys
        monkeypatch.chdir(folder)

    def follow(self, line: str) -> str:
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            self._patch.setenv(name, value.replace("~", str(self.folder)))
            return ""
        if "ENTRY" in line:
            return "".join(self.give(line.replace("ENTRY", str(one))) for one in self.disputable())
        said = self.give(line)
        if "--out sheet.csv" in line:
            self.fill_in()
        if " judge assure " in line:
            self.assure_of_the_rest()
        return said

    def give(self, line: str) -> str:
        words = shlex.split(line)
        assert words[0] == "regard", line
        code: int | str | None = 0
        try:
            run(words[1:])
        except SystemExit as left:
            code = left.code
        said = self._capsys.readouterr()
        assert not code, f"{line}\n{said.err}"
        return said.out

    def still(self, line: int) -> list[dict[str, str]]:
        said = self.give("regard round still 2026-q1 --json --by acc-security")
        rows = [json.loads(one) for one in said.splitlines()]
        return [one for one in rows if one["line"] == line]

    def disputable(self) -> list[int]:
        """The entries of the cells that the reviewer must answer."""
        said = self.give("regard round show 2026-q1 --json --by acc-security")
        rows = [json.loads(one) for one in said.splitlines()]
        return [one["entry"] for one in rows if one["requirement"].startswith("public-disorder/")]

    def assure_of_the_rest(self) -> None:
        """The board's word on each threat that is still named, one after another."""
        for _ in range(MOST_THREATS):
            left = self.still(0)
            if not left:
                return
            topic = left[0]["first"].split(", ")[1].partition("/")[2]
            words = f"{topic} --level partly-assured --reason 'Read in full.' --by board"
            self.give(f"regard judge assure 2026-q1 {words}")

    def fill_in(self) -> None:
        """Take over what is suggested, with a reason, as the page says."""
        file = self.folder / "sheet.csv"
        with file.open(newline="", encoding="utf-8-sig") as opened:
            rows = list(csv.DictReader(opened))
        for row in rows:
            row["level"] = row["suggested"]
            row["reason"] = "Nothing was collected on it yet."
        with file.open("w", newline="", encoding="utf-8") as opened:
            writer = csv.DictWriter(opened, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def follow(page: str, reader: Reader) -> list[tuple[str, str]]:
    return [(line, reader.follow(line)) for line in lines_of(page)]


@pytest.fixture
def reader(tmp_path, monkeypatch, capsys):
    return Reader(tmp_path, monkeypatch, capsys)


def said_to(followed, start: str) -> str:
    """What was printed after the first command that begins so."""
    return next(said for line, said in followed if line.startswith(start))


def test_the_page_leads_from_an_empty_folder_to_a_closed_round_and_the_next(reader):
    followed = follow(PAGE.read_text(encoding="utf-8").partition(PAPER)[0], reader)

    assert "was published" in said_to(followed, "regard edition publish")
    assert "Cells: 72" in said_to(followed, "regard round open")
    assert "is closed" in said_to(followed, "regard round close")
    assert "unreviewed and not counted" in said_to(followed, "regard round carry")
    assert "Assessed in this round: 0 of 72" in followed[-1][1]


@pytest.mark.slow
@pytest.mark.paper
def test_the_whole_page_ends_in_a_paper_in_four_formats(reader, tmp_path):
    follow(PAGE.read_text(encoding="utf-8"), reader)

    written = {one.suffix for one in (tmp_path / "drafts").iterdir()}
    assert written == {".html", ".docx", ".odt", ".pdf"}


@pytest.mark.slow
@pytest.mark.paper
def test_the_three_pages_lead_to_an_issued_paper_that_is_written_again(reader, tmp_path):
    follow(PAGE.read_text(encoding="utf-8"), reader)
    pages = [one.read_text(encoding="utf-8") for one in NEXT_PAGES]
    (promises,) = PROMISES.findall(pages[0])
    (tmp_path / "promises.toml").write_text(promises, encoding="utf-8")

    followed = [step for page in pages for step in follow(page, reader)]
    reader.give("regard paper again west-midlands/assurance/2026-q1 --by clerk --out last")

    assert any("Promises by a day: 1." in said for _, said in followed)
    assert "broken" in said_to(followed, "regard promise list")
    assert "from 1,326 officers to 1,404 officers" in said_to(followed, "regard target effect")
    issued = {one.name: one.read_bytes() for one in (tmp_path / "papers").iterdir()}
    assert len(issued) == 4
    assert {one.name: one.read_bytes() for one in (tmp_path / "last").iterdir()} == issued
